"""How one can see what a cell holds: short proofs from the revealed numbers, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gameqa.games.minesweeper.rules import View
from gameqa.games.minesweeper.solver import TOTAL, Rule, Solver
from gameqa.grids import bits
from gameqa.text import listing, plural

MAX_LINES = 24
"""Lines of the longest proof that is shown to anyone."""


@dataclass(frozen=True)
class Step:
    """One conclusion from one rule, or a contradiction with it.

    Attributes:
        rule: the rule.
        mines, safe: what was known to be mines, and safe, among its cells.
        decided: the cells decided, 0 for a contradiction.
        is_mine: whether these are mines.
    """

    rule: Rule
    mines: int
    safe: int
    decided: int
    is_mine: bool = False


@dataclass(frozen=True)
class Pair:
    """A conclusion from two rules, one about a part of the other's open cells.

    Attributes:
        inner, outer: the rule about the part, and the rule about the whole.
        mines, safe: what was known to be mines, and safe, among the cells of both.
        decided: the other open cells of the whole.
        is_mine: whether these are mines.
    """

    inner: Rule
    outer: Rule
    mines: int
    safe: int
    decided: int
    is_mine: bool


@dataclass(frozen=True)
class Case:
    """A conclusion by contradiction: the opposite of it leads nowhere.

    Attributes:
        decided: the mask of the one cell.
        is_mine: what is concluded about it.
        steps: what follows from the opposite; the last one is a contradiction.
        mines, safe: all that was known before, of which the steps may make use.
    """

    decided: int
    is_mine: bool
    steps: tuple[Step | Pair | Case, ...]
    mines: int
    safe: int


AnyStep = Step | Pair | Case
Proof = tuple[AnyStep, ...]


class _Reasoner:
    """A chain of conclusions that grows until some cells are decided."""

    def __init__(self, solver: Solver, mines: int = 0, safe: int = 0) -> None:
        self.solver = solver
        self.mines, self.safe = mines, safe
        self.steps: list[AnyStep] = []

    def run(self, goals: int = 0) -> bool:
        """Draw conclusions from single rules; returns whether a contradiction came up.

        Args:
            goals: the cells in question; the chain may end when all are decided.
        """
        while not goals or goals & ~(self.mines | self.safe):
            step = self._next_step()
            if step is None:
                return False
            self.accept(step)
            if not step.decided:
                return True
        return False

    def _next_step(self) -> Step | None:
        """Return a contradiction, or the conclusion from the rule with the fewest open cells."""
        best: Step | None = None
        fewest = 0
        for rule in self.solver.rules:
            mask, count, source = rule
            mines, safe = mask & self.mines, mask & self.safe
            unknown = mask & ~(mines | safe)
            left, size = count - mines.bit_count(), unknown.bit_count()
            if left < 0 or left > size:
                return Step(rule, mines, safe, 0)
            if unknown and left in (0, size):
                # The total comes last: local numbers are easier to see.
                size = 99 if source == TOTAL else size
                if best is None or size < fewest:
                    best, fewest = Step(rule, mines, safe, unknown, left > 0), size
        return best

    def pair(self) -> Pair | None:
        """Return a conclusion from two rules, the one about the fewest cells."""
        known = self.mines | self.safe
        open_rules = [
            (mask & ~known, count - (mask & self.mines).bit_count(), (mask, count, source))
            for mask, count, source in self.solver.rules
            if mask & ~known
        ]
        open_rules.sort(key=lambda found: found[0].bit_count())
        for whole, total, outer in open_rules:
            for part, some, inner in open_rules:
                rest = whole & ~part
                if part & ~whole or not rest or total - some not in (0, rest.bit_count()):
                    continue
                both = inner[0] | outer[0]
                mines, safe = both & self.mines, both & self.safe
                return Pair(inner, outer, mines, safe, rest, total > some)
        return None

    def accept(self, step: AnyStep) -> None:
        """Take over a conclusion."""
        self.steps.append(step)
        if step.is_mine:
            self.mines |= step.decided
        else:
            self.safe |= step.decided

    def refute(self, cell: int, is_mine: bool) -> Case | None:
        """Show that a cell (a mask) cannot be what is supposed, by single rules only."""
        trial = _Reasoner(
            self.solver, self.mines | cell * is_mine, self.safe | cell * (not is_mine)
        )
        if not trial.run():
            return None
        steps = _needed(trial.steps, 0)
        return Case(cell, not is_mine, steps, self.mines, self.safe)


def prove(solver: Solver, goals: int) -> Proof | None:
    """Prove what some surely decided cells hold.

    Args:
        solver: the board's.
        goals: the mask of the cells.

    Returns:
        A proof from one or two rules at a time and simple suppositions, or None where none of at
        most `MAX_LINES` lines is found.
    """
    chain = _Reasoner(solver)
    while True:
        chain.run(goals)
        left = goals & ~(chain.mines | chain.safe)
        if not left:
            break
        helpers = solver.view.hidden & ~(chain.mines | chain.safe | left)
        step = chain.pair() or next(_refutations(chain, left), None)
        step = step or next(_refutations(chain, helpers), None)
        if step is None:
            return None
        chain.accept(step)
    steps = _needed(chain.steps, goals)
    return steps if sum(map(_lines, steps)) <= MAX_LINES else None


def _refutations(chain: _Reasoner, cells: int) -> Iterator[Case]:
    for cell in bits(cells):
        for is_mine in (True, False):
            case = chain.refute(1 << cell, is_mine)
            if case is not None:
                yield case


def _needed(steps: list[AnyStep], goals: int) -> Proof:
    """Keep the steps on which the goals, or a contradiction at the end, rest."""
    needed = goals
    kept: list[AnyStep] = []
    for step in reversed(steps):
        if step.decided & needed or not step.decided:
            kept.append(step)
            needed |= _premises(step)
    return tuple(reversed(kept))


def _premises(step: AnyStep) -> int:
    """Return the cells that must be known before a step."""
    if isinstance(step, Case):
        used = 0
        for inner in step.steps:
            used |= _premises(inner)
        return used & (step.mines | step.safe)
    if isinstance(step, Pair):
        return step.mines | step.safe
    left = step.rule[1] - step.mines.bit_count()
    if not step.decided:
        return step.mines if left < 0 else step.mines | step.safe
    return step.mines | step.safe if step.is_mine else step.mines


def _lines(step: AnyStep) -> int:
    return 2 + sum(map(_lines, step.steps)) if isinstance(step, Case) else 1


def sources(proof: Proof) -> set[int]:
    """Return the cells whose numbers a proof uses, with `TOTAL` for the number of mines."""
    found: set[int] = set()
    for step in proof:
        if isinstance(step, Case):
            found |= sources(step.steps)
        elif isinstance(step, Pair):
            found |= {step.inner[2], step.outer[2]}
        else:
            found.add(step.rule[2])
    return found


def cells(view: View, mask: int) -> str:
    """Write a set of cells as a list."""
    return listing(view.cell(number) for number in bits(mask))


def tell(view: View, proof: Proof, supposed: int = 0) -> list[str]:
    """Write a proof as lines.

    Args:
        view: what is shown.
        proof: its steps.
        supposed: the cells that are taken for mines for the time being.
    """
    lines = []
    for step in proof:
        if isinstance(step, Case):
            one = cells(view, step.decided)
            thing, other = ("safe", "a mine") if step.is_mine else ("a mine", "safe")
            lines.append(f"Suppose {one} were {thing}:")
            inner = supposed if step.is_mine else supposed | step.decided
            lines += [f"  {line}" for line in tell(view, step.steps, inner)]
            lines.append(f"So {one} is {other}.")
        elif isinstance(step, Pair):
            lines.append(_tell_pair(view, step))
        else:
            lines.append(_tell_step(view, step, supposed))
    return lines


def _tell_pair(view: View, step: Pair) -> str:
    known = step.mines | step.safe
    needs = [count - (mask & step.mines).bit_count() for mask, count, _ in (step.inner, step.outer)]
    part = cells(view, step.inner[0] & ~known)
    first = _name(view, step.inner[2])
    line = f"{first[0].upper()}{first[1:]} needs {plural(needs[0], 'more mine')}, among {part}. "
    if step.outer[2] == TOTAL:
        line += f"Of all {view.mines} mines just {plural(needs[1], 'is', 'are')} not known yet"
        rest = "the other hidden cells"
    else:
        line += f"These are also around {_name(view, step.outer[2])}, which needs {needs[1]} more"
        rest = "the other hidden cells around it"
    them, many = cells(view, step.decided), step.decided.bit_count() > 1
    if not many:
        rest = rest.replace("cells", "cell")
    if step.is_mine:
        return f"{line}: so {rest}, {them}, must {'all be mines' if many else 'be a mine'}."
    return f"{line}: so {rest}, {them}, {'are' if many else 'is'} safe."


def _name(view: View, source: int) -> str:
    return "the total" if source == TOTAL else f"the {view.numbers[source]} at {view.cell(source)}"


def _tell_step(view: View, step: Step, supposed: int) -> str:
    mask, count, source = step.rule
    mines = step.mines | (view.flagged if source == TOTAL else view.near[source] & view.flagged)
    where = (
        f"Of the {plural(view.mines, 'mine')} in all"
        if source == TOTAL
        else f"Around {_name(view, source)}"
    )
    known = f"{where}, no mine is known yet"
    if mines:
        verb = "is" if mines.bit_count() == 1 else "are"
        verb = "would be" if step.mines & supposed else verb
        known = f"{where}, {plural(mines.bit_count(), 'mine')} {verb} known"
        known += f": {_kinds(view, step.mines, mines & view.flagged, supposed)}"
    left = count - step.mines.bit_count()
    unknown = mask & ~(step.mines | step.safe)
    if not step.decided and left < 0:
        return f"{where}, there would be {mines.bit_count()} mines: {cells(view, mines)}. Too many."
    if not step.decided:
        free = f"only {cells(view, unknown)} would be" if unknown else "no hidden cell would be"
        return f"{known}. But {free} left for {plural(left, 'more mine')}. Too few."
    them, many = cells(view, unknown), unknown.bit_count() > 1
    if step.is_mine:
        need = plural(left, "more is", "more are")
        return (
            f"{known}. {need} needed, and only {them} can hold {'them' if many else 'it'}: "
            f"{'mines' if many else 'a mine'}."
        )
    return f"{known}. That is all, so {them} {'are' if many else 'is'} safe."


def _kinds(view: View, found: int, flagged: int, supposed: int) -> str:
    kinds = (
        ("flag", "", flagged),
        ("mine", " supposed", found & supposed),
        ("mine", " found", found & ~supposed),
    )
    return " and ".join(
        f"the {thing}{'s' if mask.bit_count() > 1 else ''}{how} at {cells(view, mask)}"
        for thing, how, mask in kinds
        if mask
    )
