"""What a picture looks like apart from its content: ground, ink, sizes, face and tint.

A style never decides what is visible or what things are called. Styles are frozen and hashable
and there are finitely many (2 + 48 variants), so themes can be cached by them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Protocol, SupportsInt

from gameqa.drawing.colour import RGB, mix, rotate_hue
from gameqa.drawing.coverage import snap
from gameqa.drawing.font import MIN_TEXT
from gameqa.drawing.picture import MIN_PIXELS
from gameqa.errors import GameQAError, unknown

STYLES = ("classic", "dark", "varied")
VARIANTS = 48
"""How many looks `varied` has."""


class Integers(Protocol):
    """What ``resolve`` needs of a random generator; NumPy's Generator has it."""

    def integers(self, low: int, high: int) -> SupportsInt:
        """An integer from ``low`` to ``high - 1``."""
        ...


@dataclass(frozen=True)
class Style:
    """One look. Make them with ``resolve``; ``scaled`` and ``sized`` give variations."""

    name: str = "classic"
    dark: bool = False
    variant: int = -1
    scale: float = 1.0
    face: str = "regular"
    hue: int = 0
    saturation: float = 1.0
    lift: float = 0.0
    margin_factor: float = 1.0
    min_pixels: int = MIN_PIXELS

    def px(self, length: float) -> int:
        """A design length in whole pixels, at least 1."""
        return max(1, math.floor(length * self.scale + 0.5))

    def text_px(self, length: float) -> int:
        """A design text height in whole pixels, at least MIN_TEXT."""
        return max(MIN_TEXT, self.px(length))

    def scaled(self, factor: float) -> Style:
        """The same look with all lengths times ``factor``."""
        return replace(self, scale=round(self.scale * factor, 4))

    def sized(self, min_pixels: int) -> Style:
        """The same look for pictures of at least ``min_pixels`` pixels."""
        return replace(self, min_pixels=min_pixels)

    def pick(self, light_rgb: RGB, dark_rgb: RGB) -> RGB:
        """The first colour on a light ground, the second on a dark one."""
        return dark_rgb if self.dark else light_rgb

    def tone(self, rgb: RGB) -> RGB:
        """A decorative colour in this look: hue turned, saturation changed, luma kept."""
        if not self.hue and self.saturation == 1.0:
            return rgb
        angle = math.radians(self.hue)
        return rotate_hue(rgb, snap(math.cos(angle)), snap(math.sin(angle)), self.saturation)

    def shade(self, rgb: RGB) -> RGB:
        """A colour that a question names: only a little lighter or darker, never another hue."""
        if self.lift >= 0:
            return mix(rgb, (255, 255, 255), self.lift)
        return mix(rgb, (0, 0, 0), -self.lift)

    @property
    def background(self) -> RGB:
        """The picture's ground."""
        return self.tone(self.pick((250, 247, 241), (28, 32, 42)))

    @property
    def panel(self) -> RGB:
        """The ground of boards and boxes; ink is readable on it as well."""
        return self.tone(self.pick((238, 232, 220), (42, 48, 62)))

    @property
    def ink(self) -> RGB:
        """Text and important lines: at least 7:1 against background and panel."""
        return self.tone(self.pick((33, 38, 50), (240, 240, 234)))

    @property
    def muted(self) -> RGB:
        """Secondary text, such as index labels: at least 4.5:1 against background and panel."""
        return self.tone(self.pick((86, 92, 104), (176, 182, 194)))

    @property
    def line(self) -> RGB:
        """Grid lines and frames of no importance."""
        return self.tone(self.pick((198, 190, 175), (78, 86, 104)))

    @property
    def accent(self) -> RGB:
        """Something to catch the eye without a meaning of its own."""
        return self.tone(self.pick((38, 96, 190), (110, 168, 255)))

    @property
    def margin(self) -> int:
        """Pixels of air around a board."""
        return self.px(24 * self.margin_factor)


def variant(number: int) -> Style:
    """One of the looks of `varied`, 0 to VARIANTS - 1."""
    if not 0 <= number < VARIANTS:
        raise GameQAError(f"variant {number} is not one of 0 to {VARIANTS - 1}")
    # Each knob walks through its values at its own pace, so that no two go together; 29, 19 and
    # 35 have no divisor in common with 48, so their walks take in every step.
    return Style(
        name="varied",
        dark=number % 2 == 1,
        variant=number,
        scale=round(0.9 + 0.25 * (number * 29 % VARIANTS) / (VARIANTS - 1), 3),
        face=("regular", "bold", "condensed", "slanted")[number // 2 % 4],
        hue=number * 137 % 360,
        saturation=(1.0, 1.25, 0.8)[number // 8 % 3],
        lift=(-0.06, -0.03, 0.0, 0.03, 0.06)[number * 35 % VARIANTS % 5],
        margin_factor=round(0.7 + 0.7 * (number * 19 % VARIANTS) / (VARIANTS - 1), 3),
    )


def resolve(name: str, rng: Integers | None = None) -> Style:
    """The style of that name; `varied` draws its variant from ``rng`` (one number).

    Raises GameQAError for an unknown name, and for `varied` without a generator.
    """
    if name == "classic":
        return Style()
    if name == "dark":
        return Style(name="dark", dark=True)
    if name == "varied":
        if rng is None:
            raise GameQAError("the style 'varied' needs a random generator")
        return variant(int(rng.integers(0, VARIANTS)))
    raise unknown("style", name, STYLES)
