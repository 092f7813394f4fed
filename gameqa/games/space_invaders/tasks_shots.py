"""What shots score: from here, from elsewhere, and while the enemies move past the ship."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.game import Plan, Query, Solution
from gameqa.games.space_invaders.generation import Fleet, Knobs, Size, split_points
from gameqa.games.space_invaders.planned import RUN, Planned
from gameqa.games.space_invaders.rules import LETTERS, STEPS, State, met_columns
from gameqa.games.space_invaders.words import INTRO, SHOT, hit, moving, sum_line
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Level, QAType
from gameqa.text import listing

_SHOTS = (0, 10, 20, 30)


class _OneShot(Planned):
    """A task about one shot from a given column."""

    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.EASY
    wants_mixed_bottoms = True

    def column(self, state: State, query: Query) -> int:
        """Return the column from which the ship fires."""
        return int(query.get("column", state.ship))

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.shot(self.column(state, query)))


class ShotHerePoints(_OneShot):
    """What one shot from the ship's column scores."""

    slug = "shot_here_points"
    question_id = 5
    description = "Points of one shot from where the ship is"

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        return {"query": {}, "shown": _SHOTS, "truth": rng.choice(_SHOTS)}

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        fleet = Fleet(plan.knobs, plan["size"], rng)
        if plan["truth"] == 0:
            below = {fleet.left + i for i in fleet.occupied}
            free = [c for c in range(1, fleet.size.cols + 1) if c not in below]
            fleet.ship = rng.choice(free)
        else:
            letter = LETTERS[plan["truth"]]
            columns = [i for i in fleet.occupied if fleet.bottom(i) == letter]
            i = rng.choice(columns or range(fleet.size.width))
            if not columns:
                fleet.expose(i, letter, rng)
            fleet.ship = fleet.left + i
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{INTRO}\n{SHOT}\n"
            "How many points does the ship score with one shot from where it is now?"
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        return f"The ship is in column {state.ship}.\n{_sentence(hit(state, state.ship))}"


class ShotAtColumnPoints(_OneShot):
    """What one shot from another column scores."""

    slug = "shot_at_column_points"
    question_id = 6
    description = "Points of one shot from a given column"

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        column = rng.integers(1, size.cols + 1)
        return {"query": {"column": column}, "shown": _SHOTS, "truth": rng.choice(_SHOTS)}

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        size, column, truth = plan["size"], plan["query"]["column"], plan["truth"]
        fleet = Fleet(plan.knobs, size, rng, lefts=size.lefts_over(column) if truth else ())
        i = fleet.index(column)
        if i is not None and truth:
            fleet.expose(i, LETTERS[truth], rng)
        elif i is not None:
            fleet.heights[i] = 0
        fleet.place_ship(rng, avoid=column)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{INTRO}\n{SHOT}\n"
            f"While the enemies stand still, the ship goes to column {query['column']} and fires "
            "once from there. How many points does it score?"
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        column = query["column"]
        return (
            f"The ship goes from column {state.ship} to column {column}.\n"
            f"{_sentence(hit(state, column))}"
        )


class StayAndShootPoints(Planned):
    """What a ship scores that stays and fires while the enemies move past it."""

    slug = "stay_and_shoot_points"
    question_id = 7
    description = "Points of a ship that stays and fires in several intervals"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.intervals
        k = rng.integers(low, min(high, 2 * size.pad) + 1)
        totals = range(10, 30 * (k + 1) + 1, 10)
        first = rng.below(max(0, len(totals) - RUN) + 1)
        shown = totals[first : first + RUN]
        return {
            "query": {"direction": rng.choice(list(STEPS)), "k": k},
            "shown": shown,
            "truth": rng.choice(shown),
        }

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        size, query, truth = plan["size"], plan["query"], plan["truth"]
        shots = query["k"] + 1
        lefts = size.lefts_with_room(query["direction"], query["k"])
        fleet = Fleet(plan.knobs, size, rng, lefts=lefts)
        # At most half of the shots meet no enemy, unless the total is too low for that.
        hits = (shots + 1) // 2
        needed = max(2, hits, -(-truth // 30))
        targets = {}
        for ship in range(1, size.cols + 1):
            met = [fleet.index(c) for c in met_columns(ship, query["direction"], shots)]
            inside = [i for i in met if i is not None]
            if len(inside) >= needed:
                targets[ship] = inside
        if not targets:
            return None
        fleet.ship = rng.choice(list(targets))
        inside = targets[fleet.ship]
        for i, points in zip(inside, split_points(truth, len(inside), hits, rng), strict=True):
            if points:
                fleet.expose(i, LETTERS[points], rng)
            else:
                fleet.heights[i] = 0
        return fleet

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        """Refuse boards on which the wrong direction, or none, leads to the same total."""
        query: Query = plan["query"]
        shots = query["k"] + 1
        opposite = next(direction for direction in STEPS if direction != query["direction"])
        mistaken = sum(map(state.shot, met_columns(state.ship, opposite, shots)))
        unmoved = sum(state.scores(state.ship)[:shots])
        return None if plan["truth"] in (mistaken, unmoved) else query

    def ask(self, state: State, query: Query) -> str:
        k = query["k"]
        return (
            f"{INTRO}\n{SHOT}\n{moving(query['direction'])} No enemy leaves the board before the "
            "last shot.\n"
            f"The ship stays where it is and fires once in each of the {k + 1} intervals "
            f"{listing(map(_interval, range(k + 1)))}. How many points does it score with these "
            f"{k + 1} shots together?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        columns = met_columns(state.ship, query["direction"], query["k"] + 1)
        return Solution(sum(map(state.shot, columns)), columns)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        direction, ship, columns = query["direction"], state.ship, solution.facts
        back = "left" if direction == "right" else "right"
        lines = [
            f"The ship stays in column {ship}. When all enemies have moved i columns to the "
            f"{direction}, it is below those that the board shown has i columns further {back}. So "
            "each shot meets another column of the board shown:"
        ]
        lines += [
            f"Interval {_interval(i)}: {hit(state, column)}." for i, column in enumerate(columns)
        ]
        return "\n".join([*lines, sum_line(map(state.shot, columns), solution.value)])


def _interval(i: int) -> str:
    return f"t+{i}" if i else "t"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
