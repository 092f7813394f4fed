"""The three questions about a board of gradients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer, Phrase, Word
from gameqa.drawing import RGB
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.color_hue import generation
from gameqa.games.color_hue.generation import CLEAR, STEEP, SWATCHES, Knobs, within
from gameqa.games.color_hue.names import (
    ANCHORS,
    ENDS,
    comparison,
    difference,
    lab,
    name_of,
    nearest,
)
from gameqa.games.color_hue.rules import ROW, Cell, Sight, State, sights
from gameqa.games.color_hue.words import triple
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_BOARD = (
    "On the board shown some rows and columns have a line of coloured cells: a gradient, in which "
    "the colour changes by equal steps from the first cell to the last. Where two lines cross, "
    "they share a cell. Rows are counted from 1 at the top, columns from 1 at the left."
)
_NAMES = tuple(name for name in ANCHORS if name != "white")
_OFFERED = 8
_ENDS_APART = 35.0
_STRONG, _MUTED = 45.0, 12.0
_SPELLINGS = ((r"(dark |light |)grey", "gray"), (r"(.{3,11}?)", ""))


def _look(rgb: RGB) -> str:
    """Tell how light and how strong a colour is."""
    lightness, a, b = lab(rgb)
    light = next(
        word
        for word, most in (
            ("very dark", 22),
            ("dark", 42),
            ("medium", 62),
            ("light", 82),
            ("", 101),
        )
        if lightness <= most
    )
    chroma = (a * a + b * b) ** 0.5
    strong = "strong" if chroma > _STRONG else "muted" if chroma > _MUTED else "greyish"
    return f"{light or 'very light'} and {strong}"


class ColorMatching(Task[State, Knobs]):
    """Which swatch belongs in a blank cell."""

    slug = "color_matching"
    question_id = 0
    description = "Swatch that belongs in a blank cell"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Integer()
    # For a colour that fits into hardly any line; practically never needed.
    patience = 100

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "blanks": within(knobs.blanks, rng),
            "beyond": rng.chance(knobs.beyond),
            "palette": generation.draw_palette(knobs.apart, rng),
            "swatch": rng.below(SWATCHES),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.matching_states(plan.wanted, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        right = state.palette[plan["swatch"]]
        label = next(blank.label for blank in state.blanks if blank.rgb == right)
        query = {"label": label}
        return query if self.solve(state, query).value == plan["swatch"] + 1 else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD} The colours of the cells with letters have been removed; the numbered "
            "swatches below the board show colours to choose from.\n"
            f"Which swatch has the colour of cell {query['label']}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        cell = state.blank(query["label"]).cell
        found = list(sights(state.used, state.visible, cell))
        # What lies between two visible cells is surer than what lies beyond them.
        found.sort(key=lambda sight: not sight.between)
        expected = found[0].expected
        away = [difference(expected, swatch) for swatch in state.palette]
        return Solution(away.index(min(away)) + 1, found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        blank = state.blank(query["label"])
        lines = [f"Cell {blank.label} is in row {blank.row}, column {blank.col}."]
        found: list[Sight] = solution.facts
        for sight in found:
            lines += self._continue(sight, blank.cell)
        expected = found[0].expected
        lines.append(f"Compared with {_rounded(expected)}:")
        for number, swatch in enumerate(state.palette, 1):
            away = difference(expected, swatch)
            how = "the same" if away <= CLEAR else comparison(swatch, expected)
            lines.append(f"- Swatch {number}, {_rounded(swatch)}: {how}, difference {away:.0f}.")
        lines.append(
            f"Differences are distances in CIELAB; the closest is swatch {solution.value}."
        )
        return "\n".join(lines)

    @staticmethod
    def _continue(sight: Sight, cell: Cell) -> list[str]:
        (one, one_rgb), (other, other_rgb) = sight.one, sight.other
        axis = 1 if sight.orientation == ROW else 0
        far, off = other[axis] - one[axis], cell[axis] - one[axis]
        if far < 0:
            far, off = -far, -off
        step = [f"{(b - a) / far:+.1f}" for a, b in zip(one_rgb, other_rgb, strict=True)]
        where = "between" if sight.between else "beyond"
        return [
            f"Along {sight.orientation} {sight.index} it lies {where} {one}, {_rounded(one_rgb)}, "
            f"and {other}, {_rounded(other_rgb)}.",
            f"From the first to the second the colour changes by about ({', '.join(step)}) a cell; "
            f"{abs(off)} {'cell' if abs(off) == 1 else 'cells'} "
            f"{'on' if off > 0 else 'back'} from the first it is about {_rounded(sight.expected)}.",
        ]

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(range(1, SWATCHES + 1), solution.value)


def _rounded(rgb: RGB) -> str:
    """Write a colour to the nearest 5, with its name if it has a clear one."""
    near = [min(255, 5 * ((channel + 2) // 5)) for channel in rgb]
    return f"{name_of(rgb) or 'RGB'} ({', '.join(map(str, near))})"


class ColorDescription(Task[State, Knobs]):
    """What the colour of a cell is called."""

    slug = "color_description"
    question_id = 1
    description = "Name of a cell's colour"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(tuple(ANCHORS), {name.replace("gray", "grey"): name for name in ANCHORS})

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        names = generation.draw_names(_NAMES, _OFFERED, knobs.names_apart, rng)
        return {"names": names, "name": names[0], "inside": rng.chance(0.5)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.described_states(plan.wanted, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        line = state.lines[0].cells
        cells = [cell for cell in line if self._suits(state.visible[cell], plan)]
        inside = [cell for cell in cells if cell not in (line[0], line[-1])]
        chosen = (inside if plan["inside"] else others(cells, inside)) or cells
        if not chosen:
            return None
        row, col = rng.choice(chosen)
        return {"row": row, "col": col}

    @staticmethod
    def _suits(rgb: RGB, plan: Plan[Knobs]) -> bool:
        return name_of(rgb) == plan["name"] and all(
            difference(rgb, ANCHORS[name]) >= plan.knobs.names_apart
            for name in plan["names"]
            if name != plan["name"]
        )

    def ask(self, state: State, query: Query) -> str:
        return (
            "On the board shown some cells are coloured. Rows are counted from 1 at the top, "
            "columns from 1 at the left.\n"
            f"Which name describes the colour of the cell in row {query['row']}, column "
            f"{query['col']} best?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(nearest(state.visible[query["row"], query["col"]])[0])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["row"], query["col"]
        rgb = state.visible[row, col]
        parts = sorted(zip(rgb, ("red", "green", "blue"), strict=True), key=lambda part: -part[0])
        shares = ", ".join(f"{name} {value}" for value, name in parts)
        lines = [
            f"The cell in row {row}, column {col} has the colour {triple(rgb)}: {_look(rgb)}, "
            f"with {shares}."
        ]
        for near in ((row, col - 1), (row, col + 1), (row - 1, col), (row + 1, col)):
            if near in state.visible:
                other = state.visible[near]
                lines.append(
                    f"Its neighbour {near} is {triple(other)}; beside it the cell is "
                    f"{comparison(rgb, other)}."
                )
        names = [option.value for option in options] or list(ANCHORS)
        first, *rivals = nearest(rgb, names)[:3]
        lines.append(f"A typical {first} is {triple(ANCHORS[first])}, close to it.")
        for name in rivals:
            typical = ANCHORS[name]
            lines.append(
                f"Beside a typical {name}, {triple(typical)}, it is {comparison(rgb, typical)}."
            )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["names"], solution.value)


class GradientPattern(Task[State, Knobs]):
    """How the colour changes along a row or column."""

    slug = "gradient_pattern"
    question_id = 2
    description = "Change of colour along a row or column"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Phrase(
        f"({'|'.join(ANCHORS)}) to ({'|'.join(ANCHORS)})",
        "Answer with two names, written like red to light blue. The names are: "
        f"{', '.join(ANCHORS)}.",
        {
            f"(?:from )?{one}(?: to | into | ?-> ?){other}": rf"\1{as_one} to \2{as_other}"
            for one, as_one in _SPELLINGS
            for other, as_other in _SPELLINGS
        },
    )

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # First and last name, then the name that may stand for either of them.
        return {"names": generation.draw_names(ENDS, 4, _ENDS_APART, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.gradient_states(plan.wanted, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        line = state.lines[0]
        first, last, other_first, other_last = plan["names"]
        one, other = line.start_color, line.end_color
        if (name_of(one), name_of(other)) != (first, last):
            return None
        if difference(one, ANCHORS[other_first]) < STEEP:
            return None
        if difference(other, ANCHORS[other_last]) < STEEP:
            return None
        return {"orientation": line.orientation, "index": line.index}

    def ask(self, state: State, query: Query) -> str:
        where = f"{query['orientation']} {query['index']}"
        how = "left to right" if query["orientation"] == ROW else "top to bottom"
        return (
            f"{_BOARD}\nHow does the colour change along {where}, from its first to its last "
            f"coloured cell, read from {how}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        axis = 0 if query["orientation"] == ROW else 1
        cells = sorted(cell for cell in state.visible if cell[axis] == query["index"])
        names = [nearest(state.visible[cell])[0] for cell in (cells[0], cells[-1])]
        return Solution(" to ".join(names), cells)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        cells: list[Cell] = solution.facts
        where = f"{query['orientation']} {query['index']}".capitalize()
        first, last = (state.visible[cell] for cell in (cells[0], cells[-1]))
        lines = [f"{where} is coloured from {cells[0]} to {cells[-1]}:"]
        lines += [
            f"- {cell}: {triple(state.visible[cell])}, {_look(state.visible[cell])}"
            for cell in cells
        ]
        changes = [
            f"{name} {'rises' if b > a else 'falls'} from {a} to {b}"
            if a != b
            else f"{name} stays {a}"
            for name, a, b in zip(("red", "green", "blue"), first, last, strict=True)
        ]
        start, end = solution.value.split(" to ")
        lines += [
            f"Along the way {', '.join(changes)}.",
            f"The first cell is nearest to {start} {triple(ANCHORS[start])}, the last one to {end} "
            f"{triple(ANCHORS[end])}.",
            f"{end.capitalize()} to {start} would be the same read backwards.",
        ]
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        first, last, other_first, other_last = plan["names"]
        pairs = [(a, b) for a in (first, other_first) for b in (last, other_last)]
        pairs += [(b, a) for a, b in pairs]
        return others([f"{a} to {b}" for a, b in pairs], solution.value)


TASKS: tuple[Task[State, Knobs], ...] = (ColorMatching(), ColorDescription(), GradientPattern())
