"""Questions about what the board shows: how many pieces, how large, and next to how many others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tangram import generation
from gameqa.games.tangram.generation import Knobs, within
from gameqa.games.tangram.rules import State, box_of
from gameqa.games.tangram.words import rows_of
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

BOARD = (
    "The board shown was cut into numbered pieces; every cell bears the number of its piece. Some "
    'pieces have been removed: their cells are empty, and they lie in the tray "Removed".'
)
OPTIONS = 4


class _Count(Task[State, Knobs]):
    """A task whose answer is one of four consecutive integers, drawn before it."""

    kind = Integer()

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


class PieceCount(_Count):
    """How many pieces are on the board."""

    slug = "piece_count"
    question_id = 1
    description = "Number of pieces that are on the board"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shown = window(OPTIONS, *knobs.count, rng)
        wanted = rng.choice(shown)
        low, high = knobs.pieces
        removed = rng.choice([r for r in range(1, 5) if low <= wanted + r <= high])
        return {
            "window": shown,
            "size": within(knobs.size, rng),
            "count": wanted + removed,
            "removed": removed,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(plan.knobs, plan["size"], plan["count"], plan["removed"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{BOARD}\nHow many pieces are still on the board?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len({label for row in state.board for label in row} - {0}))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = ["Scanning the board row by row for numbers not met before:"]
        met: list[int] = []
        for r, row in enumerate(state.board):
            new = []
            for c, label in enumerate(row):
                if label and label not in met:
                    met.append(label)
                    new.append(f"piece {label} at ({r}, {c})")
            if new:
                lines.append(f"Row {r}: {', '.join(new)}; {len(met)} so far.")
        labels = listing(f"piece {label}" for label in state.removed)
        lines.append(f"The tray holds {labels}: removed, so not counted.")
        lines.append(f"{plural(len(met), 'piece')} on the board: {listing(sorted(met))}.")
        return "\n".join(lines)


class PieceArea(_Count):
    """How many cells a piece has."""

    slug = "piece_area"
    question_id = 3
    description = "Area of a piece in cells"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shown = window(OPTIONS, *knobs.area, rng)
        wanted = rng.choice(shown)
        size, count = rng.choice(_measures(knobs.size, knobs.pieces, wanted))
        return {
            "window": shown,
            "area": wanted,
            "size": size,
            "count": count,
            "removed": min(within(knobs.removed, rng), count - 2),
            "in_tray": rng.chance(0.2),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(plan.knobs, plan["size"], plan["count"], plan["removed"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        labels = [
            piece.label
            for piece in state.pieces
            if len(piece.cells) == plan["area"]
            and (piece.label in state.removed) == plan["in_tray"]
        ]
        return {"label": rng.choice(labels)} if labels else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} The area of a piece is the number of its cells.\n"
            f"What is the area of piece {query['label']}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        label = query["label"]
        if label in state.removed:
            return Solution(sum(map(sum, state.shown(label).mask)))
        return Solution(sum(row.count(label) for row in state.board))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        label, total = query["label"], 0
        if label in state.removed:
            lines = [f"Piece {label} lies in the tray. Its shape, row by row from its top:"]
            for number, text in enumerate(rows_of(state.shown(label).mask), 1):
                total += text.count("#")
                lines.append(f"{number}. {text}: {plural(text.count('#'), 'cell')}, {total} so far")
        else:
            lines = [f"Piece {label} is on the board:"]
            for r, row in enumerate(state.board):
                columns = [c for c, other in enumerate(row) if other == label]
                if columns:
                    total += len(columns)
                    count = plural(len(columns), "cell")
                    lines.append(f"Row {r}: {_runs(columns)}: {count}, {total} so far")
        lines.append(f"Altogether {plural(solution.value, 'cell')}.")
        return "\n".join(lines)


class PieceAdjacency(_Count):
    """How many pieces share a side with a piece."""

    slug = "piece_adjacency"
    question_id = 4
    description = "Number of pieces on the board that touch a piece"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shown = window(OPTIONS, *knobs.adjacent, rng)
        wanted = rng.choice(shown)
        removed = within(knobs.removed, rng)
        low, high = knobs.pieces
        least = min(high, max(low, wanted + 1 + removed))
        return {
            "window": shown,
            "touching": wanted,
            "size": within(knobs.size, rng),
            "count": rng.integers(least, high + 1),
            "removed": min(removed, high - 1 - wanted),
            # A removed neighbour, or a piece that touches at a corner only, tempts to miscount.
            "trap": rng.chance(0.7),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state, _ in generation.beside_states(
            plan.knobs, plan["size"], plan["count"], plan["removed"], plan["touching"], rng
        ):
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        labels = [
            piece.label
            for piece in state.standing
            if len(state.beside[piece.label]) == plan["touching"]
        ]
        hole = set(state.hole)
        for label in rng.shuffled(labels):
            beside_hole = any(
                cell in hole
                for r, c in state.piece(label).cells
                for cell in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1))
            )
            if not plan["trap"] or beside_hole or state.corner_contacts(label):
                return {"label": label}
        return None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} Two pieces are adjacent if a cell of one and a cell of the other share a "
            "full side; touching at a corner is not enough. Only pieces that are on the board now "
            "count.\n"
            f"How many pieces are adjacent to piece {query['label']}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        contacts = state.contacts(query["label"])
        return Solution(len(contacts), contacts)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        label = query["label"]
        cells = state.piece(label).cells
        top, left, bottom, right = box_of(cells)
        lines = [
            f"Piece {label} lies in rows {top} to {bottom} and columns {left} to {right}. "
            "Going along its sides:"
        ]
        for other, (own, theirs) in solution.facts.items():
            lines.append(f"- {own} is next to {theirs} of piece {other}.")
        for other, (own, theirs) in state.corner_contacts(label).items():
            lines.append(
                f"- Piece {other} touches it only at a corner, {own} and {theirs}: not adjacent."
            )
        hole = set(state.hole)
        empty = [
            cell
            for r, c in cells
            for cell in ((r - 1, c), (r, c - 1), (r, c + 1), (r + 1, c))
            if cell in hole
        ]
        if empty:
            lines.append(f"- Next to it {min(empty)} is empty: removed pieces do not count.")
        lines.append(f"Adjacent: {listing(f'piece {n}' for n in sorted(solution.facts))}.")
        return "\n".join(lines)


@lru_cache(maxsize=256)
def _measures(sizes: tuple[int, int], pieces: tuple[int, int], area: int) -> list[tuple[int, int]]:
    """Sizes of boards and numbers of pieces of which that area is not far from the average."""
    pairs = [
        (size, count)
        for size in range(sizes[0], sizes[1] + 1)
        for count in range(pieces[0], pieces[1] + 1)
    ]
    misses = {(size, count): abs(size * size / count - area) for size, count in pairs}
    return [pair for pair in pairs if misses[pair] <= max(1.0, 0.2 * area, min(misses.values()))]


def _runs(columns: Sequence[int]) -> str:
    """Write ascending column numbers as intervals."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return f"column{'s' if len(columns) > 1 else ''} {listing(texts)}"


MEASURE_TASKS: tuple[Task[State, Knobs], ...] = (PieceCount(), PieceArea(), PieceAdjacency())
