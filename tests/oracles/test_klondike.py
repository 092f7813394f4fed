"""Klondike's answers against literal play: every move is tried out on piles of card codes."""

from __future__ import annotations

import copy
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import gameqa
from gameqa.games.klondike import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = {"easy": (10, 19), "medium": (20, 23), "hard": (24, 32)}
RANKS = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"]
DECK = {rank + suit for rank in RANKS for suit in "SHDC"}


def rows(task: str, form: str = "choice") -> Iterator[tuple[Sample, Any, Any]]:
    for level in LEVELS:
        for index in range(SAMPLES):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield made, json.loads(made.state), json.loads(made.query)


def answer(made: Sample) -> str:
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def rank(code: str) -> int:
    return RANKS.index(code[:-1]) + 1


def red(code: str) -> bool:
    return code[-1] in "HD"


class Table:
    """Piles as lists; face-down cards are written "##"."""

    def __init__(self, state: Any) -> None:
        self.stock = state["stock"]
        self.waste = list(state["waste"])
        self.homes: list[list[str]] = [
            [RANKS[i] + f["suit"] for i in range(f["top"])] if f else []
            for f in state["foundations"]
        ]
        self.piles = [["##"] * p["face_down"] + p["face_up"] for p in state["tableau"]]

    def lays(self, cards: list[str], pile: list[str]) -> bool:
        """Whether a group may be laid on a pile."""
        if not pile:
            return rank(cards[0]) == 13
        return red(cards[0]) != red(pile[-1]) and rank(pile[-1]) - rank(cards[0]) == 1

    def results(self, text: str) -> list[Table]:
        """Return all tables that a named move can lead to."""
        source, kind, target = re.fullmatch(  # type: ignore[union-attr]
            r"Move from (Waste Pile|Tab\d) to (Tab|Foundation )(\d)", text
        ).groups()
        found = []
        start = self.waste if source == "Waste Pile" else self.piles[int(source[3]) - 1]
        most = 1 if source == "Waste Pile" or kind != "Tab" else len(start)
        for size in range(1, most + 1):
            cards = start[len(start) - size :]
            if not cards or "##" in cards or f"{source}{kind}{target}" == f"Tab{target}Tab{target}":
                continue
            if kind == "Tab":
                fits = self.lays(cards, self.piles[int(target) - 1])
            else:
                home = self.homes[int(target) - 1]
                fits = rank(cards[0]) == len(home) + 1 and (not home or home[0][-1] == cards[0][-1])
            if fits:
                after = copy.deepcopy(self)
                start_after = (
                    after.waste if source == "Waste Pile" else after.piles[int(source[3]) - 1]
                )
                del start_after[len(start_after) - size :]
                goal = after.piles if kind == "Tab" else after.homes
                goal[int(target) - 1] += cards
                found.append(after)
        return found

    def is_effective(self, text: str) -> bool:
        """Whether a move does one of the page's three things, judged by the tables after it."""
        for after in self.results(text):
            if sum(map(len, after.homes)) > sum(map(len, self.homes)):
                return True
            if "Waste" in text:
                continue
            if any(pile and pile[-1] == "##" for pile in after.piles):
                return True
            if sum(not p for p in after.piles) > sum(not p for p in self.piles):
                return True
        return False


NAMES = [
    f"Move from {source} to {target}"
    for source in (*(f"Tab{i}" for i in range(1, 8)), "Waste Pile")
    for target in (*(f"Tab{i}" for i in range(1, 8)), *(f"Foundation {i}" for i in range(1, 5)))
]
"""All moves in the page's order."""


@pytest.mark.parametrize("task", ["valid_move", "deadlock_facts", "effective_move"])
def test_tables(task: str) -> None:
    """Catches lost or doubled cards, unreachable piles, and a level measure out of its range."""
    for made, state, _ in rows(task):
        cards = [*state["waste"], *state["hidden"]["stock"]]
        measure = bool(state["waste"])
        for i, pile in enumerate(state["tableau"]):
            hidden, shown = state["hidden"]["tableau"][i], pile["face_up"]
            assert len(hidden) == pile["face_down"] <= i, made.data_id
            assert bool(shown) >= bool(hidden) and len(shown) <= 14, made.data_id
            for a, b in pairwise(shown):
                assert red(a) != red(b) and rank(a) == rank(b) + 1, made.data_id
            cards += hidden + shown
            measure += len(shown)
        for home in filter(None, state["foundations"]):
            cards += [RANKS[i] + home["suit"] for i in range(home["top"])]
            measure += 1
        assert len(cards) == 52 and set(cards) == DECK, made.data_id
        assert state["stock"] == len(state["hidden"]["stock"]), made.data_id
        assert state["stock"] + len(state["waste"]) <= 24, made.data_id
        low, high = LEVELS[made.plot_level.lower()]
        assert low <= measure <= high, made.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_valid_move(form: str) -> None:
    """Catches a second valid option, groups forgotten, and a wrong make-up of the list."""
    none = 0
    for made, state, _ in rows("valid_move", form):
        table = Table(state)
        valid = [name for name in NAMES if table.results(name)]
        if form == "open":
            assert made.answer == valid[0], made.data_id
            continue
        hits = [text for text in made.options if text in valid]
        none += not hits
        assert (hits or ["None of these moves is valid"]) == [answer(made)], made.data_id
        check_list(made, state)
        kinds = Counter(kind(text) for text in made.options if text.startswith("Move"))
        wanted = {"tt": 4, "wt": 1, "wf": 1, "tf": 1} if state["waste"] else {"tt": 5, "tf": 2}
        assert kinds == wanted, made.data_id
    if form == "choice" and SAMPLES >= 40:
        assert abs(none - 3 * SAMPLES / 8) < 5 * (3 * SAMPLES / 8) ** 0.5


@pytest.mark.parametrize("form", ["choice", "open"])
def test_effective_move(form: str) -> None:
    """Catches a second effective option, and effects judged otherwise than by what they do."""
    seen: Counter[str] = Counter()
    for made, state, _ in rows("effective_move", form):
        table = Table(state)
        good = [name for name in NAMES if table.is_effective(name)]
        if form == "open":
            assert made.answer == good[0], made.data_id
            continue
        hits = [text for text in made.options if text in good]
        wanted = hits or ["None of these moves is both valid and effective"]
        assert wanted == [answer(made)], made.data_id
        check_list(made, state)
        kinds = Counter(kind(text)[1] for text in made.options if text.startswith("Move"))
        assert kinds == {"t": 5, "f": 2}, made.data_id
        if not hits:
            listed = [t for t in made.options if t.startswith("Move") and kind(t) == "tt"]
            assert any(table.results(text) for text in listed), made.data_id
        seen[kind(hits[0]) if hits else "none"] += 1
    if form == "choice" and SAMPLES >= 40:
        total = 3 * SAMPLES
        assert abs(seen["none"] - total / 8) < 5 * (total / 8) ** 0.5
        assert abs(seen["tt"] - total * 5 / 8) < 5 * (total / 4) ** 0.5


def kind(text: str) -> str:
    return ("w" if "Waste" in text else "t") + ("f" if "Foundation" in text else "t")


def check_list(made: Sample, state: Any) -> None:
    """Check what every list of moves must keep to."""
    pairs = set()
    for text in made.options:
        if not text.startswith("Move"):
            continue
        source, target = re.findall(r"Waste|\d", text)
        if source == "Waste":
            assert state["waste"], made.data_id
        else:
            assert state["tableau"][int(source) - 1]["face_up"], made.data_id
        if kind(text) == "tt":
            assert source != target and (target, source) not in pairs, made.data_id
            pairs.add((source, target))


def test_deadlock_facts() -> None:
    """Catches facts read off single cards instead of groups, and a combination that is missing."""
    seen: Counter[str] = Counter()
    for made, state, _ in rows("deadlock_facts"):
        table = Table(state)
        a = state["stock"] + len(state["waste"]) > 0
        b = any(table.results(name) for name in NAMES if "Foundation" in name)
        c = any(table.is_effective(name) for name in NAMES if kind(name) == "tt")
        told = [f"{n} {'true' if fact else 'false'}" for n, fact in zip("ABC", (a, b, c))]  # noqa: B905
        text = f"{', '.join(told)}: {'' if not (a or b or c) else 'not '}deadlocked"
        assert answer(made) == text, made.data_id
        assert len(made.options) == 8
        seen[text] += 1
    if SAMPLES >= 40:
        mean = 3 * SAMPLES / 8
        assert len(seen) == 8 and all(abs(n - mean) < 5 * mean**0.5 for n in seen.values()), seen


def test_worked_example() -> None:
    """The page's example: a whole group moves where its single card goes nowhere."""
    tableau = [{"face_down": 0, "face_up": []} for _ in range(7)]
    tableau[1] = {"face_down": 3, "face_up": ["QS", "JH", "10S"]}
    tableau[4] = {"face_down": 0, "face_up": ["KD"]}
    state = {"stock": 0, "waste": [], "foundations": [None] * 4, "tableau": tableau}
    assert Table(state).is_effective("Move from Tab2 to Tab5")
    assert not Table(state).is_effective("Move from Tab5 to Tab6")  # a King shuffle


@pytest.mark.parametrize("task", ["valid_move", "deadlock_facts", "effective_move"])
def test_hidden_cards_do_not_matter(task: str) -> None:
    """Catches a text, answer or split that depends on what lies face down."""
    for made, state, query in rows(task):
        swapped = copy.deepcopy(state)
        for cards in (swapped["hidden"]["stock"], *swapped["hidden"]["tableau"]):
            cards.reverse()
        swapped["waste"][:-1] = swapped["waste"][:-1][::-1]
        before, after = GAME.decode(state), GAME.decode(swapped)
        assert GAME.describe(before, query) == GAME.describe(after, query), made.data_id
        assert GAME.split_key(before) == GAME.split_key(after), made.data_id
        solve = GAME.task(task).solve
        assert solve(before, query).value == solve(after, query).value, made.data_id
