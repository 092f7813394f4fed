"""The two tasks about one slot: what is in it, and what can be done there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gameqa.answers import Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.pyramid_chess import generation
from gameqa.games.pyramid_chess.generation import Knobs
from gameqa.games.pyramid_chess.rules import (
    COLOURS,
    EMPTY,
    PLAYERS,
    Slot,
    State,
    is_free,
    is_open,
    shape_of,
)
from gameqa.games.pyramid_chess.words import BOARD, PLACING, content_text, places
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

NO_SLOT = "no such slot"


class _Address(NamedTuple):
    """A slot asked about, on a board of base n, and whether it can be of every class."""

    n: int
    slot: Slot
    is_full: bool


class _SlotTask(Task[State, Knobs]):
    """A task that asks for the class of one slot; the address does not give it away.

    Of the level's two sizes the smaller board may lack the slot: then all classes are equally
    likely, and the board is of the smaller size when there is no such slot, else of the larger.
    """

    patience = 200
    near_miss = 0.75
    limited = 1.0
    """The greatest share of addresses that cannot be of every class."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        small, large = knobs.sizes
        lacking = rng.chance(self.near_miss)
        limited = rng.chance(self.limited)
        addresses = []
        for slot in shape_of(large).slots[:-1]:
            if (slot not in shape_of(small).number) != lacking or slot.k >= small - (not lacking):
                continue
            for n in (large,) if lacking else (small, large):
                addresses.append(_Address(n, slot, self.is_full(n, slot)))
        if self.limited < 1:
            addresses = [a for a in addresses if a.is_full != limited and (lacking or a.slot.k)]
        address = rng.choice(addresses)
        classes = list(self.classes(address.n, address.slot))
        if lacking:
            classes.append(NO_SLOT)
        wanted = rng.choice(classes)
        return {
            "n": small if wanted == NO_SLOT else address.n,
            "slot": address.slot,
            "class": wanted,
        }

    def is_full(self, n: int, slot: Slot) -> bool:
        """Whether a slot can be of every class."""
        return True

    def classes(self, n: int, slot: Slot) -> Sequence[str]:
        """Return the classes that a slot of a board can be of."""
        raise NotImplementedError

    def wish(self, wanted: str) -> str:
        """Return how play should treat the slot (`generation.board_around`)."""
        raise NotImplementedError

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        wish = self.wish(plan["class"])
        state = generation.board_around(plan.knobs, plan["n"], plan["slot"], wish, rng)
        if state is not None:
            for image in generation.images(state, rng):
                if self.solve(image, {"slot": plan["slot"]}).value == plan["class"]:
                    yield image

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"slot": list(plan["slot"])}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        assert isinstance(self.kind, Word)
        return others(self.kind.vocabulary, solution.value)


def _slot(query: Query) -> Slot:
    return Slot(*query["slot"])


def _bounds(state: State, slot: Slot) -> list[str]:
    """Tell whether a slot exists, step by step."""
    n, side = state.n, state.n - slot.k
    lines = [f"The base, Level 0, is {n} x {n}, so the levels are 0 to {n - 1}."]
    if side <= 0:
        lines.append(f"There is no Level {slot.k}.")
        return lines
    lines.append(
        f"Level {slot.k} is {side} x {side}: x and y go from 0 to {side - 1}, so there is "
        f"{'a' if slot in state.shape.number else 'no'} slot [{slot.x}, {slot.y}]."
    )
    return lines


class SlotStatus(_SlotTask):
    """Who occupies a slot."""

    slug = "slot_status"
    question_id = 0
    description = "Who occupies a slot, if it exists"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word((*PLAYERS, "empty", NO_SLOT))

    def classes(self, n: int, slot: Slot) -> Sequence[str]:
        return (*PLAYERS, "empty")

    def wish(self, wanted: str) -> str:
        return "empty" if wanted == "empty" else "filled"

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD}\nWhat is in slot {_slot(query)}: a ball of PLAYER_0 (blue), a ball of "
            "PLAYER_1 (red), nothing (empty), or is there no such slot on the board shown?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        content = state.at(_slot(query))
        if content is None:
            return Solution(NO_SLOT)
        return Solution("empty" if content == EMPTY else PLAYERS[content])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        slot = _slot(query)
        lines = _bounds(state, slot)
        content = state.at(slot)
        if content is not None:
            holds = "is empty"
            if content != EMPTY:
                holds = f"holds a {COLOURS[content]} ball of {PLAYERS[content]}"
            lines.append(
                f"On Level {slot.k}, the slot in column x = {slot.x} and row y = {slot.y} {holds}."
            )
        return "\n".join(lines)


_PRESSED, _FREE = "ball that cannot be taken", "ball that could be taken"
_CLOSED, _OPEN = "empty and not placeable", "empty and placeable"


class SlotCapability(_SlotTask):
    """What can be done at a slot now."""

    slug = "slot_capability"
    question_id = 5
    description = "Whether a slot exists, its ball could be taken, or a ball placed there"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Word((NO_SLOT, _PRESSED, _FREE, _CLOSED, _OPEN))
    limited = 0.2

    def is_full(self, n: int, slot: Slot) -> bool:
        return len(self.classes(n, slot)) == 4

    def classes(self, n: int, slot: Slot) -> Sequence[str]:
        # The top slot is never filled, and Level 0 has no supports that could be missing.
        pressed = [_PRESSED] if slot.k < n - 2 else []
        closed = [_CLOSED] if slot.k else []
        return [*pressed, _FREE, *closed, _OPEN]

    def wish(self, wanted: str) -> str:
        wishes = {_PRESSED: "pressed", _FREE: "filled", _CLOSED: "closed", _OPEN: "open"}
        return wishes.get(wanted, "")

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} {PLACING} A ball could be taken from the board when no ball rests on it, "
            "that is, when all slots above that rest on its slot are empty; whose ball it is and "
            "whether the rules let anyone take it now do not matter here.\n"
            f"What is true of slot {_slot(query)} on the board shown: is there {NO_SLOT}, does it "
            "hold a ball that cannot be taken, does it hold a ball that could be taken, is it "
            "empty and no ball can be placed there now (not placeable), or is it empty and a ball "
            "can be placed there now (placeable)?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        shape = state.shape
        i = shape.number.get(_slot(query))
        if i is None:
            return Solution(NO_SLOT)
        if state.cells[i] == EMPTY:
            return Solution(_OPEN if is_open(shape, state.cells, i) else _CLOSED)
        return Solution(_FREE if is_free(shape, state.cells, i) else _PRESSED)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        slot, shape = _slot(query), state.shape
        lines = _bounds(state, slot)
        if slot not in shape.number:
            return "\n".join(lines)
        i = shape.number[slot]
        if state.cells[i] != EMPTY:
            lines.append(f"It holds a {COLOURS[state.cells[i]]} ball.")
            upon = [shape.slots[j] for j in shape.above[i]]
            pressing = [s for s in upon if state.at(s) != EMPTY]
            if pressing:
                rest = "A ball rests" if len(pressing) == 1 else f"{len(pressing)} balls rest"
                lines.append(f"{rest} on it, on Level {slot.k + 1}: {places(pressing)}.")
            else:
                lines.append(
                    f"The slots on Level {slot.k + 1} that rest on it, {places(upon)}, are empty."
                )
            return "\n".join(lines)
        return "\n".join([*lines, "It is empty.", supports_text(state, i)])


def supports_text(state: State, i: int) -> str:
    """Tell what a slot rests on, and whether a ball can be placed there."""
    shape = state.shape
    if not shape.supports[i]:
        return "It is on Level 0, so it needs no support."
    slots = [shape.slots[j] for j in shape.supports[i]]
    told = ", ".join(
        f"[{s.x}, {s.y}] {content_text(state.cells[j])}"
        for s, j in zip(slots, shape.supports[i], strict=True)
    )
    empty = [s for s in slots if state.at(s) == EMPTY]
    verdict = (
        f"{places(empty)} {'is' if len(empty) == 1 else 'are'} empty"
        if empty
        else "all four are filled"
    )
    return f"It rests on these slots of Level {slots[0].k}: {told}; {verdict}."
