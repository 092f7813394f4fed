"""A megabyte of anything is graded in one pass: what is quadratic would take hours here."""

from __future__ import annotations

import pytest

import gameqa

SIZE = 1_000_000


def _of(piece: str) -> str:
    return piece * (SIZE // len(piece))


HOSTILE = {
    "brackets": _of("["),
    "pairs": _of("[]"),
    "nested": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "braces": _of("{"),
    "backslashes": _of("\\"),
    "digits": _of("7"),
    "digits in a tag": f"<answer>{_of('7')}</answer>",
    "long number in a tag": f"<answer>{'7' * 3_990}</answer>",
    "opening tags": _of("<answer>"),
    "closing tags": _of("</answer>"),
    "empty tags": _of("<answer></answer>"),
    "many tags": "".join(f"<answer>{n}</answer>" for n in range(SIZE // 22)),
    "opening boxes": _of("\\boxed{"),
    "nested boxes": "\\boxed{" * (SIZE // 9) + "}" * (SIZE // 9),
    "box that is never closed": "\\boxed{" + _of("{"),
    "many boxes": _of("\\boxed{1} "),
    "fractions": "<answer>" + "\\frac{1" * 500 + "</answer>",
    "thoughts": _of("<think>"),
    "closed thoughts": _of("<think></think>"),
    "one long thought": f"<think>{_of('x ')}</think>no answer",
    "labels": _of("Answer: "),
    "label lines": _of("Answer: 99999\n"),
    "different label lines": "".join(f"Answer: {n}\n" for n in range(SIZE // 14)),
    "sentences": _of("the answer is "),
    "label with a gap": f"Answer:{_of(' ')}99999",
    "articles": f"<answer>{'a ' * 1_990}</answer>",
    "connectives": f"<answer>{'so ' * 1_300}</answer>",
    "verbs": f"<answer>{'is ' * 130}</answer>",
    "thousands": f"<answer>{'1,111,' * 600}</answer>",
    "stars": f"<answer>{'*' * 3_990}</answer>",
    "half brackets": f"<answer>{'[1,' * 1_300}</answer>",
    "spaces": _of(" "),
    "lines": _of("\n"),
    "end tokens": _of("<|im_end|>"),
    "zeros": _of("\0"),
    "surrogates": _of("\ud800"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """Catches a pattern or scanner that looks at the same characters again and again."""
    for game, task, form in (
        ("sokoban", "minimum_moves", "choice"),
        ("sokoban", "shortest_walk", "open"),
        ("chess_ranger", "count_piece_kind", "open"),
        ("minecraft", "scenery_recog", "open"),
        ("tangram", "piece_placement", "open"),
    ):
        sample = gameqa.sample(game, task=task, answer_format=form, modality="text")
        assert not gameqa.grade(gameqa.grading_spec(sample), HOSTILE[name]).correct
