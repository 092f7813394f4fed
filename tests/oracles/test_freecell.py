"""FreeCell's answers against a second, plain implementation of the rules on lists of codes."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import gameqa
from gameqa.games.freecell import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
RANKS = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"]
NAMES = {"S": "Spade", "H": "Heart", "D": "Diamond", "C": "Club"}
DECK = {rank + suit for rank in RANKS for suit in NAMES}


def rows(task: str, form: str = "choice") -> Iterator[tuple[Sample, Any, Any]]:
    for level in LEVELS:
        for index in range(SAMPLES):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield made, json.loads(made.state), json.loads(made.query)


def answer(made: Sample) -> str:
    """Return the text of the right option, or the open answer."""
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def shown(code: str) -> str:
    return f"({NAMES[code[-1]]}, {code[:-1]})"


def rank(code: str) -> int:
    return RANKS.index(code[:-1]) + 1


def red(code: str) -> bool:
    return code[-1] in "HD"


def movable(state: Any, kind: str, key: Any) -> str | None:
    """Return the code of the card that may leave a place."""
    if kind == "cascade":
        pile = state["cascades"][key]
        return pile[-1] if pile else None
    return state["free_cells"][key]


def may_go(state: Any, code: str, kind: str, key: Any) -> bool:
    """Whether a card may be put on a place, by the page's rules 2 to 4."""
    if kind == "foundation":
        return code[-1] == key and rank(code) == state["foundations"][key] + 1
    if kind == "free_cell":
        return state["free_cells"][key] is None
    pile = state["cascades"][key]
    return not pile or (red(pile[-1]) != red(code) and rank(pile[-1]) == rank(code) + 1)


def play(state: Any, source: Any, target: Any) -> str:
    """Make a move in place and return the card moved; an illegal one is an error."""
    code = movable(state, *source)
    assert code is not None and may_go(state, code, *target) and list(source) != list(target)
    assert (source[0], target[0]) != ("free_cell", "free_cell")
    if source[0] == "cascade":
        state["cascades"][source[1]].pop()
    else:
        state["free_cells"][source[1]] = None
    if target[0] == "cascade":
        state["cascades"][target[1]].append(code)
    elif target[0] == "free_cell":
        state["free_cells"][target[1]] = code
    else:
        state["foundations"][target[1]] += 1
    return code


def read(text: str) -> tuple[str, list[Any], list[Any]]:
    """Read a move from an option's text."""
    card, source, target = re.fullmatch(r"\((.+)\) from (.+) to (.+)", text).groups()  # type: ignore[union-attr]
    suit, value = card.split(", ")
    places = []
    for words in (source, target):
        if words.startswith("the "):
            places.append(["foundation", words.split()[1][0]])
        else:
            name, number = words.rsplit(" ", 1)
            places.append([name.replace(" ", "_"), int(number)])
    return value + suit[0], places[0], places[1]


def is_legal(state: Any, text: str) -> bool:
    code, source, target = read(text)
    return (
        source[0] != "foundation"
        and source != target
        and (source[0], target[0]) != ("free_cell", "free_cell")
        and movable(state, *source) == code
        and may_go(state, code, *target)
    )


@pytest.mark.parametrize("task", ["specified_card", "valid_move", "card_after_move"])
def test_tables(task: str) -> None:
    """Catches lost or doubled cards, and columns longer than a legal deal can leave."""
    for made, state, _ in rows(task):
        cards = [code for pile in state["cascades"] for code in pile]
        cards += [code for code in state["free_cells"] if code]
        cards += [RANKS[i] + s for s, top in state["foundations"].items() for i in range(top)]
        assert len(cards) == 52 and set(cards) == DECK, made.data_id
        count = state["n_cascades"]
        for k, pile in enumerate(state["cascades"]):
            assert len(pile) <= 52 // count + (k < 52 % count), made.data_id


def test_specified_card() -> None:
    """Catches counting from the wrong end, from 0, or in the wrong cascade."""
    first = direction = total = 0
    for made, state, query in rows("specified_card"):
        pile = state["cascades"][query["cascade"]]
        from_base = "counting from the base" in made.question
        assert from_base == query["from_base"]
        number = int(re.search(r"is number (\d+)", made.question)[1])  # type: ignore[index]
        code = pile[number - 1] if from_base else pile[-number]
        assert answer(made) == shown(code), made.data_id
        on_table = {shown(c) for p in state["cascades"] for c in p}
        assert set(made.options) <= on_table, made.data_id
        total, first, direction = total + 1, first + (number == 1), direction + from_base
    slack = 4 * (total / 4) ** 0.5
    assert first <= 0.2 * total + slack and abs(direction - total / 2) <= slack


@pytest.mark.parametrize("form", ["choice", "open"])
def test_valid_move(form: str) -> None:
    """Catches a second legal option, an illegal key, and cards that are not where they are said."""
    kinds: Counter[Any] = Counter()
    for made, state, _ in rows("valid_move", form):
        assert is_legal(state, answer(made)), made.data_id
        _, source, target = read(answer(made))
        kinds[source[0], target[0]] += 1
        assert sum(is_legal(state, text) for text in made.options) <= 1, made.data_id
        words = []
        for text in made.options:
            code, source, target = read(text)
            place = state[{"cascade": "cascades", "free_cell": "free_cells"}[source[0]]][source[1]]
            assert code in place if source[0] == "cascade" else code == place, made.data_id
            assert not (code[0] == "K" and target[0] == "cascade"), made.data_id
            assert target[0] != "foundation" or target[1] == code[-1], made.data_id
            words.append((code, source[0], target[0]))
        if words:
            assert len({code for code, *_ in words}) in (1, 4), made.data_id
            assert sorted(Counter(w[1:] for w in words).values()) in ([4], [2, 2]), made.data_id
    if form == "choice" and SAMPLES >= 40:
        assert min(kinds.values()) > 0.05 * 3 * SAMPLES and len(kinds) == 5, kinds


def test_canonical_open_move() -> None:
    """Catches an order of the open answer other than the page's."""
    for made, state, _ in rows("valid_move", "open"):
        count = state["n_cascades"]
        sources = [["cascade", i] for i in range(count)] + [["free_cell", i] for i in range(4)]
        for source in sources:
            code = movable(state, *source)
            if code is None:
                continue
            targets = [*sources, ["foundation", code[-1]]]
            moves = [
                target
                for target in targets
                if is_legal(state, _text(code, source, target))
                and not (
                    source[0] == target[0] == "cascade"
                    and not state["cascades"][target[1]]
                    and len(state["cascades"][source[1]]) == 1
                )
            ]
            if moves:
                assert made.answer == _text(code, source, moves[0]), made.data_id
                break


def _text(code: str, source: list[Any], target: list[Any]) -> str:
    place = [f"{kind.replace('_', ' ')} {key}" for kind, key in (source, target)]
    if target[0] == "foundation":
        place[1] = f"the {NAMES[target[1]]} foundation"
    return f"{shown(code)} from {place[0]} to {place[1]}"


def test_card_after_move() -> None:
    """Catches illegal or undone moves, a wrong order, and asking for an unchanged cascade."""
    asked: Counter[str] = Counter()
    for made, state, query in rows("card_after_move"):
        k = query["cascade"]
        before = state["cascades"][k][-1]
        last: Any = None
        for move in query["moves"]:
            play(state, move["source"], move["target"])
            assert last is None or (move["source"], move["target"]) != last[::-1], made.data_id
            last = move["source"], move["target"]
        assert answer(made) == shown(state["cascades"][k][-1]) != shown(before), made.data_id
        role = "source" if last[0] == ["cascade", k] else "other"
        asked["target" if last[1] == ["cascade", k] else role] += 1
        low, high = {8: (1, 2), 6: (2, 3), 4: (3, 4)}[state["n_cascades"]]
        assert low <= len(query["moves"]) <= high
    if SAMPLES >= 40:
        assert all(asked[role] > 0.1 * 3 * SAMPLES for role in ("source", "target", "other"))


def test_letters_of_tens() -> None:
    """Catches the published defect of tens written by their first character."""
    for made, _, _ in rows("card_after_move"):
        assert all(re.fullmatch(r"\(\w+, ([2-9]|10|[AJQK])\)", text) for text in made.options)
