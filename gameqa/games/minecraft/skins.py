"""What blocks and ground look like: colours, and textures painted with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from gameqa.drawing import RGB, Painter, Style, darker, lighter, resolve
from gameqa.drawing.blocks import SHADING, Codes, Inks, Skin

GROUNDS: tuple[RGB, ...] = ((126, 176, 92), (206, 186, 128), (158, 178, 120))
PLAINS: tuple[RGB, ...] = ((122, 104, 196), (60, 124, 158), (232, 232, 226), (176, 92, 140))

_SIDE = 60  # pixels of a texture


def colours(style: Style, look: tuple[int, int]) -> dict[str, RGB]:
    """The colours of a style; kinds keep theirs, because questions describe them."""

    def named(rgb: RGB) -> RGB:
        return style.shade(darker(rgb, 0.12) if style.dark else rgb)

    grass = style.tone(GROUNDS[look[0]])
    grass = darker(grass, 0.42) if style.dark else grass
    return {
        "sky": style.tone(style.pick((222, 236, 247), (26, 32, 48))),
        "ink": style.ink,
        "edge": (22, 24, 30),
        "grass": grass,
        "grid": darker(grass, 0.22) if not style.dark else lighter(grass, 0.2),
        "dirt": style.tone(style.pick((142, 106, 74), (84, 64, 50))),
        "water": named((64, 132, 220)),
        "foam": named((178, 216, 248)),
        "shore": style.pick((92, 72, 50), (24, 20, 18)),
        "lava": named((238, 104, 22)),
        "glow": named((255, 220, 74)),
        "red": named((222, 36, 40)),
        "brick": named((170, 84, 66)),
        "mortar": named((222, 206, 190)),
        "stone": named((140, 142, 146)),
        "gold": named((252, 214, 58)),
        "diamond": named((122, 236, 244)),
        "tnt": named((212, 46, 40)),
        "white": named((248, 248, 244)),
        "black": (24, 24, 28),
        "pumpkin": named((240, 140, 32)),
        "rib": named((196, 98, 16)),
        "stem": named((76, 108, 44)),
        "wood": named((150, 104, 56)),
        "rung": named((198, 152, 92)),
        "plain": style.shade(darker(PLAINS[look[1]], 0.1) if style.dark else PLAINS[look[1]]),
        "shirt": style.tone((40, 120, 190)),
        "trousers": style.tone((58, 62, 96)),
        "skin": (236, 190, 150),
        "hair": (70, 46, 34),
    }


_FACES = ("top", "left", "right")
_SOLID = (
    *("brick", "mortar", "stone", "gold", "diamond", "tnt", "white", "black", "pumpkin", "rib"),
    *("stem", "wood", "rung", "plain", "shirt", "trousers", "skin", "hair", "dirt", "water"),
)
_FLAT = ("sky", "ink", "edge", "grass", "grid", "foam", "shore", "lava", "glow", "red")
_BLENDS = (
    *(("brick", "mortar"), ("stone", "gold"), ("stone", "diamond"), ("tnt", "white")),
    *(("white", "black"), ("pumpkin", "rib"), ("stone", "wood"), ("plain", "rung")),
    *(("plain", "wood"), ("stone", "rung")),
)


@lru_cache(maxsize=1)
def inks() -> tuple[Inks, dict[str, int]]:
    """The inks of every scene, and the codes of the flat colours and of the shaded ones."""
    made = Inks(colours(Style(), (0, 0)), colours(resolve("dark"), (1, 2)))
    code = {name: made.ink(name) for name in _FLAT}
    for name in _SOLID:
        for face, shade in zip(_FACES, SHADING, strict=True):
            code[f"{name}.{face}"] = made.ink(name, shade)
    for first, last in _BLENDS:
        for face in _FACES:
            made.blend(code[f"{first}.{face}"], code[f"{last}.{face}"], 0.5)
    for first, last in (("grass", "grid"), ("lava", "glow"), ("water.top", "foam")):
        made.blend(code[first], code[last], 0.5)
    made.ramp(code["sky"], code["ink"])
    made.freeze(code["edge"])
    return made, code


@lru_cache(maxsize=1)
def axis_ramp() -> Codes:
    """The inks of the numbers beside the ground."""
    code = inks()[1]
    return inks()[0].ramp(code["sky"], code["ink"])


def plain_skin(name: str) -> Skin:
    """One colour on all faces."""
    code = inks()[1]
    return Skin(*(code[f"{name}.{face}"] for face in _FACES))


@lru_cache(maxsize=32)
def skin(kind: str) -> Skin:
    """The skin of a kind of block; ``"+ladder"`` at the end of a name adds a ladder."""
    base, _, extra = kind.partition("+")
    if base == "plain" and not extra:
        return plain_skin("plain")

    def painted(face: str, table: Codes) -> Codes:
        def colour(name: str) -> RGB:
            return _rgb(table, f"{name}.{face}")

        painter = Painter(_SIDE, _SIDE, colour(base if base in ("plain", "stone") else "stone"))
        _PAINTS[base](painter, colour, face)
        if extra and face != "top":
            _paint_ladder(painter, colour)
        return painter.rgb

    return Skin(*(_in_all_looks(partial(painted, face)) for face in _FACES))


@lru_cache(maxsize=4)
def ground_texture(kind: str) -> Codes:
    """The texture of a water or lava cell."""

    def painted(table: Codes) -> Codes:
        painter = Painter(_SIDE, _SIDE, _rgb(table, "water.top" if kind == "water" else "lava"))
        if kind == "water":
            for y, x in ((14, 8), (30, 28), (46, 10)):
                wave = [(x, y), (x + 7, y - 4), (x + 14, y), (x + 21, y - 4), (x + 27, y)]
                painter.line(wave, 2.4, _rgb(table, "foam"))
        else:
            for x, y, radius in ((16, 18, 9), (42, 38, 11), (40, 12, 5), (16, 46, 6)):
                painter.circle(x, y, radius, _rgb(table, "glow"))
        return painter.rgb

    return _in_all_looks(painted)


def _in_all_looks(painted: Callable[[Codes], Codes]) -> Codes:
    """Return the codes of a texture that is painted with each look's colours."""
    made = inks()[0]
    return made.nearest([painted(table) for table in made.tables])


def _rgb(table: Codes, name: str) -> RGB:
    r, g, b = (int(part) for part in table[inks()[1][name]])
    return r, g, b


def _paint_brick(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    painter.fill(colour("mortar"))
    for course in range(4):
        offset = -15 if course % 2 else 0
        for i in range(3):
            painter.rect(offset + i * 30 + 1.5, course * 15 + 1.5, 27, 12, colour("brick"))


def _paint_gold(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    painter.fill(colour("stone"))
    for x, y, r in ((16, 16, 7), (42, 13, 5), (32, 33, 8), (13, 45, 5), (48, 46, 7)):
        painter.circle(x, y, r, colour("gold"))


def _paint_diamond(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    painter.fill(colour("stone"))
    for x, y, r in ((15, 17, 10), (44, 15, 8), (31, 36, 11), (11, 47, 7), (50, 48, 9)):
        corners = [(x, y - r), (x + r * 0.75, y), (x, y + r), (x - r * 0.75, y)]
        painter.polygon(corners, colour("diamond"))


def _paint_tnt(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    painter.fill(colour("tnt"))
    if face == "top":
        for x in (15, 30, 45):
            for y in (15, 30, 45):
                painter.circle(x, y, 4.5, colour("white"))
    else:
        painter.rect(0, 17, 60, 26, colour("white"))
        painter.text("TNT", 30, 30, 20, colour("black"), "center", "bold")


def _paint_pumpkin(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    painter.fill(colour("pumpkin"))
    for x in (10, 23, 37, 50):
        painter.line([(x, 0), (x, 60)], 3.5, colour("rib"))
    if face == "top":
        painter.circle(30, 30, 10, colour("stem"))


def _paint_nothing(painter: Painter, colour: Callable[[str], RGB], face: str) -> None:
    pass


def _paint_ladder(painter: Painter, colour: Callable[[str], RGB]) -> None:
    for y in (7, 22, 37, 52):
        painter.rect(12, y, 36, 6, colour("rung"))
    for x in (10, 43):
        painter.rect(x, 0, 7, 60, colour("wood"))


_PAINTS: dict[str, Callable[[Painter, Callable[[str], RGB], str], None]] = {
    "brick": _paint_brick,
    "gold_ore": _paint_gold,
    "diamond_ore": _paint_diamond,
    "tnt": _paint_tnt,
    "pumpkin": _paint_pumpkin,
    "stone": _paint_nothing,
    "plain": _paint_nothing,
}
