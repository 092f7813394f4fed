"""Wrong move lists that look like the route: nothing in the lists alone tells them from it.

All lists come in two families. The members of a family begin alike; the second family is made as
the first is, and then mirrored. Whatever leads from one list to the next leads back as easily, and
the route has any place in its family, so that it is the shortest, the most winding or the most
typical list no more often than by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.maze.rules import State
from gameqa.games.maze.solver import Ways
from gameqa.moves import Cell, runs, spelled, step_from, swapped, track
from gameqa.rng import Rng

Route = tuple[str, ...]

_TRIES = 8
_COMMON = 0.3  # share of the longer list that two relatives have in common at least


def wrong_routes(
    state: State, truth: Route, lengths: range, family: int, rng: Rng
) -> list[Route] | None:
    """Make four wrong lists beside the true one.

    Args:
        state: the maze.
        truth: the moves of the route.
        lengths: how many moves a list may have.
        family: size of the route's family, 3 or 2.
        rng: the source of all choices.

    Returns:
        None where this maze and route do not allow it.
    """
    maker = _Maker(state, truth, lengths, rng)
    own = maker.family(truth, family, mirrors=())
    if own is None:
        return None
    mirrors = rng.choice(((True,), (True,), (False,), (False,), (True, False)))
    other = maker.family(rng.choice(own), 5 - family, mirrors)
    return None if other is None else [*own[1:], *(_mirrored(route, mirrors) for route in other)]


class _Maker:
    """The lists made so far, and what a further one has to be like."""

    def __init__(self, state: State, truth: Route, lengths: range, rng: Rng) -> None:
        self.state, self.truth, self.lengths, self.rng = state, truth, lengths, rng
        self.ways = Ways(state)
        self.shown = {truth}

    def family(self, root: Route, size: int, mirrors: tuple[bool, ...]) -> list[Route] | None:
        """Return a list and its relatives, to be shown mirrored.

        The third is related to the second (2/3) or to the root (1/3): the root stands in the
        middle no more often than the others.
        """
        found = [root]
        if mirrors and not self._fits(_mirrored(root, mirrors)):
            return None
        self.shown.add(_mirrored(root, mirrors))
        for _ in range(size - 1):
            base = found[-1] if self.rng.chance(2 / 3) else root
            relative = self._relative(base, mirrors)
            if relative is None:
                return None
            self.shown.add(_mirrored(relative, mirrors))
            found.append(relative)
        return found

    def _relative(self, base: Route, mirrors: tuple[bool, ...]) -> Route | None:
        """Change a list behind its beginning; what is checked is its mirror image."""
        # The true route never is the beginning of another list, so it should not often be the
        # list that another one begins.
        cut = 1 if base == self.truth else 5
        for _ in range(_TRIES):
            make = self.rng.weighted((self._branched, self._stretched, self._cut), (80, 60, cut))
            found = make(base)
            if found is None or not self._fits(_mirrored(found, mirrors)):
                continue
            if make == self._cut or self._is_apart(_mirrored(found, mirrors)):
                return found
        return None

    def _is_apart(self, moves: Route) -> bool:
        """Whether no list shown is the beginning of another."""
        return all(
            moves[: len(other)] != other and other[: len(moves)] != moves for other in self.shown
        )

    def _branched(self, base: Route) -> Route | None:
        """Leave a list at a junction and follow the wrong branch."""
        common = self.ways.common(base)
        ends = [
            cell
            for cell, length in self.ways.depth.items()
            if length in self.lengths
            and (length - len(base)) % 2 == 0
            and _COMMON * max(length, len(base)) <= common[cell] < min(length, len(base))
        ]
        return self.ways.to(self.rng.choice(ends)) if ends else None

    def _stretched(self, base: Route) -> Route | None:
        """Lengthen or shorten one straight run, not the last one."""
        parts = runs(base)
        if len(parts) < 2:
            return None
        at = self.rng.below(len(parts) - 1)
        move, count = parts[at]
        changed = count + self.rng.choice((-4, -2, 2, 4))
        common = sum(length for _, length in parts[:at]) + min(count, changed)
        if changed < 1 or common < _COMMON * max(len(base), len(base) + changed - count):
            return None
        return spelled([*parts[:at], (move, changed), *parts[at + 1 :]])

    def _cut(self, base: Route) -> Route | None:
        """Drop the last moves."""
        return base[: -self.rng.choice((2, 4))]

    def _fits(self, moves: Route) -> bool:
        """Whether a list is wrong, new, and looks like a way through some maze of this size."""
        state = self.state
        if len(moves) not in self.lengths or moves in self.shown:
            return False
        if not _is_plausible(moves, state.rows - 3, state.cols - 3):
            return False
        cell = state.player
        for move in moves:
            ahead = step_from(cell, move)
            if not state.is_wall(ahead):
                cell = ahead
                if cell == state.goal:
                    return False
        return True


def _mirrored(moves: Route, mirrors: Sequence[bool]) -> Route:
    for sideways in mirrors:
        moves = swapped(moves, sideways)
    return moves


def _is_plausible(moves: Route, tall: int, wide: int) -> bool:
    """Whether a list, drawn on a plane, stays in a box and never comes back next to itself."""
    cells = track((0, 0), moves)
    rows, cols = [r for r, _ in cells], [c for _, c in cells]
    if max(rows) - min(rows) > tall or max(cols) - min(cols) > wide:
        return False
    seen: set[Cell] = set(cells)
    # Every cell but the ends has two neighbours on the list, the ones before and after it.
    touching = sum((r + 1, c) in seen for r, c in seen) + sum((r, c + 1) in seen for r, c in seen)
    return len(seen) == len(cells) and touching == len(moves)
