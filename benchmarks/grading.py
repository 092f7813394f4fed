"""How many responses a second one core grades, for every kind of answer.

    make bench-grading

Each kind is timed on the responses that a model gives most: the answer in a tag after some
thinking, in a box, and in a sentence; half of them right. The target is a grading spec as JSON,
as trainers pass it, and for the second figure the same spec as a dict.
"""

from __future__ import annotations

import argparse
import json
import time

import gameqa
from gameqa.registry import all_games
from gameqa.sample import Sample

THINKING = (
    "<think>" + "Row 1 holds 3 of them, row 2 holds 4, so B or C may be right. " * 20 + "</think>"
)
FORMS = ("<answer>@</answer>", "So it is \\boxed{@}.", "The answer is @.", "@")


def main() -> None:
    """Print a table of responses a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.3, help="to spend on each kind")
    seconds = parser.parse_args().seconds
    print(f"{'kind':<20}{'spec as JSON':>14}{'spec as dict':>14}   responses a second")
    for kind, samples in sorted(samples_by_kind().items()):
        right = [gameqa.grading_spec(sample) for sample in samples]
        answers = [sample.answer for sample in samples]
        pairs = [
            (spec, THINKING + form.replace("@", answer))
            for at, spec in enumerate(right)
            for answer in (answers[at], answers[(at + 1) % len(answers)])
            for form in FORMS
        ]
        rates = [rate(pairs, seconds)]
        rates.append(rate([(json.loads(spec), response) for spec, response in pairs], seconds))
        print(f"{kind:<20}" + "".join(f"{figure:>14,.0f}" for figure in rates))


def samples_by_kind() -> dict[str, list[Sample]]:
    """Return some samples of every kind, from as many tasks as have it."""
    found: dict[str, list[Sample]] = {}
    for game in all_games():
        for task in game.tasks:
            for form in task.forms:
                for index in range(2):
                    sample = gameqa.sample(
                        game, task=task.slug, index=index, answer_format=form, modality="text"
                    )
                    found.setdefault(sample.answer_type, []).append(sample)
    return found


def rate(pairs: list[tuple[object, str]], seconds: float) -> float:
    """Return how many pairs a second are graded."""
    count, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for target, response in pairs:
            gameqa.grade(target, response)  # type: ignore[arg-type]
        count += len(pairs)
    return count / spent


if __name__ == "__main__":
    main()
