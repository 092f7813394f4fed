"""What a finished picture is: palette indices and the palette, ready to be encoded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from gameqa.drawing import png
from gameqa.errors import GameQAError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE = 896
"""The longest side of any picture, in pixels."""

MIN_PIXELS = 448 * 448
"""How many pixels a picture has at least, unless asked otherwise."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as (H, W) uint8 ``indices`` into an (n, 3) uint8 ``palette``, n <= 256.

    ``is_upright`` chooses how it is compressed, see ``png.encode``; the pixels are the same.
    """

    indices: npt.NDArray[np.uint8]
    palette: npt.NDArray[np.uint8]
    is_upright: bool = True

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.indices.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.indices.shape[0])

    @property
    def size(self) -> tuple[int, int]:
        """(width, height), as Pillow has it."""
        return self.width, self.height

    def png(self) -> bytes:
        """The picture as a PNG file."""
        return png.encode(self.indices, self.palette, self.is_upright)

    def rgb(self) -> npt.NDArray[np.uint8]:
        """The picture as (H, W, 3) uint8."""
        return self.palette[self.indices]

    def image(self) -> Image:
        """The picture as a Pillow image of mode P."""
        import PIL.Image  # here, because nothing else needs Pillow

        image = PIL.Image.fromarray(np.ascontiguousarray(self.indices))
        image.putpalette(self.palette.tobytes())  # makes mode L into P, same pixels
        return image

    def digest(self) -> str:
        """A fingerprint of shape and RGB pixels: the same whatever the palette's order."""
        shape = f"{self.height}x{self.width}".encode()
        return blake2b(shape + self.rgb().tobytes(), digest_size=16).hexdigest()

    def padded(self, min_pixels: int = MIN_PIXELS, background_index: int = 0) -> Picture:
        """The picture centred on a canvas of at least ``min_pixels`` pixels.

        The shorter side grows first, towards a square; the picture itself is not scaled, and is
        returned as it is when large enough. Raises GameQAError when a side would pass MAX_SIDE.
        """
        width, height = self.size
        if width * height >= min_pixels:
            return self
        side = math.isqrt(min_pixels - 1) + 1
        if width >= side:
            height = max(height, -(-min_pixels // width))
        elif height >= side:
            width = max(width, -(-min_pixels // height))
        else:
            width = height = side
        if max(width, height) > MAX_SIDE:
            raise GameQAError(
                f"a {self.width}x{self.height} picture cannot be padded to {min_pixels} pixels "
                f"with sides of at most {MAX_SIDE}"
            )
        canvas = np.full((height, width), background_index, np.uint8)
        top, left = (height - self.height) // 2, (width - self.width) // 2
        canvas[top : top + self.height, left : left + self.width] = self.indices
        return Picture(canvas, self.palette, self.is_upright)
