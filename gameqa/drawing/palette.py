"""Which colours a picture may use: an append-only table of at most 256 of them.

A theme fills one palette, eagerly and in a fixed order, and freezes it. From then on asking for a
colour that it lacks is an error: if drawing could add colours, indices (and so PNG bytes) would
depend on what a process drew earlier.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gameqa.drawing.colour import RGB, mix
from gameqa.drawing.coverage import SHADES
from gameqa.errors import GameQAError

MAX_COLOURS = 256


class Palette:
    """An append-only table of at most ``limit`` (2-256) colours.

    >>> palette = Palette()
    >>> palette.index((255, 255, 255))
    0
    """

    def __init__(self, limit: int = MAX_COLOURS) -> None:
        if not 2 <= limit <= MAX_COLOURS:
            raise GameQAError(f"a palette holds 2 to {MAX_COLOURS} colours, not {limit}")
        self._limit = limit
        self._colours: list[RGB] = []
        self._index: dict[RGB, int] = {}
        self._table: npt.NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self._colours)

    @property
    def frozen(self) -> bool:
        """Whether ``freeze`` was called."""
        return self._table is not None

    @property
    def full(self) -> bool:
        """Whether no colour can be added."""
        return self.frozen or len(self._colours) >= self._limit

    @property
    def rgb(self) -> npt.NDArray[np.uint8]:
        """The (n, 3) uint8 table so far; read-only once frozen."""
        if self._table is not None:
            return self._table
        return np.array(self._colours, np.uint8).reshape(-1, 3)

    def freeze(self) -> npt.NDArray[np.uint8]:
        """End building; returns the read-only (n, 3) uint8 table. Harmless when repeated."""
        if self._table is None:
            self._table = self.rgb
            self._table.setflags(write=False)
        return self._table

    def index(self, rgb: RGB) -> int:
        """The index of a colour, added if it is new.

        Raises GameQAError for a new colour in a frozen or full palette, and for a bad colour.
        """
        key = (int(rgb[0]), int(rgb[1]), int(rgb[2]))
        found = self._index.get(key)
        if found is not None:
            return found
        if min(key) < 0 or max(key) > 255:
            raise GameQAError(f"a colour is three integers from 0 to 255, not {rgb}")
        if self.frozen:
            raise GameQAError(f"colour {key} is not in this frozen palette of {len(self)} colours")
        if self.full:
            raise GameQAError(f"no room for colour {key}: the palette holds {self._limit} already")
        self._index[key] = len(self._colours)
        self._colours.append(key)
        return self._index[key]

    def nearest(self, rgb: RGB) -> int:
        """The index of the closest colour present (weighted squared RGB; the first of equals)."""
        if not self._colours:
            raise GameQAError("an empty palette has no nearest colour")
        return int(self._nearest(np.array([rgb], np.int64))[0])

    def indices(self, rgb: npt.NDArray[np.uint8], new: int | None = None) -> npt.NDArray[np.uint8]:
        """The (H, W) uint8 indices of an (H, W, 3) uint8 image.

        New colours are added, the most frequent first (equals by value), at most ``new`` of them
        and as many as there is room for; the rest becomes the nearest colour present.
        Raises GameQAError for an unknown colour when the palette is frozen.
        """
        pixels = np.asarray(rgb)
        if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
            raise GameQAError(f"expected (H, W, 3) uint8, not {pixels.shape} {pixels.dtype}")
        wide = pixels.reshape(-1, 3).astype(np.int64)
        keys = (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2]
        # Runs of one colour are looked up once: there are far fewer of them than pixels.
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        lengths = np.diff(starts, append=len(keys))
        values, inverse = np.unique(keys[starts], return_inverse=True)
        counts = np.bincount(inverse, weights=lengths, minlength=len(values))
        left = self._limit if new is None else new
        lookup = np.full(len(values), -1, np.int64)
        for at in np.lexsort((values, -counts)):
            value = int(values[at])
            colour = (value >> 16, value >> 8 & 255, value & 255)
            known = self._index.get(colour)
            if known is None and (self.frozen or (left > 0 and not self.full)):
                known = self.index(colour)
                left -= 1
            if known is not None:
                lookup[at] = known
        rest = np.flatnonzero(lookup < 0)
        if len(rest):
            unknown = np.stack([values[rest] >> 16, values[rest] >> 8 & 255, values[rest] & 255], 1)
            lookup[rest] = self._nearest(unknown)
        found = np.repeat(lookup[inverse].astype(np.uint8), lengths)
        return found.reshape(pixels.shape[:2])

    def ramp(self, background: RGB, ink: RGB) -> npt.NDArray[np.uint8]:
        """SHADES + 1 indices from ``background`` (entry 0) to ``ink`` (the last), read-only.

        The ends are exact (GameQAError without room for them); a blend between them for which
        there is no room becomes the nearest colour present.
        """
        ends = {0: self.index(background), SHADES: self.index(ink)}
        steps = np.zeros(SHADES + 1, np.uint8)
        for level in range(SHADES + 1):
            blend = mix(background, ink, level / SHADES)
            if level in ends:
                steps[level] = ends[level]
            elif blend in self._index or not self.full:
                steps[level] = self.index(blend)
            elif self.frozen:
                raise GameQAError(f"the ramp from {background} to {ink} is not in this palette")
            else:
                steps[level] = self.nearest(blend)
        steps.setflags(write=False)
        return steps

    def _nearest(self, colours: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        if not self._colours:
            raise GameQAError("an empty palette has no nearest colour")
        table = np.array(self._colours, np.int64)
        # Green counts most and blue least for the eye; integers keep ties the same everywhere.
        weights = np.array([3, 6, 2], np.int64)
        squares = (colours[:, None, :] - table[None, :, :]) ** 2 * weights
        distances: npt.NDArray[np.int64] = squares.sum(axis=2)
        nearest: npt.NDArray[np.int64] = distances.argmin(axis=1)
        return nearest
