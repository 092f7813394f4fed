"""Questions for which it has to be deduced what a cell of a Minesweeper board hides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gameqa.answers import Word
from gameqa.game import Plan, Query, Solution
from gameqa.games.minesweeper import generation
from gameqa.games.minesweeper.deduction import Proof, cells, prove, sources, tell
from gameqa.games.minesweeper.generation import Knobs
from gameqa.games.minesweeper.rules import COVERED, State, View, zones
from gameqa.games.minesweeper.solver import Solver
from gameqa.games.minesweeper.tasks_reading import BOARD, COORDINATES, StatementTask, draw_mines
from gameqa.grids import bits
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_RULES = (
    "The number on a revealed cell says how many of the up to eight cells around it hold mines; a "
    'blank revealed cell has none around it. The line "Mines" says how many mines there are in '
    "all. Every flag stands on a mine, and a hidden cell is one that is neither revealed nor "
    "flagged."
)


@dataclass(frozen=True)
class _Known:
    """What follows about a hidden cell.

    Attributes:
        is_mine: whether it is surely a mine, surely none, or open (None).
        proof: why, unless it is open or no short proof exists.
        layouts: for an open cell two sets of mines, with one there and with none.
        number: its number, where the cell is safe and that is certain.
    """

    is_mine: bool | None
    proof: Proof | None = None
    layouts: tuple[int, int] = (0, 0)
    number: int | None = None


def _goals(view: View, cell: int, with_number: bool) -> int:
    """Return the cells that have to be known to say what a cell holds, or shows."""
    around = view.near[cell] & view.hidden if with_number else 0
    return 1 << cell | around


def _work_out(view: View, cell: int, with_number: bool) -> _Known:
    """Work out what a hidden cell holds, and the number that it shows if it is safe."""
    solver = Solver(view)
    is_mine = solver.status(cell)
    if is_mine is None:
        with_mine, without = solver.layout(mines=1 << cell), solver.layout(safe=1 << cell)
        assert with_mine is not None and without is not None, "open cells have both layouts"
        return _Known(None, layouts=(with_mine, without))
    number = solver.number(cell) if with_number and not is_mine else None
    proof = prove(solver, _goals(view, cell, number is not None))
    return _Known(is_mine, proof, number=number)


def _tell_proof(view: View, known: _Known) -> list[str]:
    if known.proof is None:
        return ["Every placing of the mines that fits all the numbers agrees on this cell."]
    return tell(view, known.proof)


def _tell_layouts(view: View, cell: int, known: _Known) -> list[str]:
    """Write out two placings of the mines, and that all numbers fit both."""
    lines = ["Both of these placings of the mines fit the board:"]
    numbers = [
        number
        for number, shown in enumerate(view.numbers)
        if shown > 0 and view.near[number] & view.hidden
    ]
    for i, layout in enumerate(known.layouts, 1):
        mines = layout | view.flagged
        fits = "; ".join(
            f"the {view.numbers[number]} at {view.cell(number)} has "
            f"{cells(view, mines & view.near[number])}"
            for number in numbers
        )
        lines.append(
            f"{i}. {'A' if layout >> cell & 1 else 'No'} mine at {view.cell(cell)}: the "
            f"{plural(view.mines, 'mine')} are at {cells(view, mines)}. Check: {fits}."
        )
    lines.append(f"So nothing shown decides whether there is a mine at {view.cell(cell)}.")
    return lines


def _weights(view: View, found: Sequence[int]) -> list[float]:
    """Prefer cells next to many revealed numbers, about which there is more to think."""
    shown = sum(1 << cell for cell, number in enumerate(view.numbers) if number > 0)
    return [1.0 + (view.near[cell] & shown).bit_count() for cell in found]


class RevealOutcome(StatementTask):
    """What is certain to happen when a cell is revealed."""

    slug = "reveal_outcome"
    question_id = 4
    description = "What is certain to happen when a cell is revealed"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Word(("mine", "empty", *map(str, range(1, 9)), "undecided"))

    def statements(self, query: Query) -> Mapping[str, str]:
        numbers = {
            str(number): f"The cell is safe and shows a {number}"
            for number in query.get("numbers", ())
        }
        return {
            "mine": "The cell holds a mine, and the game ends",
            "empty": "The cell is safe and blank, and an empty area opens",
            **numbers,
            "undecided": "What is shown does not decide whether the cell holds a mine",
        }

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        pair = rng.weighted(knobs.pairs, knobs.weights)
        wanted = rng.weighted(
            ("mine", *map(str, pair), "empty", "undecided"), (0.21, 0.21, 0.21, 0.16, 0.21)
        )
        number = {"mine": -1, "undecided": -1, "empty": 0}.get(wanted)
        number = int(wanted) if number is None else number
        mines = draw_mines(knobs, rng, number)
        # Large numbers are hardly ever certain where a cell has few neighbours; for all classes
        # alike, or the pair of numbers would tell something together with the place.
        zone = generation.draw_zone(knobs, mines, rng, pair[1])
        return {
            "pair": list(pair),
            "wanted": wanted,
            "number": number,
            "mines": mines,
            "frontier": rng.chance(0.8),
            "zone": zone,
            # A number whose cell has flags and revealed cells around it alone is mere counting.
            "covered": rng.chance(0.6),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        if plan["number"] < 0:
            return generation.states(plan.knobs, rng, plan["mines"])
        return generation.target_states(
            plan.knobs, rng, plan["mines"], plan["number"], plan["zone"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        view = View(state)
        solver = Solver(view)
        mines, safe = solver.classify()
        undecided = view.hidden & ~(mines | safe)
        if plan["wanted"] == "mine":
            found = bits(mines)
        elif plan["wanted"] == "undecided":
            found = bits(undecided & view.frontier if plan["frontier"] else undecided)
        else:
            sure = mines | view.flagged
            found = [
                cell
                for cell in bits(safe)
                if not view.near[cell] & undecided
                and (view.near[cell] & sure).bit_count() == plan["number"]
                and (not plan["covered"] or view.near[cell] & view.hidden)
            ]
        zone = zones(view.rows, view.cols)[plan["zone"]]
        found = [cell for cell in found if zone >> cell & 1]
        if not found:
            return None
        cell = self._choose(view, solver, found, plan, rng)
        if cell is None:
            return None
        query = self.query(plan, view.cell(cell))
        return query | {"numbers": plan["pair"]} if plan.is_choice else query

    @staticmethod
    def _choose(
        view: View, solver: Solver, found: Sequence[int], plan: Plan[Knobs], rng: Rng
    ) -> int | None:
        """Choose a cell, one that takes two numbers or more where there is one."""
        if plan["wanted"] == "undecided":
            return rng.weighted(found, _weights(view, found))
        fallback = None
        for _ in range(3):
            cell = rng.weighted(found, _weights(view, found))
            proof = prove(solver, _goals(view, cell, plan["number"] >= 0))
            if proof is not None:
                if len(sources(proof)) > 1:
                    return cell
                fallback = cell
        return fallback

    def ask(self, state: State, query: Query) -> str:
        r, c = query["cell"]
        words = self.words_for(query)
        if words:
            words += "\n1 to 8 - The cell is safe and shows that number"
        return (
            f"{BOARD} {_RULES} Revealing a mine ends the game; a safe cell shows its number, or is "
            f"blank if no mine is around it, and then an empty area opens. {COORDINATES}\n"
            f"What can be told for certain about revealing the hidden cell ({r}, {c})?{words}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        view = View(state)
        known = _work_out(view, view.number(query["cell"]), with_number=True)
        if known.is_mine is None:
            return Solution("undecided", known)
        if known.is_mine:
            return Solution("mine", known)
        if known.number is None:
            raise ValueError(f"the number of {query['cell']} is not certain")
        return Solution(str(known.number) if known.number else "empty", known)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        view = View(state)
        cell = view.number(query["cell"])
        known: _Known = solution.facts
        if known.is_mine is None:
            return "\n".join(_tell_layouts(view, cell, known))
        lines = _tell_proof(view, known)
        where = view.cell(cell)
        if known.is_mine:
            lines.append(f"So {where} holds a mine, and revealing it ends the game.")
            return "\n".join(lines)
        told = []
        for other in bits(view.near[cell]):
            if view.flagged >> other & 1:
                holds = "flagged, a mine"
            elif view.numbers[other] != COVERED:
                holds = "revealed, safe"
            else:
                holds = "a mine" if Solver(view).status(other) else "safe"
            told.append(f"{view.cell(other)} {holds}")
        count = plural(known.number or 0, "mine")
        end = f"shows a {known.number}" if known.number else "is blank, and an empty area opens"
        lines.append(f"{where} itself is safe. The cells around it: {'; '.join(told)}.")
        lines.append(f"That is {count} around {where}, so it {end}.")
        return "\n".join(lines)


_ACTIONS = {
    "flag": "Flag it: it is hidden and surely holds a mine",
    "reveal": "Reveal it: it is hidden and surely safe",
    "leave": "Leave it for now: it is hidden, and what is shown does not decide whether it holds a "
    "mine",
    "study": "Study its neighbours: it is revealed, and some cell around it is hidden",
    "nothing": "Nothing is left to do here: it is revealed, and no cell around it is hidden",
    "flagged": "Leave its flag alone: it is flagged already",
}


class BestAction(StatementTask):
    """What to do about a cell."""

    slug = "best_action"
    question_id = 5
    description = "Right action for a cell"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Word(tuple(_ACTIONS))

    def statements(self, query: Query) -> Mapping[str, str]:
        return _ACTIONS

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        mines = draw_mines(knobs, rng)
        return {
            "wanted": rng.choice(tuple(_ACTIONS)),
            "mines": mines,
            "frontier": rng.chance(0.8),
            "zone": generation.draw_zone(knobs, mines, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        least = int(plan["wanted"] == "flagged")
        return generation.states(plan.knobs, rng, plan["mines"], least_flags=least)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        view = View(state)
        wanted = plan["wanted"]
        zone = zones(view.rows, view.cols)[plan["zone"]]
        if wanted in ("study", "nothing", "flagged"):
            found = [cell for cell in bits(zone) if self._without_thought(view, cell) == wanted]
            return self.query(plan, view.cell(rng.choice(found))) if found else None
        solver = Solver(view)
        mines, safe = solver.classify()
        if wanted == "leave":
            mask = view.hidden & ~(mines | safe)
            mask = mask & view.frontier if plan["frontier"] else mask
        else:
            mask = mines if wanted == "flag" else safe
        found = bits(mask & zone)
        if not found:
            return None
        cell = rng.weighted(found, _weights(view, found))
        if wanted != "leave" and prove(solver, 1 << cell) is None:
            return None
        return self.query(plan, view.cell(cell))

    @staticmethod
    def _without_thought(view: View, cell: int) -> str | None:
        """Return the action for a flagged or revealed cell, None for a hidden one."""
        if view.flagged >> cell & 1:
            return "flagged"
        if view.hidden >> cell & 1:
            return None
        return "study" if view.near[cell] & view.hidden else "nothing"

    def ask(self, state: State, query: Query) -> str:
        r, c = query["cell"]
        words = self.words_for(query)
        return (
            f"{BOARD} {_RULES} {COORDINATES}\n"
            f"What is the right thing to do about the cell ({r}, {c})?{words}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        view = View(state)
        cell = view.number(query["cell"])
        action = self._without_thought(view, cell)
        if action is not None:
            return Solution(action)
        known = _work_out(view, cell, with_number=False)
        return Solution({True: "flag", False: "reveal", None: "leave"}[known.is_mine], known)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        view = View(state)
        cell = view.number(query["cell"])
        where = view.cell(cell)
        if solution.value == "flagged":
            return f"There is a flag at {where}, and every flag stands on a mine."
        if solution.facts is None:
            shown = view.numbers[cell]
            kind = f"shows a {shown}" if shown else "is blank"
            hidden = view.near[cell] & view.hidden
            around = f"Hidden cells around it: {cells(view, hidden)}."
            return f"{where} is revealed and {kind}.\n{around}"
        known: _Known = solution.facts
        if known.is_mine is None:
            return "\n".join([f"{where} is hidden.", *_tell_layouts(view, cell, known)])
        end = "holds a mine" if known.is_mine else "is safe"
        return "\n".join(
            [f"{where} is hidden.", *_tell_proof(view, known), f"So {where} surely {end}."]
        )
