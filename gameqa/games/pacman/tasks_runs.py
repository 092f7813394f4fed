"""The questions about several turns: where two legs lead, and which straight run is best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from gameqa.answers import Phrase, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.pacman.generation import Board, Draft, Knobs, drafts, mask_of, with_beans
from gameqa.games.pacman.paths import DIRECTIONS, shifted
from gameqa.games.pacman.rules import GHOSTS, State, Turn, play, run, straight, turns
from gameqa.games.pacman.words import RULES
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_CATCH = 0.14  # share of samples in which a given ghost catches Pac-Man
_PAIRS = 6
_LEAST_STEPS = 5
_SIDEWAYS = {
    "UP": ("LEFT", "RIGHT"),
    "DOWN": ("LEFT", "RIGHT"),
    "LEFT": ("UP", "DOWN"),
    "RIGHT": ("UP", "DOWN"),
}

_HE = "(?:(?:he|pac-?man) )?"
_AND_SCORE = r"[,;]?(?: and)?(?: (?:a|the))?(?: new)? score(?: of| is| becomes|:| =)? (\d+)"
_DOOMED = "caught whatever he does"
_HOPELESS = 0.16
_TEMPTING = 0.65
_NEAR = 6
_PLACEMENTS = 4  # of ghosts for one place of Pac-Man


def _caught(ghost: str) -> str:
    return f"caught by {ghost}"


def _eaten(count: int, score: int) -> str:
    return f"{plural(count, 'bean')}, score {score + count}"


class OutcomeOfTwoLegs(Task[State, Knobs]):
    """What two legs lead to: beans and score, or a catch."""

    slug = "outcome_of_two_legs"
    question_id = 4
    description = "Beans and score after two legs, or which ghost catches Pac-Man"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Phrase(
        r"caught by (?:Pinky|Blinky)|(?:1 bean|(?:0|[2-9]|1\d) beans), score [1-9]\d{0,2}",
        'Answer like "caught by Pinky", or with the beans eaten on the way and the new score, '
        'like "3 beans, score 14".',
        {
            rf"{_HE}(?:is |gets )?caught by (?:the ghost )?(pinky|blinky)": r"caught by \1",
            rf"{_HE}(?:eats )?1 beans?{_AND_SCORE}": r"1 bean, score \1",
            rf"{_HE}(?:eats )?(\d+) beans{_AND_SCORE}": r"\1 beans, score \2",
        },
    )
    patience = 40

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        lengths = range(knobs.legs[0], knobs.legs[1] + 1)
        pairs = [pair for pair in product(lengths, lengths) if sum(pair) >= _LEAST_STEPS]
        steps = rng.choice(pairs)
        first = rng.choice(DIRECTIONS)
        number = sum(steps)
        point = rng.random()
        ghost = "Pinky" if point < _CATCH else "Blinky" if point < 2 * _CATCH else None
        beans = rng.below(number + 1)
        shown = [beans, *rng.sample(others(range(number + 1), beans), _PAIRS - 1)]
        # A blocked step eats nothing, which the number of beans must not depend on.
        blocked = beans < number and rng.chance(knobs.blocked)
        return {
            "legs": [[first, steps[0]], [rng.choice(_SIDEWAYS[first]), steps[1]]],
            "ghost": ghost,
            "beans": beans,
            "shown": shown,
            "blocked": rng.below(2) if blocked else None,
        }

    @staticmethod
    def _route(plan: Plan[Knobs], board: Board) -> tuple[int, list[int]]:
        """Return the mask of possible starts, and the cells entered as offsets from the start."""
        starts = board.free
        offsets: list[int] = []
        at = 0
        for leg, (direction, steps) in enumerate(plan["legs"]):
            delta = board.step[direction]
            blocked = leg == plan["blocked"]
            for _ in range(steps - blocked):
                at += delta
                offsets.append(at)
                starts &= shifted(board.free, at)
            if blocked:
                starts &= ~shifted(board.free, at + delta)
        return starts, offsets

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        board = Board(plan.knobs, rng)
        starts, offsets = self._route(plan, board)
        moves = [direction for direction, steps in plan["legs"] for _ in range(steps)]

        def route(at: int, facing: str) -> int:
            return mask_of([at + offset for offset in offsets])

        for draft in drafts(board, rng, starts=starts, exits=2, avoid=route):
            for _ in range(_PLACEMENTS):
                ghosts = draft.ghosts(rng, near=2 * len(moves))
                if ghosts is None:
                    continue
                *_, last = play(board.free, board.n, draft.pacman, draft.facing, ghosts, moves)
                if last.caught != plan["ghost"] or last.doubtful:
                    continue
                beans = draft.beans(ghosts, plan.knobs, rng)
                if not last.caught:
                    cells = route(draft.pacman, "") & ~mask_of(list(ghosts))
                    if cells.bit_count() < plan["beans"]:
                        continue
                    beans = with_beans(beans, cells, plan["beans"], rng)
                state = draft.state(ghosts, beans)
                if state:
                    yield state
                    break

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"legs": plan["legs"]}

    def ask(self, state: State, query: Query) -> str:
        (first, once), (second, twice) = query["legs"]
        return (
            f"{RULES}\nIf a wall is in Pac-Man's way, he stays and keeps his facing, and the turn "
            "still counts.\n"
            f"Pac-Man goes {first} for {once} turns, then {second} for {twice} turns. What comes "
            "of it: how many beans does he eat on the way, and what is the score then, or which "
            "ghost catches him?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        moves = [direction for direction, steps in query["legs"] for _ in range(steps)]
        done = turns(state, moves)
        caught = done[-1].caught
        eaten = len({turn.pacman for turn in done if state.has_bean(turn.pacman)})
        value = _caught(caught) if caught else _eaten(eaten, state.score)
        return Solution(value, (done, eaten))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        done, eaten = solution.facts
        left = state.beans
        lines = [
            f"Start: Pac-Man {state.cell(state.pacman)}, facing {state.facing}; Pinky "
            f"{state.cell(state.pinky)}; Blinky {state.cell(state.blinky)}; score {state.score}."
        ]
        for number, turn in enumerate(done, 1):
            bean = left >> turn.pacman & 1
            left &= ~(1 << turn.pacman)
            lines.append(f"{number}. {_told_turn(state, turn, bool(bean))}")
        if not done[-1].caught:
            lines.append(
                f"{plural(eaten, 'bean')} in all; the score is {state.score} + {eaten} = "
                f"{state.score + eaten}."
            )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        values = [_caught(ghost) for ghost in GHOSTS]
        values += [_eaten(count, state.score) for count in plan["shown"]]
        return others(values, solution.value)


def _told_turn(state: State, turn: Turn, bean: bool) -> str:
    """Tell one turn in full."""
    here = state.cell(turn.pacman)
    parts = [
        f"Pac-Man cannot go {turn.move}, stays at {here}"
        if turn.blocked
        else f"Pac-Man {turn.move} to {here}, {'a bean' if bean else 'no bean'}"
    ]
    if turn.target is None:
        return f"{parts[0]}: {turn.caught} is there and catches him."
    pinky, step = turn.pinky
    goal = state.cell(turn.target)
    parts.append(f"Pinky, heading for {goal}, {_told_move(state, pinky, step)}")
    if turn.caught != "Pinky":
        parts.append(f"Blinky {_told_move(state, *turn.blinky)}")
    if turn.caught:
        parts.append(f"which is Pac-Man's cell: caught by {turn.caught}")
    return f"{'; '.join(parts)}."


def _told_move(state: State, at: int, step: str | None) -> str:
    return f"{step} to {state.cell(at)}" if step else f"stays at {state.cell(at)}"


class BestStraightRun(Task[State, Knobs]):
    """The straight run that eats most without being caught."""

    slug = "best_straight_run"
    question_id = 9
    description = "Which straight run eats most beans without a catch"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Word((*DIRECTIONS, _DOOMED))
    patience = 40

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        best = _DOOMED if rng.chance(_HOPELESS) else rng.choice(DIRECTIONS)
        return {"best": best, "tempting": rng.chance(_TEMPTING)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        best = plan["best"]
        board = Board(plan.knobs, rng)
        starts = board.free
        if best != _DOOMED:
            starts &= shifted(board.free, board.step[best])
        for draft in drafts(board, rng, starts=starts, exits=2):
            # Short runs first: these are the safe ones mostly.
            runs = {d: run(board.free, board.n, draft.pacman, d) for d in DIRECTIONS}
            runs = {d: runs[d] for d in sorted(runs, key=lambda d: len(runs[d])) if runs[d]}
            for _ in range(_PLACEMENTS):
                ghosts = draft.ghosts(rng, near=_NEAR)
                if ghosts is None:
                    continue
                safe = self._safe(draft, ghosts, runs, best)
                if safe is None:
                    continue
                beans = draft.beans(ghosts, plan.knobs, rng)
                if best != _DOOMED:
                    fitted = self._fitted(plan, draft, beans, ghosts, runs, safe, rng)
                    if fitted is None:
                        continue
                    beans = fitted
                state = draft.state(ghosts, beans)
                if state:
                    yield state
                    break

    @staticmethod
    def _safe(
        draft: Draft, ghosts: tuple[int, int], runs: dict[str, list[int]], best: str
    ) -> set[str] | None:
        """Return the safe runs, or None where they rule the wanted answer out."""
        board = draft.board
        safe = set()
        for direction in sorted(runs, key=lambda d: d != best):
            moves = [direction] * len(runs[direction])
            *_, last = play(board.free, board.n, draft.pacman, draft.facing, ghosts, moves)
            if not last.caught:
                safe.add(direction)
                if best == _DOOMED:
                    return None
            elif direction == best:
                return None
        return safe

    @staticmethod
    def _fitted(
        plan: Plan[Knobs],
        draft: Draft,
        beans: int,
        ghosts: tuple[int, int],
        runs: dict[str, list[int]],
        safe: set[str],
        rng: Rng,
    ) -> int | None:
        """Return beans with which the wanted run is the best safe one, alone."""
        best = plan["best"]
        open_ = draft.open & ~mask_of(list(ghosts))
        cells = {d: mask_of(runs[d]) & open_ for d in runs}
        most = cells[best].bit_count()
        bait = None
        if plan["tempting"]:
            baits = [d for d in runs if d not in safe and cells[d].bit_count() > 1]
            if not baits:
                return None
            bait = rng.choice(baits)
            most = min(most, cells[bait].bit_count() - 1)
        if not most:
            return None
        count = min(max(1, (beans & cells[best]).bit_count()), most)
        beans = with_beans(beans, cells[best], count, rng)
        for direction in cells:  # in a fixed order, which that of a set of words is not
            if direction not in safe or direction == best:
                continue
            if (beans & cells[direction]).bit_count() >= count:
                beans = with_beans(beans, cells[direction], rng.below(count), rng)
        if bait and (beans & cells[bait]).bit_count() <= count:
            more = rng.integers(count + 1, cells[bait].bit_count() + 1)
            beans = with_beans(beans, cells[bait], more, rng)
        return beans

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}\nPac-Man chooses one direction and goes that way turn after turn until the "
            "next cell is a wall; then everything stops. A direction with a wall right beside him "
            "is no choice. Which direction gets him the most beans without being caught on the "
            f'way? If he is caught in all that he can choose, the answer is "{_DOOMED}".'
        )

    def solve(self, state: State, query: Query) -> Solution:
        runs = {direction: straight(state, direction) for direction in DIRECTIONS}
        beans = {
            direction: [turn.pacman for turn in done if state.has_bean(turn.pacman)]
            for direction, done in runs.items()
        }
        safe = [d for d, done in runs.items() if done and not done[-1].caught]
        value = max(safe, key=lambda d: len(beans[d])) if safe else _DOOMED
        return Solution(value, (runs, beans))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        runs, beans = solution.facts
        lines = [
            f"Pac-Man {state.cell(state.pacman)}, Pinky {state.cell(state.pinky)}, Blinky "
            f"{state.cell(state.blinky)}. After each turn:"
        ]
        for direction, done in runs.items():
            if not done:
                lines.append(f"{direction}: a wall, no choice.")
                continue
            told = "; ".join(
                f"Pac-Man {state.cell(turn.pacman)}, Pinky {state.cell(turn.pinky[0])}, Blinky "
                f"{state.cell(turn.blinky[0])}"
                for turn in done
            )
            caught = done[-1].caught
            end = (
                f"Caught by {caught} in turn {len(done)}."
                if caught
                else f"Safe, {plural(len(beans[direction]), 'bean')}{': ' * bool(beans[direction])}"
                f"{', '.join(map(str, map(state.cell, beans[direction])))}."
            )
            lines.append(f"{direction}: {told}. {end}")
        if solution.value == _DOOMED:
            return "\n".join([*lines, "No choice is safe."])
        return "\n".join([*lines, f"Of the safe ones, {solution.value} has the most beans."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others((*DIRECTIONS, _DOOMED), solution.value)
