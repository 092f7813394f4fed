"""Drawing: fast, handsome, reproducible pictures. Knows no game.

A game builds a *theme* once per (style, size) with ``functools.lru_cache``: a frozen ``Palette``
and tiles painted with ``Painter``. A picture is then a ``Canvas`` onto which tiles and labels are
copied as palette indices, which takes well under a millisecond.
"""

from gameqa.drawing.canvas import Canvas
from gameqa.drawing.colour import (
    NAMED,
    RGB,
    cielab_distance,
    contrast_ratio,
    darker,
    lighter,
    luminance,
    mix,
    simulate_deuteranopia,
)
from gameqa.drawing.coverage import (
    SHADES,
    circle_coverage,
    circle_points,
    line_coverage,
    polygon_coverage,
    rect_coverage,
)
from gameqa.drawing.font import FACES, MIN_TEXT, descent, text_mask, text_width
from gameqa.drawing.layout import ANCHORS, anchored, fit_cell, label_height, label_room
from gameqa.drawing.palette import Palette
from gameqa.drawing.picture import MAX_SIDE, MIN_PIXELS, Picture
from gameqa.drawing.png import encoder_name
from gameqa.drawing.shapes import Painter
from gameqa.drawing.space import Camera, Faces, facing, fill_convex, painter_order
from gameqa.drawing.styles import STYLES, VARIANTS, Style, resolve, variant

__all__ = [
    "ANCHORS",
    "FACES",
    "MAX_SIDE",
    "MIN_PIXELS",
    "MIN_TEXT",
    "NAMED",
    "RGB",
    "SHADES",
    "STYLES",
    "VARIANTS",
    "Camera",
    "Canvas",
    "Faces",
    "Painter",
    "Palette",
    "Picture",
    "Style",
    "anchored",
    "cielab_distance",
    "circle_coverage",
    "circle_points",
    "contrast_ratio",
    "darker",
    "descent",
    "encoder_name",
    "facing",
    "fill_convex",
    "fit_cell",
    "label_height",
    "label_room",
    "lighter",
    "line_coverage",
    "luminance",
    "mix",
    "painter_order",
    "polygon_coverage",
    "rect_coverage",
    "resolve",
    "simulate_deuteranopia",
    "text_mask",
    "text_width",
    "variant",
]
