"""Wrong move lists that look like the route: nothing in the lists alone tells them from it.

All lists are ways through the maze. They come in two families: ways from the player's cell that
begin as the route does and end elsewhere, and ways from another cell, turned or mirrored, which
run into walls where the player is. Any member of a family might have been its route: a list made
up would turn where no wall makes it turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gameqa.games.maze.rules import State
from gameqa.games.maze.solver import Ways
from gameqa.moves import step_from, swapped
from gameqa.rng import Rng

Route = tuple[str, ...]

_STARTS = 16
_COMMON = 0.3  # share of the longer list that two relatives have in common at least
_QUARTER = {"up": "right", "right": "down", "down": "left", "left": "up"}


def wrong_routes(
    state: State, truth: Route, lengths: range, family: int, rng: Rng
) -> list[Route] | None:
    """Choose four wrong lists beside the true one.

    Args:
        state: the maze.
        truth: the moves of the route.
        lengths: how many moves a list may have.
        family: size of the route's family, 3 or 2.
        rng: the source of all choices.

    Returns:
        None where this maze and route do not allow it.
    """
    goal = state.goal[0] * state.cols + state.goal[1]
    home = Ways(state)
    own = _relatives(home, goal, family, lengths, rng)
    if own is None:
        return None
    for start in rng.shuffled(list(home.depth)[1:])[:_STARTS]:
        ways = Ways(replace(state, player=divmod(start, state.cols)))
        ends = [
            cell
            for cell, length in ways.depth.items()
            if length in lengths and (length - len(truth)) % 2 == 0
        ]
        if not ends:
            continue
        other = _relatives(ways, rng.choice(ends), 5 - family, lengths, rng)
        if other is None:
            continue
        quarters, is_mirrored = rng.below(4), rng.chance(0.5)
        turned = [_turned(route, quarters, is_mirrored) for route in other]
        shown = [*own, *turned]
        if len(set(shown)) == 5 and not any(_meets_goal(state, route) for route in turned):
            return shown[1:]
    return None


def _relatives(ways: Ways, first: int, size: int, lengths: range, rng: Rng) -> list[Route] | None:
    """Return the way to a cell and ways to others, each of which begins like all the rest."""
    cells = [first]
    candidates = [
        cell
        for cell, length in ways.depth.items()
        if length in lengths and (length - ways.depth[first]) % 2 == 0
    ]
    while len(cells) < size:
        last = ways.depth[cells[-1]]
        common = ways.common(ways.to(cells[-1]))
        candidates = [
            cell
            for cell in candidates
            if _COMMON * max(ways.depth[cell], last) <= common[cell] < min(ways.depth[cell], last)
        ]
        if not candidates:
            return None
        cells.append(rng.choice(candidates))
    return [ways.to(cell) for cell in cells]


def _turned(moves: Route, quarters: int, is_mirrored: bool) -> Route:
    for _ in range(quarters):
        moves = tuple(_QUARTER[move] for move in moves)
    return swapped(moves, True) if is_mirrored else moves


def _meets_goal(state: State, moves: Sequence[str]) -> bool:
    """Whether the player meets the goal where blocked moves are taken as standing still."""
    cell = state.player
    for move in moves:
        ahead = step_from(cell, move)
        if not state.is_wall(ahead):
            cell = ahead
            if cell == state.goal:
                return True
    return False
