"""Questions about putting pieces back: which turns fit, and where a piece goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Box, OrWord, WordSet
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tangram import generation, rules
from gameqa.games.tangram.generation import Knobs, within
from gameqa.games.tangram.rules import (
    ANGLES,
    Mask,
    State,
    box_of,
    cells_of,
    fitting_angles,
    flipped,
    mask_of,
    turned,
)
from gameqa.games.tangram.solver import asked_and_other, placements
from gameqa.games.tangram.tasks_measure import BOARD
from gameqa.games.tangram.words import rows_of
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing

_COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."
_NONE = "none"
_CLASSES: tuple[tuple[int, ...], ...] = (
    (),
    (0,),
    (90,),
    (180,),
    (270,),
    (0, 180),
    (90, 270),
    ANGLES,
)
"""All sets of angles at which a shape can fit."""


def _value(angles: Sequence[int]) -> Any:
    return tuple(map(str, angles)) if angles else _NONE


class PieceRotation(Task[State, Knobs]):
    """Which rotations make a removed piece fill its hole."""

    slug = "piece_rotation"
    question_id = 2
    description = "Rotations by which a removed piece fits its hole"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = OrWord(
        WordSet(
            tuple(map(str, ANGLES)),
            f"Answer with all angles that fit of {', '.join(map(str, ANGLES))}, commas between "
            "them.",
        ),
        _NONE,
    )

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "angles": rng.choice(_CLASSES),
            "size": within(knobs.size, rng),
            "count": within(knobs.pieces, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.turned_states(
            plan.knobs, plan["size"], plan["count"], plan["angles"], rng
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"label": state.removed[0]}

    def ask(self, state: State, query: Query) -> str:
        return (
            "The board shown was cut into numbered pieces; every cell bears the number of its "
            f'piece. Piece {query["label"]} has been removed and lies in the tray "Removed"; its '
            "cells on the board are empty. In the tray it may have been turned, and it may have "
            "been flipped over.\n"
            "By which clockwise rotations of the piece as it lies in the tray does it fill the "
            "hole exactly? After the rotation it may be moved, but it must not be flipped. Angles "
            f"are in degrees, 0 is no rotation; {_NONE} means that no rotation fits."
        )

    def solve(self, state: State, query: Query) -> Solution:
        mask = state.shown(query["label"]).mask
        return Solution(_value(fitting_angles(mask, mask_of(state.hole))))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        hole, mask = mask_of(state.hole), state.shown(query["label"]).mask
        top, left, bottom, right = box_of(state.hole)
        lines = [
            f"The hole lies in rows {top} to {bottom} and columns {left} to {right}, "
            f"{_size(hole)}. Row by row, # for a cell:",
            *rows_of(hole),
            f"The piece in the tray is {_size(mask)}:",
            *rows_of(mask),
        ]
        for angle in ANGLES:
            shape = turned(mask, angle)
            how = f"Turned by {angle}" if angle else "Not turned (0)"
            if len(shape) != len(hole):
                lines.append(f"{how} it is {_size(shape)}: does not fit.")
                continue
            lines.append(f"{how} it is {' / '.join(rows_of(shape))}: {self._verdict(shape, state)}")
        if solution.value == _NONE:
            lines.append(
                "Only a flipped piece would fit, and flipping is not allowed: no rotation fits."
                if fitting_angles(flipped(mask), hole)
                else "No rotation fits."
            )
        else:
            lines.append(f"Fitting: {listing(solution.value)}.")
        return "\n".join(lines)

    @staticmethod
    def _verdict(shape: Mask, state: State) -> str:
        top, left, _, _ = box_of(state.hole)
        wanted = set(state.hole)
        placed = set(cells_of(shape, top, left))
        if placed == wanted:
            return "the shape of the hole, fits."
        over = sorted(placed - wanted)
        return f"a cell would lie on {over[0]}, which is not empty: does not fit."

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([_value(angles) for angles in _CLASSES], solution.value)


def _size(mask: Mask) -> str:
    return f"{len(mask)} high and {len(mask[0])} wide"


class PiecePlacement(Task[State, Knobs]):
    """Where one of two removed pieces goes."""

    slug = "piece_placement"
    question_id = 5
    description = "Place of a removed piece on the board"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Box()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return generation.boxes(knobs, rng)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.pair_states(plan.wanted, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        # The planted piece is the one that lay in the planned box.
        for label in state.removed:
            if box_of(state.piece(label).cells) == plan["box"]:
                return {"label": label}
        return None

    def ask(self, state: State, query: Query) -> str:
        one, other = state.removed
        return (
            f"{BOARD} Pieces {one} and {other} are put back so that together they fill the empty "
            f"cells, neither turned nor flipped. {_COORDINATES}\n"
            f"Where does piece {query['label']} go? The answer is the smallest rectangle of cells "
            "that holds it, by its top left and its bottom right cell, both included."
        )

    def solve(self, state: State, query: Query) -> Solution:
        mask, other = asked_and_other(state, query["label"])
        top, left = placements(state.hole, mask, other)[0]
        cells = cells_of(mask, top, left)
        return Solution(box_of(cells), sorted(set(state.hole) - set(cells)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        label = query["label"]
        mask, other = asked_and_other(state, label)
        rest = next(number for number in state.removed if number != label)
        top, left, bottom, right = box_of(state.hole)
        lines = [
            f"The empty cells are {', '.join(map(str, state.hole))}: rows {top} to {bottom}, "
            f"columns {left} to {right}.",
            f"Piece {label} is {_size(mask)}. Row by row, # for a cell:",
            *rows_of(mask),
            f"Piece {rest} is {_size(other)}:",
            *rows_of(other),
        ]
        boxes = [(option.letter, option.value) for option in options]
        if not boxes:
            high, wide = len(mask), len(mask[0])
            boxes = [
                ("", (r, c, r + high - 1, c + wide - 1))
                for r in range(top, bottom - high + 2)
                for c in range(left, right - wide + 2)
            ]
        for letter, box in boxes:
            name = self.kind.text(box)
            lines.append(
                f"{letter + ', ' if letter else ''}{name}: {self._verdict(state, label, box)}"
            )
        lines.append(f"So piece {rest} goes to {self.kind.text(box_of(solution.facts))}.")
        return "\n".join(lines)

    @staticmethod
    def _verdict(state: State, label: int, box: rules.Box) -> str:
        mask, other = asked_and_other(state, label)
        rest = next(number for number in state.removed if number != label)
        cells = cells_of(mask, box[0], box[1])
        for r, c in cells:
            if state.board[r][c]:
                return f"the piece would cover ({r}, {c}), which piece {state.board[r][c]} holds."
        left = sorted(set(state.hole) - set(cells))
        if mask_of(left) == other:
            return f"all its cells are empty, and what is left has the shape of piece {rest}."
        return (
            f"all its cells are empty, but {', '.join(map(str, left))} are left, which is not the "
            f"shape of piece {rest}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["boxes"], solution.value)


FIT_TASKS: tuple[Task[State, Knobs], ...] = (PieceRotation(), PiecePlacement())
