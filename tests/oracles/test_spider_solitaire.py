"""Spider's answers against a second, plain implementation that plays on lists of card codes."""

from __future__ import annotations

import copy
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import gameqa
from gameqa.games.spider_solitaire import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = {"easy": 8, "medium": 9, "hard": 10}
RANKS = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"]
WORDS = {"A": "Ace", "J": "Jack", "Q": "Queen", "K": "King"}
NAMES = {"S": "Spade", "H": "Heart", "D": "Diamond", "C": "Club"}
TASKS = [task.slug for task in GAME.tasks]
NO_MOVE, NONE_HIDDEN = "no single move can do it", "has no face-down cards"


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


class Table:
    """Piles as lists of codes; a face-down card is written "#" and its code."""

    def __init__(self, state: Any) -> None:
        self.piles = [
            ["#" + code for code in hidden] + pile["face_up"]
            for pile, hidden in zip(state["piles"], state["hidden"]["piles"], strict=True)
        ]
        self.deals = state["deals_left"]
        self.stock = list(state["hidden"]["stock"])
        self.sent = len(state["foundations"])

    def is_group(self, cards: list[str]) -> bool:
        """Whether cards may move together: face up, one suit, falling by one."""
        if not cards or any(code.startswith("#") for code in cards):
            return False
        steps = range(len(cards) - 1)
        return all(
            cards[i][-1] == cards[i + 1][-1] and rank(cards[i]) == rank(cards[i + 1]) + 1
            for i in steps
        )

    def move(self, s: int, i: int, t: int) -> tuple[str, Table | None]:
        """Try a move; return the first failing check, or "ok" and the table afterwards."""
        source, target = self.piles[s], self.piles[t]
        if i >= len(source):
            return "missing", None
        if source[i].startswith("#"):
            return "hidden", None
        if not self.is_group(source[i:]):
            return "blocked", None
        if target and rank(target[-1]) != rank(source[i]) + 1:
            return "target", None
        after = copy.deepcopy(self)
        after.piles[t] += source[i:]
        del after.piles[s][i:]
        after.turn(s)
        return "ok", after

    def turn(self, pile: int) -> bool:
        cards = self.piles[pile]
        if cards and cards[-1].startswith("#"):
            cards[-1] = cards[-1][1:]
            return True
        return False

    def face_down(self) -> int:
        return sum(code.startswith("#") for pile in self.piles for code in pile)

    def click(self) -> None:
        if self.deals and all(self.piles):
            self.deals -= 1
            for pile in self.piles:
                pile.append(self.stock.pop())

    def run(self, pile: int) -> int:
        """Return the length of the longest group of a pile."""
        cards = self.piles[pile]
        return max((n for n in range(1, len(cards) + 1) if self.is_group(cards[-n:])), default=0)

    def key(self, action: str) -> tuple[int, int, int] | None:
        """Return how good an action is by the stated ranking, None if it is not ranked."""
        numbers = [int(n) for n in re.findall(r"\d+", action)]
        if action.startswith("send"):
            return (1, 0, 0) if self.run(numbers[0]) == 13 else None
        if action == "deal a row":
            return (4, 0, 0) if self.deals and all(self.piles) else None
        i, s, t = numbers
        _, after = self.move(s, i, t)
        if after is None or s == t:
            return None
        reveals = after.face_down() < self.face_down()
        if self.piles[t]:
            # The run on the target grows to more than the run that the cards came from.
            joined = after.run(t)
            grown = len(self.piles[s]) - i
            if joined > grown and joined > self.run(s):
                return (2, -joined, not reveals)
            return None
        return (3, i - len(self.piles[s]), 0) if reveals else None

    def actions(self) -> list[str]:
        piles = range(len(self.piles))
        moves = [
            f"card {i} of pile {s} to pile {t}"
            for s in piles
            for i in range(len(self.piles[s]))
            for t in piles
            if s != t
        ]
        return [*moves, "deal a row", *(f"send the completed suit of pile {p}" for p in piles)]


@pytest.mark.parametrize("task", TASKS)
def test_tables(task: str) -> None:
    """Catches a deck that is not eight suits, and piles that no play can lead to."""
    for made, state, _ in rows(task):
        width = LEVELS[made.plot_level.lower()]
        cards = Counter(state["hidden"]["stock"])
        opening = 104 - 6 * width
        assert len(state["piles"]) == width and 0 <= state["deals_left"] <= 5
        assert len(state["hidden"]["stock"]) == width * state["deals_left"]
        for p, pile in enumerate(state["piles"]):
            hidden = state["hidden"]["piles"][p]
            assert len(hidden) == pile["face_down"], made.data_id
            assert pile["face_down"] <= opening // width + (p < opening % width), made.data_id
            assert pile["face_up"] or not hidden, made.data_id
            assert len(hidden) + len(pile["face_up"]) <= 20, made.data_id
            cards.update(hidden)
            cards.update(pile["face_up"])
        for suit in state["foundations"]:
            cards.update(rank + suit for rank in RANKS)
        suits = {code[-1] for code in cards}
        assert len(suits) == state["num_suits"] and sum(cards.values()) == 104, made.data_id
        assert set(cards.values()) == {8 // len(suits)}, made.data_id
        assert state["foundations"] == sorted(state["foundations"]), made.data_id


def test_deals_left() -> None:
    """Catches anything but the number of rows, and numbers that are rare."""
    seen: Counter[str] = Counter()
    for made, state, _ in rows("deals_left"):
        assert made.answer == str(len(state["hidden"]["stock"]) // state["num_piles"])
        seen[made.answer] += 1
    if SAMPLES >= 40:
        assert len(seen) == 6 and max(seen.values()) < 0.3 * 3 * SAMPLES, seen


def test_top_card() -> None:
    """Catches the back card or a neighbour's taken for the top card, and unequal ranks."""
    seen: Counter[str] = Counter()
    for made, state, query in rows("top_card"):
        up = state["piles"][query["pile"]]["face_up"]
        told = "Empty"
        if up:
            told = f"{NAMES[up[-1][-1]]} {WORDS.get(up[-1][:-1], up[-1][:-1])}"
        assert made.answer == told, made.data_id
        seen[told.split()[-1]] += 1
    if SAMPLES >= 40:
        assert len(seen) == 14 and max(seen.values()) < 0.2 * 3 * SAMPLES, seen


def test_count_face_down() -> None:
    """Catches the stock counted too, and counts that hardly vary."""
    values = []
    for made, state, _ in rows("count_face_down"):
        counts = [len(cards) for cards in state["hidden"]["piles"]]
        assert made.answer == str(sum(counts)) and len(set(counts)) > 2, made.data_id
        values.append(int(made.answer))
    if SAMPLES >= 40:
        assert max(Counter(values).values()) < 0.1 * len(values)
        assert min(values) < 12 and max(values) > 35


def test_face_up_after_deals() -> None:
    """Catches clicks counted although the stock is empty or a pile is."""
    cases: Counter[str] = Counter()
    for made, state, query in rows("face_up_after_deals"):
        table = Table(state)
        blocked = not all(table.piles)
        cases["blocked" if blocked else "few" if query["clicks"] > table.deals else "normal"] += 1
        for _ in range(query["clicks"]):
            table.click()
        shown = sum(not code.startswith("#") for code in table.piles[query["pile"]])
        assert made.answer == str(shown) and 1 <= query["clicks"] <= 6, made.data_id
    if SAMPLES >= 40:
        for case, share in (("normal", 0.6), ("few", 0.25), ("blocked", 0.15)):
            total = 3 * SAMPLES
            assert abs(cases[case] - share * total) < 5 * (share * total) ** 0.5, cases


@pytest.mark.parametrize("form", ["choice", "open"])
def test_move_outcome(form: str) -> None:
    """Catches checks in another order, and a class that the card's number gives away."""
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for made, state, query in rows("move_outcome", form):
        word, _ = Table(state).move(query["source"], query["card"], query["target"])
        assert answer(made).split(":")[0] == word, made.data_id
        assert not made.options or len(made.options) == 5
        (low if query["card"] < 5 else high)[word] += 1
    assert not high["hidden"]
    if SAMPLES >= 40:
        for seen, classes in ((low, 5), (high, 4)):
            mean = sum(seen.values()) / classes
            assert len(seen) == classes
            assert all(abs(n - mean) < 5 * mean**0.5 for n in seen.values()), seen


def uncovering(state: Any, k: int) -> list[str]:
    """Return every move that turns a face-down card of a pile up, by trying out all."""
    table = Table(state)
    found = []
    for action in table.actions():
        if action.startswith("card"):
            i, s, t = (int(n) for n in re.findall(r"\d+", action))
            _, after = table.move(s, i, t)
            if after:
                before = sum(code.startswith("#") for code in table.piles[k])
                if sum(code.startswith("#") for code in after.piles[k]) < before:
                    found.append(action)
    return found


def test_reveal_face_down() -> None:
    """Catches top cards taken for whole face-up parts, and a second right move in the list."""
    classes: Counter[str] = Counter()
    for made, state, query in rows("reveal_face_down"):
        k = query["pile"]
        good = uncovering(state, k)
        true = [text for text in made.options if text in good]
        if not state["piles"][k]["face_down"]:
            true.append(f"pile {k} {NONE_HIDDEN}")
        elif not good:
            true.append(NO_MOVE)
        assert true == [answer(made)], made.data_id
        grid = {tuple(map(int, re.findall(r"\d+", text))) for text in made.options} - {(k,), ()}
        cards, targets = {i for i, _, _ in grid}, {t for _, _, t in grid}
        assert len(grid) == 6 and {s for _, s, _ in grid} == {k}, made.data_id
        assert len(targets) == 3 and max(cards) == min(cards) + 1, made.data_id
        classes[true[0] if good == [] else "move"] += 1
    if SAMPLES >= 40:
        total = 3 * SAMPLES
        assert abs(classes["move"] - 0.72 * total) < 5 * (0.2 * total) ** 0.5, classes
        assert abs(classes[NO_MOVE] - 0.14 * total) < 5 * (0.14 * total) ** 0.5, classes


def test_reveal_face_down_open() -> None:
    """Catches an open answer that is no uncovering move, or not the first one."""
    for made, state, query in rows("reveal_face_down", "open"):
        good = uncovering(state, query["pile"])
        if good:
            assert made.answer == good[0], made.data_id
        else:
            hidden = state["piles"][query["pile"]]["face_down"]
            assert made.answer == ("no single move" if hidden else "no face-down card")


@pytest.mark.parametrize("form", ["choice", "open"])
def test_best_move(form: str) -> None:
    """Catches ties among the options, illegal keys, and runs counted through other suits."""
    tiers: Counter[int] = Counter()
    for made, state, _ in rows("best_move", form):
        table = Table(state)
        keys = {a: key for a in table.actions() if (key := table.key(a))}
        best = min(keys.values())
        good = [action for action, key in keys.items() if key == best]
        tiers[best[0]] += 1
        if form == "open":
            assert made.answer == good[0], made.data_id
            continue
        assert [text for text in made.options if text in good] == [answer(made)], made.data_id
        moves = [re.findall(r"\d+", text) for text in made.options if text.startswith("card")]
        assert len(moves) == 6 and all(s != t for _, s, t in moves), made.data_id
        filled = sum(map(bool, table.piles))
        assert len({s for _, s, _ in moves}) == min(6, filled), made.data_id
        hidden = [1 for i, s, _ in moves if int(i) < state["piles"][int(s)]["face_down"]]
        assert len(hidden) <= 1 and "deal a row" in made.options, made.data_id
        assert any(text.startswith("send") for text in made.options), made.data_id
    if form == "choice" and SAMPLES >= 40:
        total = 3 * SAMPLES
        for tier, share in {1: 0.13, 2: 0.62, 3: 0.12, 4: 0.13}.items():
            assert abs(tiers[tier] - share * total) < 5 * (share * total) ** 0.5, tiers


@pytest.mark.parametrize("task", TASKS)
def test_hidden_cards_do_not_matter(task: str) -> None:
    """Catches a text, answer or split that depends on what lies face down."""
    for made, state, query in rows(task):
        swapped = copy.deepcopy(state)
        cards = [code for pile in state["hidden"]["piles"] for code in pile]
        cards = (cards + state["hidden"]["stock"])[::-1]
        for place in (*swapped["hidden"]["piles"], swapped["hidden"]["stock"]):
            place[:] = [cards.pop() for _ in place][::-1]
        before, after = GAME.decode(state), GAME.decode(swapped)
        assert GAME.describe(before, query) == GAME.describe(after, query), made.data_id
        assert GAME.split_key(before) == GAME.split_key(after), made.data_id
        solve = GAME.task(task).solve
        assert solve(before, query).value == solve(after, query).value, made.data_id
