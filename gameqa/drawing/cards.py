"""Playing cards as pixels: faces, backs, empty places, and piles fanned downwards.

A `CardSet` holds every tile of one card width in one style, painted once; a table of 52 cards is
then some fifty array copies. A covered card shows its uppermost strip, `CardSet.strip` pixels at
least, and rank and suit both stand inside it. Faces are light in every style; suits differ in
shape, and the red ones in lightness too, so that nothing hangs on hue alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.cards import DECK, RANKS, SUITS, Card
from gameqa.drawing.canvas import Canvas
from gameqa.drawing.colour import RGB, darker, lighter, mix
from gameqa.drawing.coverage import circle_points
from gameqa.drawing.font import MIN_TEXT, text_mask, text_width
from gameqa.drawing.palette import Palette
from gameqa.drawing.shapes import Painter
from gameqa.drawing.styles import Style

Tile = npt.NDArray[np.uint8]

SUIT_SIGNS = {
    "S": "\N{BLACK SPADE SUIT}",
    "H": "\N{BLACK HEART SUIT}",
    "D": "\N{BLACK DIAMOND SUIT}",
    "C": "\N{BLACK CLUB SUIT}",
}

SUIT_INKS: dict[str, RGB] = {
    "S": (20, 22, 30),
    "H": (206, 22, 44),
    "D": (214, 64, 10),
    "C": (12, 70, 42),
}
"""Ink of each suit on a face: two plainly red ones, two nearly black ones."""

_CLASSIC_INKS = {**SUIT_INKS, "D": SUIT_INKS["H"], "C": SUIT_INKS["S"]}

_PIPS: dict[int, tuple[tuple[float, float], ...]] = {
    2: ((0.5, 0), (0.5, 1)),
    3: ((0.5, 0), (0.5, 0.5), (0.5, 1)),
    4: ((0, 0), (1, 0), (0, 1), (1, 1)),
    5: ((0, 0), (1, 0), (0.5, 0.5), (0, 1), (1, 1)),
    6: ((0, 0), (1, 0), (0, 0.5), (1, 0.5), (0, 1), (1, 1)),
    7: ((0, 0), (1, 0), (0.5, 0.25), (0, 0.5), (1, 0.5), (0, 1), (1, 1)),
    8: ((0, 0), (1, 0), (0.5, 0.25), (0, 0.5), (1, 0.5), (0.5, 0.75), (0, 1), (1, 1)),
    9: (*((x, y / 3) for y in range(4) for x in (0, 1)), (0.5, 0.5)),
    10: (*((x, y / 3) for y in range(4) for x in (0, 1)), (0.5, 1 / 6), (0.5, 5 / 6)),
}
"""Where the pips of a number card stand, as shares of the pip field."""

_BACKS: tuple[RGB, ...] = ((44, 82, 160), (150, 38, 54), (24, 108, 92), (96, 60, 140))


@dataclass(frozen=True)
class CardSet:
    """All tiles of cards of one width in one style.

    Attributes:
        palette: the finished table of colours; index 0 is the table's.
        width, height: of a card, in pixels.
        strip: the least height of the visible part of a covered card.
        table: palette index of the table.
        labels: ramp from the table to the ink of labels on it.
        muted: the same for labels of less weight.
    """

    palette: npt.NDArray[np.uint8]
    width: int
    height: int
    strip: int
    table: int
    labels: npt.NDArray[np.uint8]
    muted: npt.NDArray[np.uint8]
    faces: Mapping[Card, Tile]
    back: Tile
    places: Mapping[str, Tile]
    badges: Mapping[str, Tile]
    corners: Mapping[tuple[str, str], tuple[Tile, npt.NDArray[np.bool_]]]
    _laid: dict[tuple[str, Card | None], Tile] = field(default_factory=dict, repr=False)

    def canvas(self, height: int, width: int) -> Canvas:
        """Return an empty table."""
        return Canvas(height, width, self.table, self.palette)

    def card(self, canvas: Canvas, card: Card | None, x: int, y: int) -> None:
        """Lay one card on the table; None is a card that lies face down."""
        canvas.paste(self.back if card is None else self.faces[card], x, y)

    def place(self, canvas: Canvas, x: int, y: int, suit: str = "") -> None:
        """Draw an empty place, with a faint suit where only that suit may go."""
        canvas.paste(self.places[suit], x, y)

    def badge(self, canvas: Canvas, suit: str, x: int, y: int) -> None:
        """Draw a whole suit, king to ace, as one card."""
        canvas.paste(self.badges[suit], x, y)

    def fan(
        self,
        canvas: Canvas,
        cards: Sequence[Card | None],
        x: int,
        y: int,
        step: int,
        back_step: int = 0,
    ) -> None:
        """Lay a pile downwards, the first card farthest back.

        Args:
            canvas: the table.
            cards: the pile; None is a card that lies face down.
            x: left edge.
            y: upper edge of the first card.
            step: how much of a covered face is seen, at least `strip`.
            back_step: how much of a covered back is seen.
        """
        under = ""
        last = len(cards) - 1
        tops = self.tops(cards, y, step, back_step)
        for number, (card, top) in enumerate(zip(cards, tops, strict=True)):
            tile = self.over(under, card)
            if number < last:
                # The next card covers the rest.
                tile = tile[: step if card else back_step]
            canvas.paste(tile, x, top)
            under = "face" if card else "back"

    def over(self, under: str, card: Card | None) -> Tile:
        """Return the tile of a card that lies over the table, a ``face`` or a ``back``."""
        tile = self.back if card is None else self.faces[card]
        if not under:
            return tile
        key = under, card
        found = self._laid.get(key)
        if found is None:
            # The corners of a card are rounded: through them the card below is seen.
            corners, mask = self.corners["face" if card else "back", under]
            found = tile.copy()
            found[: len(mask)][mask] = corners[mask]
            self._laid[key] = found
        return found

    def tops(
        self, cards: Sequence[Card | None], y: int, step: int, back_step: int = 0
    ) -> Iterator[int]:
        """Yield the upper edge of every card of a pile laid by `fan`."""
        for card in cards:
            yield y
            y += step if card else back_step

    def fan_height(self, cards: Sequence[Card | None], step: int, back_step: int = 0) -> int:
        """Return how high `fan` draws a pile."""
        *_, top = 0, *self.tops(cards, 0, step, back_step)
        return top + self.height


def index_height(width: int) -> int:
    """Return the height of ranks and suits in the corner of a card of that width."""
    return max(MIN_TEXT, round(width * 0.225))


@lru_cache(maxsize=128)
def card_set(style: Style, width: int) -> CardSet:
    """Paint all cards of a width (60 to 90 px are meant) in a style."""
    palette = Palette()
    table = _table(style)
    ink = (250, 250, 246) if _is_felt(style) else style.ink
    index = palette.index(table)
    labels = palette.ramp(table, ink)
    muted = palette.ramp(table, mix(table, ink, 0.78))
    easel = _Easel(style, palette, width, table, ink)
    return CardSet(
        faces={card: easel.face(card) for card in DECK},
        back=easel.back,
        places={suit: easel.place(suit) for suit in ("", *SUITS)},
        badges={suit: easel.badge(suit) for suit in SUITS},
        corners=easel.corners(),
        palette=palette.freeze(),
        width=width,
        height=easel.height,
        strip=easel.strip,
        table=index,
        labels=labels,
        muted=muted,
    )


def _is_felt(style: Style) -> bool:
    """Whether the table is felt rather than the style's plain ground."""
    return style.variant < 0 or style.variant % 3 > 0


def _table(style: Style) -> RGB:
    if not _is_felt(style):
        return style.pick(style.tone((226, 222, 210)), style.background)
    return style.tone(style.pick((24, 94, 66), (22, 46, 46)))


class _Easel:
    """Paints the tiles of one card set; base tiles by shapes, everything on them by glyphs."""

    def __init__(self, style: Style, palette: Palette, width: int, table: RGB, ink: RGB) -> None:
        self.palette = palette
        self.width, self.height = width, round(width * 1.4)
        self.index = index_height(width)
        self.strip = self.index + 10
        self.font = "bold" if style.face in ("regular", "bold") else style.face
        # One large suit sign instead of as many pips as the rank: the most legible face.
        self.large_pips = style.variant < 0 or style.variant % 4 == 3
        self.radius = max(4, width // 12)
        self.table, self.ink = table, ink
        self.paper = style.pick((252, 251, 247), (232, 231, 224))
        self.edge = darker(self.paper, 0.55)
        four_colours = style.variant < 0 or style.variant % 3 != 1
        inks = SUIT_INKS if four_colours else _CLASSIC_INKS
        self.inks = {suit: palette.ramp(self.paper, inks[suit]) for suit in SUITS}
        self.court_paper = {suit: mix(self.paper, inks[suit], 0.10) for suit in SUITS}
        self.court_inks = {suit: palette.ramp(self.court_paper[suit], inks[suit]) for suit in SUITS}
        self.back_colour = style.tone(_BACKS[max(0, style.variant) // 5 % len(_BACKS)])
        self.back_pattern = max(0, style.variant) // 2 % 3
        self.place_ground = mix(table, ink, 0.07)
        self.empty = self._place()
        self.blank = self._sheet(self.paper).indices(palette)
        self.courts = {suit: self._court(suit) for suit in SUITS}
        self.back = self._back().indices(palette)

    def face(self, card: Card) -> Tile:
        is_court = card.rank > 10
        canvas = Canvas.over(self.courts[card.suit] if is_court else self.blank, self._table_rgb())
        self._corner(canvas, RANKS[card.rank - 1], card.suit)
        sign, ramp = SUIT_SIGNS[card.suit], self.inks[card.suit]
        middle = (self.strip + self.height - self.radius) / 2
        if is_court:
            size = round(self.width * 0.34)
            ramp = self.court_inks[card.suit]
            letter = RANKS[card.rank - 1]
            half = size * 0.12
            canvas.label(letter, self.width / 2, middle - half, size, ramp, "bottom", "bold")
            canvas.label(sign, self.width / 2, middle + half, round(size * 0.8), ramp, "top")
        elif card.rank in _PIPS and not self.large_pips:
            self._pips(canvas, card)
        else:
            canvas.label(sign, self.width / 2, middle, round(self.width * 0.5), ramp)
        return canvas.array

    def badge(self, suit: str) -> Tile:
        canvas = Canvas.over(self.courts[suit], self._table_rgb())
        self._corner(canvas, "K", suit)
        ramp = self.court_inks[suit]
        middle = (self.strip + self.height - self.radius) / 2
        size = self.index
        canvas.label("K\N{EN DASH}A", self.width / 2, middle - 2, size, ramp, "bottom", "bold")
        canvas.label(SUIT_SIGNS[suit], self.width / 2, middle + 4, round(size * 1.3), ramp, "top")
        return canvas.array

    def place(self, suit: str) -> Tile:
        painter = Painter(self.height, self.width, self.table)
        painter.rgb[...] = self.empty
        if suit:
            shade = mix(self.place_ground, self.ink, 0.5)
            size = round(self.width * 0.5)
            painter.text(SUIT_SIGNS[suit], self.width / 2, self.height / 2, size, shade)
        return painter.indices(self.palette)

    def _place(self) -> npt.NDArray[np.uint8]:
        """Paint an empty place without a suit."""
        line = mix(self.table, self.ink, 0.62)
        w, h, r = self.width, self.height, self.radius
        painter = Painter(h, w, self.table)
        painter.rounded_rect(1, 1, w - 2, h - 2, r, self.place_ground)
        for dash in _dashes(w, h, r + 1.0):
            painter.line(dash, 2, line)
        return painter.rgb

    def corners(self) -> dict[tuple[str, str], tuple[Tile, npt.NDArray[np.bool_]]]:
        """Return the upper rows of a face or back over another one, and where its corners are."""
        found = {}
        for name, fill in (("face", self.paper), ("back", self._rim())):
            alone = self._sheet(fill).rgb[: self.radius]
            for under, ground in (("face", self.paper), ("back", self._rim())):
                painter = Painter(self.height, self.width, ground)
                painter.rect(0, 0, 1, self.height, self.edge)
                painter.rect(self.width - 1, 0, 1, self.height, self.edge)
                tile = self._sheet(fill, painter)
                # What depends on the ground is outside the card, or half so.
                mask = (tile.rgb[: self.radius] != alone).any(axis=2)
                found[name, under] = tile.indices(self.palette)[: self.radius].copy(), mask
        return found

    def _table_rgb(self) -> npt.NDArray[np.uint8]:
        return self.palette.rgb

    def _sheet(self, fill: RGB, painter: Painter | None = None) -> Painter:
        painter = painter or Painter(self.height, self.width, self.table)
        return painter.rounded_rect(
            0, 0, self.width, self.height, self.radius, fill, self.edge, 1.0
        )

    def _corner(self, canvas: Canvas, rank: str, suit: str) -> None:
        x, y = max(4, self.width // 14), (self.strip - self.index) // 2
        ramp = self.inks[suit]
        canvas.label(rank, x, y, self.index, ramp, "topleft", self.font)
        across = x + text_width(rank, self.index, self.font)
        canvas.label(SUIT_SIGNS[suit], across, y, self.index, ramp, "topleft")

    def _pips(self, canvas: Canvas, card: Card) -> None:
        size = round(self.width * 0.19)
        ramp = self.inks[card.suit]
        upright = text_mask(SUIT_SIGNS[card.suit], size)[:size]
        # Symmetric columns: a glyph's side bearings need not be equal.
        inked = np.flatnonzero(upright.max(axis=0))
        upright = upright[:, inked[0] : inked[-1] + 1]
        left, right = self.width * 0.26, self.width * 0.74
        top, bottom = self.strip + size * 0.5 + 1, self.height - self.radius - size * 0.5
        for px, py in _PIPS[card.rank]:
            mask = upright if py <= 0.5 else upright[::-1]
            x = round(left + (right - left) * px - mask.shape[1] / 2)
            y = round(top + (bottom - top) * py - size / 2)
            canvas.paste_masked(ramp[mask], mask > 0, x, y)

    def _court(self, suit: str) -> Tile:
        painter = self._sheet(self.paper)
        x, y = round(self.width * 0.15), self.strip
        w, h = self.width - 2 * x, self.height - y - self.radius + 1
        ink = mix(self.paper, self.court_paper[suit], 4.0)
        painter.rounded_rect(x, y, w, h, 3, self.court_paper[suit], ink, 1.0)
        return painter.indices(self.palette)

    def _rim(self) -> RGB:
        return lighter(self.back_colour, 0.82)

    def _back(self) -> Painter:
        painter = self._sheet(self._rim())
        w, h = self.width, self.height
        rim = 3
        inside = Painter(h - 2 * rim, w - 2 * rim, self.back_colour)
        light = mix(self.back_colour, self._rim(), 0.45)
        self._pattern(inside, light)
        mask = Painter(h - 2 * rim, w - 2 * rim, (0, 0, 0))
        mask.rounded_rect(0, 0, mask.width, mask.height, max(2, self.radius - rim), (255, 255, 255))
        whole = mask.rgb[..., 0] > 127
        place = painter.rgb[rim : h - rim, rim : w - rim]
        place[whole] = inside.rgb[whole]
        return painter

    def _pattern(self, painter: Painter, light: RGB) -> None:
        w, h = painter.width, painter.height
        pitch = max(7.0, w / 8)
        if self.back_pattern == 0:
            for i in range(-int(h / pitch) - 1, int(w / pitch) + 2):
                painter.line([(i * pitch, 0), (i * pitch + h, h)], 1.2, light)
                painter.line([(i * pitch + h, 0), (i * pitch, h)], 1.2, light)
        elif self.back_pattern == 1:
            rows, cols = round(h / pitch), round(w / pitch)
            for r in range(rows):
                for c in range(cols):
                    x, y = (c + 0.5 + r % 2 / 2) * w / cols, (r + 0.5) * h / rows
                    painter.circle(x, y, 1.9, light)
        else:
            for i in range(-1, int(h / pitch) + 2):
                points = [(x, i * pitch + (pitch / 2) * (k % 2)) for k, x in _steps(w, pitch / 2)]
                painter.line(points, 1.4, light)


def _steps(width: int, pitch: float) -> Iterator[tuple[int, float]]:
    for k in range(int(width / pitch) + 2):
        yield k, k * pitch


def _dashes(w: int, h: int, r: float) -> Iterator[list[tuple[float, float]]]:
    """Yield the dashes of a card's outline; the round corners are dashes of their own."""
    low, right, bottom = 2.0, w - 2.0, h - 2.0
    for cx, cy, start in (
        (low + r, low + r, 180.0),
        (right - r, low + r, 270.0),
        (right - r, bottom - r, 0.0),
        (low + r, bottom - r, 90.0),
    ):
        yield circle_points(cx, cy, r, start, start + 90)
    for length, horizontal in ((w - 4 - 2 * r, True), (h - 4 - 2 * r, False)):
        count = max(2, round(length / 11))
        pitch = length / count
        for i in range(count):
            a = low + r + (i + 0.28) * pitch
            b = a + pitch * 0.44
            for side in (low, bottom if horizontal else right):
                yield [(a, side), (b, side)] if horizontal else [(side, a), (side, b)]
