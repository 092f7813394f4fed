"""`make grade-report`: the corpus graded, a table per kind; fails where one grade is wrong."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from grading_corpus import corpus

import gameqa


def main() -> int:
    """Grade the corpus and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=2, help="samples of each task and form")
    parser.add_argument("--share", type=float, default=0.25, help="of wordings times wrappers")
    parser.add_argument("--show", type=int, default=20, help="wrong grades to show")
    parser.add_argument("--game", help="only this game")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    rejects: Counter[str] = Counter()
    accepts: Counter[str] = Counter()
    tasks: Counter[str] = Counter()
    forms: dict[str, set[str]] = {}
    shown = 0
    for game, task, sample in corpus.samples(options.samples):
        if options.game and game.slug != options.game:
            continue
        spec = gameqa.grading_spec(sample)
        tasks[sample.answer_type] += 1
        for case in corpus.cases(game, task, sample, options.share):
            grade = gameqa.grade(spec, case.response)
            (right if case.is_right else wrong)[case.kind] += 1
            forms.setdefault(case.kind, set()).add(case.form)
            if grade.correct != case.is_right:
                (rejects if case.is_right else accepts)[case.kind] += 1
                if shown < options.show:
                    shown += 1
                    print(
                        f"{sample.data_id}: answer {sample.answer!r}, "
                        f"{'rejected' if case.is_right else 'ACCEPTED'} {case.response!r}: "
                        f"{grade.reason}",
                        file=sys.stderr,
                    )
    print(f"{'kind':<20}{'samples':>8}{'right':>9}{'near miss':>11}{'rejects':>9}{'accepts':>9}")
    for kind in sorted(tasks):
        print(
            f"{kind:<20}{tasks[kind]:>8}{right[kind]:>9,}{wrong[kind]:>11,}"
            f"{rejects[kind]:>9}{accepts[kind]:>9}"
        )
    failed = rejects.total() + accepts.total()
    print(
        f"{'all':<20}{tasks.total():>8}{right.total():>9,}{wrong.total():>11,}"
        f"{rejects.total():>9}{accepts.total():>9}"
    )
    print(
        f"{right.total() + wrong.total():,} responses graded: {rejects.total()} false rejects, "
        f"{accepts.total()} false accepts."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
