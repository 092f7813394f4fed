"""Pyramid Chess: answers against literal stacking of balls in a dictionary, and plain searches."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

import gameqa
from gameqa.drawing import Style, resolve, variant
from gameqa.errors import GameQAError
from gameqa.games.pyramid_chess import GAME
from gameqa.games.pyramid_chess.generation import play
from gameqa.games.pyramid_chess.picture import draw, strip_places
from gameqa.rng import Rng
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
RESERVES = {3: (7, 7), 4: (15, 15), 5: (28, 27), 6: (46, 45)}
Place = tuple[int, int, int]


class Pile:
    """A board as a dictionary from (k, x, y) to the owner of the ball there."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.n = state["n"]
        self.mover = state["to_move"]
        self.slots = {
            (k, x, y) for k in range(self.n) for x in range(self.n - k) for y in range(self.n - k)
        }
        self.balls = {
            (k, x, y): ball
            for k, level in enumerate(state["levels"])
            for x, column in enumerate(level)
            for y, ball in enumerate(column)
            if ball >= 0
        }
        self.reserve = [
            total - sum(ball == player for ball in self.balls.values())
            for player, total in enumerate(RESERVES[self.n])
        ]

    def under(self, place: Place) -> list[Place]:
        k, x, y = place
        return [(k - 1, x + a, y + b) for a in (0, 1) for b in (0, 1)] if k else []

    def can_place(self, place: Place) -> bool:
        supported = all(other in self.balls for other in self.under(place))
        return place in self.slots and place not in self.balls and supported

    def presses(self, place: Place) -> bool:
        return any(place in self.under(other) for other in self.balls)

    def completes(self, place: Place, player: int) -> list[set[Place]]:
        """Place the ball and look at all blocks of the board."""
        balls = {**self.balls, place: player}
        found = []
        for k, x, y in self.slots:
            block = {(k, x + a, y + b) for a in (0, 1) for b in (0, 1)}
            if place in block and all(balls.get(other) == player for other in block):
                found.append(block)
        return found

    def completing(self, player: int) -> set[Place]:
        return {p for p in self.slots if self.can_place(p) and self.completes(p, player)}


@cache
def rows(task: str, level: str) -> tuple[Sample, ...]:
    return tuple(
        gameqa.sample(GAME, task=task, plot_level=level, index=i, seed=5) for i in range(SAMPLES)
    )


def samples(task: str) -> Iterator[tuple[Sample, Pile, dict[str, Any]]]:
    for level in LEVELS:
        for made in rows(task, level):
            yield made, Pile(json.loads(made.state)), json.loads(made.query)


def answer(made: Sample) -> str:
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_positions_are_whole(task: str) -> None:
    """Catches a ball in the air, a filled top slot, wrong reserves, and fills off the range."""
    for made, pile, _ in samples(task):
        state = json.loads(made.state)
        assert all(other in pile.balls for p in pile.balls for other in pile.under(p)), made.data_id
        assert (pile.n - 1, 0, 0) not in pile.balls
        assert state["reserve"] == pile.reserve and min(pile.reserve) >= 0, made.data_id
        assert len(pile.balls) >= 4 and 0.3 <= len(pile.balls) / len(pile.slots) <= 0.9


def test_play_is_legal() -> None:
    """Catches a turn that is not: a ball without support, or balls taken back without a right."""
    for seed in range(3 + SAMPLES // 10):
        for n in (3, 4, 5):
            before = Pile({"n": n, "to_move": 0, "levels": []})
            for ply, state in enumerate(play(n, 0.7, Rng("play", seed)), 1):
                assert state.plies == ply
                after = Pile(GAME.encode(state))
                mover = before.mover
                assert after.mover == 1 - mover and before.reserve[mover] > 0
                reached = []
                for place in (p for p in before.slots if before.can_place(p)):
                    balls = {**before.balls, place: mover}
                    gone = set(balls) - set(after.balls)
                    same = all(balls[p] == after.balls[p] for p in after.balls if p in balls)
                    if set(after.balls) - set(balls) or not same or len(gone) > 2:
                        continue
                    blocks = before.completes(place, mover)
                    right = set().union(*blocks) if blocks else set()
                    if gone <= right:
                        reached.append(place)
                assert reached, f"ply {ply} of {n}, seed {seed}"
                before = after


def status(pile: Pile, place: Place) -> str:
    if place not in pile.slots:
        return "no such slot"
    return {None: "empty", 0: "PLAYER_0", 1: "PLAYER_1"}[pile.balls.get(place)]


def test_slot_status() -> None:
    """Catches x and y swapped, colours swapped, and a slot off the level taken for an empty one."""
    for made, pile, query in samples("slot_status"):
        assert answer(made) == status(pile, tuple(query["slot"])), made.data_id
        k, x, y = query["slot"]
        assert f"[{x}, {y}] on Level {k}" in made.question


def test_placement_outcome() -> None:
    """Catches take-backs for blocks of other or several colours, and supports not looked at."""
    for made, pile, query in samples("placement_outcome"):
        place, player = tuple(query["slot"]), query["player"]
        if place in pile.balls:
            right = "impossible because occupied"
        elif not pile.can_place(place):
            right = "impossible because not supported"
        elif pile.completes(place, player):
            right = "possible with take-back"
        else:
            right = "possible without take-back"
        assert answer(made) == right, made.data_id
        assert pile.reserve[player] > 0


def test_steps_to_place() -> None:
    """Catches missing slots counted twice or not at all: breadth-first search over placements."""
    for made, pile, query in samples("steps_to_place"):
        goal = tuple(query["slot"])
        # Only slots that goal rests on, directly or not, can matter; all others are left out.
        cone = [goal]
        for place in cone:
            cone += [other for other in pile.under(place) if other not in cone]
        empty = [place for place in cone if place not in pile.balls]
        bit = {place: 1 << i for i, place in enumerate(empty)}
        needs = {p: sum(bit.get(other, 0) for other in pile.under(p)) for p in empty}
        frontier, turns = {0}, 0
        while not any(mask & bit[goal] for mask in frontier):
            frontier = {
                mask | bit[p]
                for mask in frontier
                for p in empty
                if not mask & bit[p] and needs[p] & mask == needs[p]
            }
            turns += 1
        assert answer(made) == str(turns), made.data_id
        # Both have balls enough.
        assert pile.reserve[pile.mover] >= (turns + 1) // 2
        assert pile.reserve[1 - pile.mover] >= turns // 2


def test_best_placement() -> None:
    """Catches a second slot that fits, a wrong mover, and a defence that opens another slot."""
    for made, pile, query in samples("best_placement"):
        own = pile.completing(pile.mover)
        if own:
            fitting = own
        else:
            fitting = set()
            for place in filter(pile.can_place, pile.slots):
                pile.balls[place] = pile.mover
                if not pile.completing(1 - pile.mover):
                    fitting.add(place)
                del pile.balls[place]
            assert pile.completing(1 - pile.mover), f"{made.data_id}: nothing to defend"
        assert len(fitting) == 1, f"{made.data_id}: {fitting}"
        ((k, x, y),) = fitting
        assert answer(made) == f"[{x}, {y}] on Level {k}", made.data_id
        assert query["kind"] == ("attack" if own else "defence")
        assert query["open_slots"] == sum(map(pile.can_place, pile.slots))
        assert not pile.can_place((pile.n - 1, 0, 0))
        assert min(pile.reserve) > 0


def test_ball_count() -> None:
    """Catches anything but the number of balls, and reserves that would tell it."""
    for made, pile, query in samples("ball_count"):
        assert answer(made) == str(len(pile.balls)), made.data_id
        state = GAME.decode(json.loads(made.state))
        assert "reserve" not in GAME.describe(state, query)
        assert "reserve" in GAME.describe(state, {})
        shown = GAME.render(state, query, Style()).digest()
        assert shown != GAME.render(state, {}, Style()).digest()


def test_slot_capability() -> None:
    """Catches the published swap of the last two options, and balls pressed by one ball only."""
    for made, pile, query in samples("slot_capability"):
        place = tuple(query["slot"])
        if place not in pile.slots:
            right = "no such slot"
        elif place in pile.balls:
            right = f"ball that {'cannot' if pile.presses(place) else 'could'} be taken"
        else:
            right = f"empty and {'' if pile.can_place(place) else 'not '}placeable"
        assert answer(made) == right, made.data_id


def test_slot_kind_reads_what_people_write() -> None:
    """Catches a right slot that is not read, and others that are read as it."""
    kind = GAME.task("best_placement").kind
    for text in ("[1, 0] on Level 2", "(1, 0) at level 2", "1,0,2", "Level 2, x=1, y=0"):
        assert kind.parse(text) == (2, 1, 0), text
    for text in ("", "[1, 0]", "[1, 0] on Level 2 or [1, 1] on Level 2", "[-1, 0] on Level 2"):
        with pytest.raises(GameQAError):
            kind.parse(text)


def test_every_slot_shows_what_it_holds() -> None:
    """Catches, in the pixels of several styles, a ball drawn elsewhere or over another slot."""
    styles = (Style(), resolve("dark"), *(variant(number) for number in (3, 12, 24, 31, 40)))
    for i, (made, pile, _) in enumerate(samples("slot_capability")):
        state = GAME.decode(json.loads(made.state))
        style = styles[i % len(styles)]
        rgb = draw(state, style, reserves=True).rgb().astype(int)
        places = strip_places(state, style)
        # Between the letter and the rim; the second slot lies one cell above the first.
        radius = round(0.33 * (places[0][1] - places[1][1]))
        for slot, (x, y) in zip(state.shape.slots, places, strict=True):
            seen = [rgb[y + d, x + e] for d, e in ((radius, 0), (-radius, 0), (0, radius))]
            red, _, blue = np.median(seen, axis=0)
            ball = pile.balls.get(tuple(slot))
            shown = 0 if blue - red > 90 else 1 if red - blue > 90 else None
            assert shown == ball, f"{made.data_id}: {slot}"


def test_classes_are_even_and_addresses_do_not_tell() -> None:
    """Catches a class that is rare, and slots off the board that are far off."""
    for task, count in (("slot_status", 4), ("placement_outcome", 4), ("slot_capability", 5)):
        found = Counter(answer(made) for made, *_ in samples(task))
        total = sum(found.values())
        assert len(found) == count
        # Of addresses that both sizes have, none can be of the class "no such slot".
        least = 0.6 / count * total if task != "placement_outcome" else total / count
        assert min(found.values()) > least - 4 * least**0.5, f"{task}: {found}"
        assert max(found.values()) < (0.4 + 0.6 / count) * total
    for task in ("slot_status", "slot_capability"):
        for made, pile, query in samples(task):
            k, x, y = query["slot"]
            assert k + max(x, y) <= pile.n, f"{made.data_id}: not a near miss"


def test_values_are_even() -> None:
    """Catches steps of one turn too often, one answer too common, and unequal sorts of moves."""
    for level in LEVELS:
        steps = Counter(made.answer for made in rows("steps_to_place", level))
        total = sum(steps.values())
        assert max(steps.values()) <= 0.3 * total + 2
        assert steps["1"] <= 0.1 * total + 3 * total**0.5 / 3
        counts = Counter(made.answer for made in rows("ball_count", level))
        assert max(counts.values()) <= 0.3 * total
        kinds = Counter(json.loads(made.query)["kind"] for made in rows("best_placement", level))
        assert abs(kinds["attack"] - total / 2) < 2.5 * total**0.5
    ground = Counter(
        answer(made) for made, _, query in samples("placement_outcome") if query["slot"][0] == 0
    )
    of = Counter(answer(made) for made, *_ in samples("placement_outcome"))
    assert all(ground[text] <= 0.25 * of[text] + 3 for text in of)


def test_the_text_has_every_slot() -> None:
    """Catches tables with x and y swapped, and facts that the reader should find out."""
    for made, pile, query in list(samples("slot_status"))[::5]:
        told = GAME.describe(GAME.decode(json.loads(made.state)), query)
        for k, table in enumerate(re.findall(r"Level \d+:\n(.*?)\n\n", told, re.DOTALL)):
            lines = [line.split() for line in table.splitlines()]
            for row in lines[:-1]:
                for x, sign in enumerate(row[1:]):
                    ball = pile.balls.get((k, x, int(row[0])))
                    assert sign == {None: ".", 0: "B", 1: "R"}[ball], made.data_id
        for word in ("open", "support", "free", "block", "plies"):
            assert word not in told.lower()
