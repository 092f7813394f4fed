"""The four tasks: ways at junctions, order of checkpoints, heights, and cubes on the route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

from gameqa.answers import Labelled, Moves, OrWord, Ranking, WordSet
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.maze_3d import generation
from gameqa.games.maze_3d.generation import Knobs, Maze, draw_from, pick_apart, relabelled
from gameqa.games.maze_3d.rules import (
    BACK,
    FORWARD,
    START,
    UP,
    Cell,
    Marker,
    State,
    ways_of,
)
from gameqa.games.maze_3d.sight import legible
from gameqa.games.maze_3d.words import DIRECTIONS, RULES, labels_text, run_text, runs_text
from gameqa.options import Option, coset, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_PAIRS = ((FORWARD[0], FORWARD[1]), (FORWARD[0], UP), (FORWARD[1], UP))
_LABELS = ("1", "2", "3", "4", "5")
_NUMBERINGS = 12
_ORDINALS = ("first", "second", "third")


def _relations() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the 13 ways in which three heights can relate, as groups of labels, lowest first."""
    found = set()
    for ranks in ((a, b, c) for a in range(3) for b in range(3) for c in range(3)):
        groups = [tuple(_LABELS[i] for i in range(3) if ranks[i] == rank) for rank in range(3)]
        found.add(tuple(group for group in groups if group))
    return tuple(sorted(found))


class _MazeTask(Task[State, Knobs]):
    """A task whose query is empty: all that it asks about is numbered in the maze."""

    patience = 100

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def sides(self, knobs: Knobs) -> tuple[int, int]:
        """Return the least and greatest number of side paths."""
        return knobs.sides

    def maze(
        self, knobs: Knobs, rng: Rng, least_ladders: int = 1
    ) -> tuple[Maze, frozenset[Cell]] | None:
        """Draw a maze that can be seen, and which of its cubes can be numbered."""
        maze = generation.draw_maze(
            knobs,
            rng.choice(knobs.lattices),
            knobs.draw_segments(rng),
            draw_from(self.sides(knobs), rng),
            rng,
            least_ladders,
        )
        return None if maze is None else _seen(maze)


def _seen(maze: Maze) -> tuple[Maze, frozenset[Cell]] | None:
    found = legible(maze.cubes, maze.ladders)
    if found is None or maze.route[-1] not in found:
        return None
    return maze, found - {START, maze.route[-1]}


class PathFinding(_MazeTask):
    """Which way to take at each junction of the route.

    Easy has about 2,100 mazes with their numbers in all splits, on grounds of 16 sizes.
    """

    slug = "path_finding"
    question_id = 0
    description = "Directions at the numbered junctions that lead to the goal"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Labelled(FORWARD)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = draw_from(knobs.sides, rng)
        lattice = knobs.lattices[count - knobs.sides[0]]
        limits = knobs.limits(lattice)
        while True:
            # With no pair twice, or each there once, nearly all rights and wrongs can be laid out.
            pairs = [*_PAIRS] if count > 2 else rng.sample(_PAIRS, count)
            pairs += [rng.choice(_PAIRS) for _ in range(count - len(pairs))]
            # Settled before any maze is drawn: which way of a junction is right is even.
            forks = [tuple(rng.shuffled(pair)) for pair in pairs]
            # Three ladders that all lead astray have no room; three that are all right are left out
            # with them, so that a ladder stays right equally often.
            ladders = [right == UP for right, wrong in forks if UP in (right, wrong)]
            if len(ladders) > 2 and len(set(ladders)) == 1:
                continue
            # Four side paths in one direction would leave the route no way past them.
            if all(
                sum(way in pair for pair in pairs) <= limits[way]
                and sum(way == wrong for _, wrong in forks) < 4
                for way in FORWARD
            ):
                return {"lattice": lattice, "forks": forks}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        knobs, forks = plan.knobs, plan["forks"]
        segments = knobs.draw_segments(rng, least=len(forks) + 2)
        drawn = generation.draw_forked_maze(knobs, plan["lattice"], segments, forks, rng)
        seen = None if drawn is None else _seen(drawn)
        if seen is not None:
            maze, found = seen
            if found >= set(maze.junctions) - {START}:
                for markers in relabelled(maze.junctions, "junction", _NUMBERINGS, rng):
                    yield maze.state(markers)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES} {DIRECTIONS}\n"
            "At each numbered cube two ways lead on, not counting the way back; one of them ends "
            "in a dead end. Which way must be taken at each numbered cube to get from the start "
            "to the goal?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        tree = ways_of(state)
        route = tree.path(state.goal)
        ahead = dict(pairwise(route))
        ways = {m.label: sorted(tree.onward(m.pos), key=FORWARD.index) for m in state.markers}
        right = tuple(
            next(way for way in ways[m.label] if tree.onward(m.pos)[way] == ahead[m.pos])
            for m in state.markers
        )
        return Solution(right, ways)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        tree = ways_of(state)
        route = tree.path(state.goal)
        met = _markers_met(state, route)
        order = " -> ".join(str(marker.label) for marker in met)
        lines = [f"From the start the numbered cubes are met in the order {order}."]
        first = tree.runs(tree.path(met[0].pos))
        if first:
            lines.append(
                f"- The start: the way goes {runs_text(first)} and gets to cube {met[0].label}."
            )
        for marker, following in zip(met, [*met[1:], None], strict=True):
            to = f"cube {following.label}" if following else "the goal"
            end = following.pos if following else state.goal
            path = route[route.index(marker.pos) : route.index(end) + 1]
            way = solution.value[marker.label - 1]
            wrong = next(other for other in solution.facts[marker.label] if other != way)
            dead = tree.beyond(tree.onward(marker.pos)[wrong])
            astray = runs_text(tree.runs((marker.pos, *dead)))
            lines += [
                f"- Cube {marker.label}, {way}: the way goes {runs_text(tree.runs(path))} and "
                f"gets to {to}.",
                f"- Cube {marker.label}, {wrong}: the way goes {astray} and ends there.",
            ]
        lines.append(f"In the order of the numbers: {self.kind.text(solution.value)}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        ways = [solution.facts[marker.label] for marker in state.markers]
        truth = [way.index(right) for way, right in zip(ways, solution.value, strict=True)]
        return [
            tuple(way[bit] for way, bit in zip(ways, bits, strict=True)) for bits in coset(truth)
        ]


class SequenceFinding(_MazeTask):
    """In which order the numbered checkpoints are met."""

    slug = "sequence_finding"
    question_id = 1
    description = "Order in which the numbered checkpoints are met on the route"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Moves(("Start", *_LABELS, "Goal"), example=("Start", "2", "1", "Goal"))

    def sides(self, knobs: Knobs) -> tuple[int, int]:
        return knobs.sequence_sides

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"count": draw_from(knobs.markers, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        seen = self.maze(plan.knobs, rng)
        if seen is not None:
            maze, found = seen
            on_route = [cell for cell in maze.route if cell in found]
            cells = pick_apart([(on_route, plan["count"])], rng)
            if cells is not None:
                for markers in relabelled(cells, "checkpoint", _NUMBERINGS, rng):
                    yield maze.state(markers)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}\nAll numbered cubes lie on this route. In which order are they reached on "
            "the way from the start to the goal?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        route = ways_of(state).path(state.goal)
        met = [str(marker.label) for marker in _markers_met(state, route)]
        return Solution(("Start", *met, "Goal"), route)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        def between(words: Sequence[str]) -> list[str]:
            inner = list(words)
            return inner[inner[:1] == ["Start"] : len(inner) - (inner[-1:] == ["Goal"])]

        return between(value) == between(self.solve(state, query).value)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        runs = ways_of(state).runs(solution.facts)
        return "\n".join(["Following the route from the start:", *_told(state, runs)])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        labels = [str(marker.label) for marker in state.markers]
        orders = [("Start", *order, "Goal") for order in permutations(labels)]
        wrong = others(orders, solution.value)
        return rng.sample(wrong, min(7, len(wrong)))


class HeightComparison(_MazeTask):
    """How the heights of three numbered cubes relate."""

    slug = "height_comparison"
    question_id = 2
    description = "Height relation of three numbered cubes"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Ranking(_LABELS[:3])

    def sides(self, knobs: Knobs) -> tuple[int, int]:
        return knobs.height_sides

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"relation": rng.choice(_relations())}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        groups = plan["relation"]
        seen = self.maze(plan.knobs, rng, least_ladders=len(groups) - 1)
        if seen is None:
            return
        maze, found = seen
        storeys: dict[int, list[Cell]] = {}
        for cell in sorted(found):
            storeys.setdefault(cell[2], []).append(cell)
        if len(storeys) < len(groups):
            return
        labels = [int(label) for group in groups for label in group]
        for _ in range(_NUMBERINGS):
            heights = sorted(rng.sample(sorted(storeys), len(groups)))
            cells = pick_apart(
                [(storeys[h], len(group)) for h, group in zip(heights, groups, strict=True)], rng
            )
            if cells is not None:
                yield maze.state(
                    [Marker(label, at, "point") for label, at in zip(labels, cells, strict=True)]
                )

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}\nHow do the heights above the ground of the numbered cubes 1, 2 and 3 "
            "relate? Here < means lower than and = means at the same height."
        )

    def solve(self, state: State, query: Query) -> Solution:
        tree = ways_of(state)
        climbs: dict[int, list[str]] = {}
        for marker in state.markers:
            rise = 0
            for run in tree.runs(tree.path(marker.pos)):
                rise += (run.direction == UP) - (run.direction == BACK[UP])
            climbs.setdefault(rise, []).append(str(marker.label))
        return Solution(tuple(tuple(climbs[rise]) for rise in sorted(climbs)), climbs)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        tree = ways_of(state)
        lines = ["Only ladders change the height, and all are equally long. Ways from the start:"]
        for marker in state.markers:
            runs = tree.runs(tree.path(marker.pos))
            up, down = (sum(run.direction == d for run in runs) for d in (UP, BACK[UP]))
            climbed = f"{plural(up, 'ladder')} up" + (f", {down} down" if down else "")
            lines.append(f"- Cube {marker.label}: {runs_text(runs)}. {climbed}.")
        ranks = [
            f"{labels_text(labels, 'cube')}: {rise}"
            for rise, labels in sorted(solution.facts.items())
        ]
        return "\n".join([*lines, f"Ladders above the start's height: {'; '.join(ranks)}."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return rng.sample(others(_relations(), solution.value), 7)


class MainPath(_MazeTask):
    """Which numbered cubes lie on the route."""

    slug = "main_path"
    question_id = 3
    description = "Numbered cubes that lie on the route"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = OrWord(
        WordSet(_LABELS, "Answer with the numbers of these cubes, commas between them, e.g. 1, 3.")
    )

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"on_route": [rng.chance(0.5) for _ in range(draw_from(knobs.markers, rng))]}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        seen = self.maze(plan.knobs, rng)
        if seen is None:
            return
        maze, found = seen
        coins = plan["on_route"]
        route = [cell for cell in maze.route if cell in found]
        aside = sorted(found - set(route))
        # Labels on the route first, as the cells are picked.
        labels = sorted(range(1, 1 + len(coins)), key=lambda label: not coins[label - 1])
        on = sum(coins)
        for _ in range(_NUMBERINGS):
            cells = pick_apart([(route, on), (aside, len(coins) - on)], rng)
            if cells is None:
                return
            yield maze.state(
                [Marker(label, at, "marker") for label, at in zip(labels, cells, strict=True)]
            )

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES} Other ways are side paths, which end in dead ends.\n"
            "The numbers only mark cubes, which need not be junctions. Which of the numbered "
            "cubes lie on the route from the start to the goal? The answer none is possible."
        )

    def solve(self, state: State, query: Query) -> Solution:
        route = ways_of(state).path(state.goal)
        met = sorted(str(marker.label) for marker in _markers_met(state, route))
        return Solution(tuple(met) or "none", route)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        tree, route = ways_of(state), solution.facts
        places = {cell: at for at, cell in enumerate(route)}
        lines = ["Following the route from the start:", *_told(state, tree.runs(route))]
        for marker in state.markers:
            if marker.pos in places:
                continue
            path = tree.path(marker.pos)
            leaves = max(at for at, cell in enumerate(path) if cell in places)
            after = f"{plural(leaves, 'cube')} after the start" if leaves else "at the start"
            lines.append(
                f"- Cube {marker.label} is on a side path that leaves the route {after}: "
                f"{runs_text(tree.runs(path[leaves:]))}."
            )
        return "\n".join([*lines, f"On the route: {self.kind.text(solution.value)}."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        labels = [str(marker.label) for marker in state.markers]
        truth = [int(label in solution.value) for label in labels]
        return [
            tuple(label for label, bit in zip(labels, bits, strict=True) if bit) or "none"
            for bits in coset(truth)
        ]


def _markers_met(state: State, route: Sequence[Cell]) -> list[Marker]:
    """Return the markers on a route in the order in which it meets them."""
    places = {cell: at for at, cell in enumerate(route)}
    return sorted((m for m in state.markers if m.pos in places), key=lambda m: places[m.pos])


def _told(state: State, runs: Iterable[Any]) -> list[str]:
    """Tell a path run by run, with the numbered cubes as they are stood on."""
    labels = {marker.pos: marker.label for marker in state.markers}
    lines = []
    if state.start in labels:
        lines.append(f"- the start is cube {labels[state.start]}")
    for run in runs:
        met = [(at, labels[cell]) for at, cell in enumerate(run.cells) if cell in labels]
        if not met:
            lines.append(f"- {run_text(run)}")
        elif len(run.cells) == 1:
            lines.append(f"- {run_text(run)}, onto cube {met[0][1]}")
        else:
            told = listing(f"cube {label} is the {_ordinal(at)} of them" for at, label in met)
            lines.append(f"- {run_text(run)}; {told}")
    return [*lines, "- this is the goal"]


def _ordinal(at: int) -> str:
    return _ORDINALS[at] if at < len(_ORDINALS) else f"{at + 1}th"


TASKS: tuple[Task[State, Knobs], ...] = (
    PathFinding(),
    SequenceFinding(),
    HeightComparison(),
    MainPath(),
)
