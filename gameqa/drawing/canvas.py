"""How a picture is assembled: cached tiles and glyphs copied into one array of palette indices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing.font import text_mask, text_width
from gameqa.drawing.layout import anchored, label_height
from gameqa.drawing.palette import Palette
from gameqa.drawing.picture import Picture
from gameqa.errors import GameQAError

Indices = npt.NDArray[np.uint8]


@lru_cache(maxsize=8192)
def _inked(
    text: str, height_px: int, face: str, ramp: bytes
) -> tuple[Indices, npt.NDArray[np.bool_]]:
    mask = text_mask(text, height_px, face)
    return np.frombuffer(ramp, np.uint8)[mask], mask > 0


class Canvas:
    """A picture under construction. Positions are whole pixels, (x, y) with y down.

    ``palette`` is a frozen Palette or its (n, 3) table. Whatever lies outside is cut off.
    """

    def __init__(
        self,
        height: int,
        width: int,
        fill_index: int,
        palette: Palette | npt.NDArray[np.uint8],
    ) -> None:
        self.array: Indices = np.full((height, width), fill_index, np.uint8)
        self.palette = palette.freeze() if isinstance(palette, Palette) else palette

    @classmethod
    def over(cls, ground: Indices, palette: Palette | npt.NDArray[np.uint8]) -> Canvas:
        """A canvas that starts as a copy of a cached (H, W) ground."""
        canvas = cls(0, 0, 0, palette)
        canvas.array = ground.copy()
        return canvas

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.array.shape[0])

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.array.shape[1])

    def rect(self, x: int, y: int, w: int, h: int, index: int) -> None:
        """Fill a rectangle with one index."""
        self.array[max(0, y) : max(0, y + h), max(0, x) : max(0, x + w)] = index

    def frame(self, x: int, y: int, w: int, h: int, width: int, index: int) -> None:
        """The border of a rectangle, ``width`` pixels wide, inside it."""
        self.rect(x, y, w, width, index)
        self.rect(x, y + h - width, w, width, index)
        self.rect(x, y, width, h, index)
        self.rect(x + w - width, y, width, h, index)

    def paste(self, tile: Indices, x: int, y: int) -> None:
        """Copy an (h, w) tile to (x, y)."""
        h, w = tile.shape
        if x >= 0 and y >= 0 and y + h <= self.array.shape[0] and x + w <= self.array.shape[1]:
            self.array[y : y + h, x : x + w] = tile
            return
        top, left, bottom, right = self._clip(x, y, h, w)
        if top < bottom and left < right:
            part = tile[top - y : bottom - y, left - x : right - x]
            self.array[top:bottom, left:right] = part

    def paste_masked(self, tile: Indices, mask: npt.NDArray[np.bool_], x: int, y: int) -> None:
        """Copy those pixels of an (h, w) tile to (x, y) where ``mask`` (h, w) is true."""
        h, w = tile.shape
        if x >= 0 and y >= 0 and y + h <= self.array.shape[0] and x + w <= self.array.shape[1]:
            np.copyto(self.array[y : y + h, x : x + w], tile, where=mask)
            return
        top, left, bottom, right = self._clip(x, y, h, w)
        if top < bottom and left < right:
            rows, cols = slice(top - y, bottom - y), slice(left - x, right - x)
            place = self.array[top:bottom, left:right]
            np.copyto(place, tile[rows, cols], where=mask[rows, cols])

    def mosaic(self, tiles: Indices, codes: npt.ArrayLike, x: int, y: int, gap: int = 0) -> None:
        """A whole board: tile ``codes[r, c]`` of ``tiles`` (k, h, w) at each cell, at once.

        ``gap`` pixels between cells are left as they are. Raises GameQAError where the board
        does not lie within the canvas.
        """
        board = np.asarray(codes)
        rows, cols = board.shape
        _, h, w = tiles.shape
        stride, across = self.array.strides
        high, wide = rows * (h + gap) - gap, cols * (w + gap) - gap
        if x < 0 or y < 0 or y + high > self.height or x + wide > self.width:
            raise GameQAError(
                f"a mosaic of {wide}x{high} at ({x}, {y}) does not fit into "
                f"{self.width}x{self.height}"
            )
        # A view of the board's place as (rows, h, cols, w): one copy instead of one per cell.
        place: Indices = np.ndarray(
            (rows, h, cols, w),
            np.uint8,
            buffer=self.array,
            offset=y * stride + x * across,
            strides=((h + gap) * stride, stride, (w + gap) * across, across),
        )
        place[...] = tiles[board].transpose(0, 2, 1, 3)

    def label(
        self,
        text: str,
        x: float,
        y: float,
        height_px: int,
        ramp: npt.NDArray[np.uint8],
        anchor: str = "center",
        face: str = "regular",
        is_plain: bool = False,
    ) -> None:
        """One line of text, held at (x, y) by its ``anchor`` (see ``layout.ANCHORS``).

        Capitals are ``height_px`` tall and are what is centred; tails hang below. ``ramp`` comes
        from ``Palette.ramp(ground, ink)`` for the ground that the text stands on. Where
        ``is_plain``, nothing but that ground lies under the text's box: it is copied whole, which
        is faster.
        """
        tile, mask = _inked(text, height_px, face, ramp.tobytes())
        left, top = anchored(x, y, tile.shape[1], height_px, anchor)
        if is_plain:
            self.paste(tile, left, top)
        else:
            self.paste_masked(tile, mask, left, top)

    def grid_lines(
        self,
        x: int,
        y: int,
        cell_w: int,
        cell_h: int,
        rows: int,
        cols: int,
        width: int,
        index: int,
        every: int = 1,
    ) -> None:
        """The lines of a grid at (x, y), centred on the cells' borders, outer ones included.

        ``every`` = 3 draws each third line only (always the first and, where it divides, the last).
        """
        before = width // 2
        wide, high = cols * cell_w, rows * cell_h
        for row in range(0, rows + 1, every):
            self.rect(x - before, y + row * cell_h - before, wide + width, width, index)
        for col in range(0, cols + 1, every):
            self.rect(x + col * cell_w - before, y - before, width, high + width, index)

    def row_labels(
        self,
        labels: int | Sequence[str],
        x: float,
        y: float,
        pitch: float,
        ramp: npt.NDArray[np.uint8],
        height_px: int | None = None,
        face: str = "regular",
    ) -> None:
        """Labels of rows, ``pitch`` pixels apart, centred on ``x``; ``y`` is the board's top.

        An integer n stands for "0" to "n - 1". The height follows the cell unless given.
        """
        size = height_px or label_height(int(pitch))
        for i, text in enumerate(_texts(labels)):
            self.label(text, x, y + (i + 0.5) * pitch, size, ramp, "center", face)

    def column_labels(
        self,
        labels: int | Sequence[str],
        x: float,
        y: float,
        pitch: float,
        ramp: npt.NDArray[np.uint8],
        height_px: int | None = None,
        face: str = "regular",
    ) -> None:
        """Labels of columns, ``pitch`` apart, centred on ``y``; ``x`` is the board's left.

        Labels wider than their column are set in the condensed face, all of them.
        """
        size = height_px or label_height(int(pitch))
        texts = _texts(labels)
        if max((text_width(text, size, face) for text in texts), default=0) > pitch:
            face = "condensed"
        for i, text in enumerate(texts):
            self.label(text, x + (i + 0.5) * pitch, y, size, ramp, "center", face)

    def picture(self) -> Picture:
        """The finished picture; it shares the canvas's array."""
        return Picture(self.array, self.palette)

    def _clip(self, x: int, y: int, h: int, w: int) -> tuple[int, int, int, int]:
        return (
            max(0, y),
            max(0, x),
            min(self.array.shape[0], y + h),
            min(self.array.shape[1], x + w),
        )


def _texts(labels: int | Sequence[str]) -> Sequence[str]:
    return [str(i) for i in range(labels)] if isinstance(labels, int) else labels
