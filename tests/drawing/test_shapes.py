"""Coverage, painted tiles and solids."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gameqa.drawing import (
    SHADES,
    Camera,
    Faces,
    Painter,
    Palette,
    circle_coverage,
    circle_points,
    facing,
    fill_convex,
    line_coverage,
    painter_order,
    polygon_coverage,
    rect_coverage,
)
from gameqa.errors import GameQAError

STAR = [
    (
        20 + (18 if i % 2 else 8) * math.cos(i * math.pi / 5),
        21 + (18 if i % 2 else 8) * math.sin(i * math.pi / 5),
    )
    for i in range(10)
]
QUAD = [(3.2, 5.7), (36.1, 2.4), (39.9, 30.0), (7.5, 38.8)]


def inside(x: float, y: float, points: list[tuple[float, float]]) -> bool:
    odd = False
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


@pytest.mark.parametrize(
    "points", [STAR, QUAD, QUAD[::-1], [(-9.0, 4.0), (60.0, 9.0), (5.0, 70.0)]]
)
def test_polygon_coverage_against_brute_force(points: list[tuple[float, float]]) -> None:
    """Catches wrong crossings, clipping and winding by sampling 8 x 8 points a pixel."""
    got = polygon_coverage(42, 43, points)
    for row in range(0, 42, 2):
        for col in range(0, 43, 2):
            hits = sum(
                inside(col + (i + 0.5) / 8, row + (j + 0.5) / 8, points)
                for i in range(8)
                for j in range(8)
            )
            assert abs(int(got[row, col]) - hits / 64 * SHADES) <= 1.3


def test_areas() -> None:
    """Catches shapes that are too fat or too thin."""
    assert circle_coverage(60, 60, 30, 29.5, 20).sum() / SHADES == pytest.approx(
        math.pi * 400, rel=0.01
    )
    assert line_coverage(40, 60, [(10, 20), (50, 20)], 6).sum() / SHADES == pytest.approx(
        240 + math.pi * 9, rel=0.02
    )
    exact = rect_coverage(10, 10, 2.5, 3, 4, 2)
    assert exact[3].tolist() == [0, 0, 3, 6, 6, 6, 3, 0, 0, 0]
    assert exact.sum() == 8 * SHADES


@pytest.mark.parametrize("points", [QUAD, QUAD[::-1], [(10.0, -5.0), (60.0, 20.0), (10.0, 45.0)]])
def test_fill_convex_against_brute_force(points: list[tuple[float, float]]) -> None:
    """Catches scanlines that are off by a pixel, either way round and when clipped."""
    array = np.zeros((40, 41), np.int32)
    fill_convex(array, points, 7)
    for row in range(40):
        for col in range(41):
            assert (array[row, col] == 7) == inside(col + 0.5, row + 0.5, points)


def test_neighbours_share_no_pixel_and_leave_no_gap() -> None:
    """Catches cracks and overlaps along a shared edge."""
    a, b, c, d = (2.0, 2.0), (30.5, 4.5), (28.5, 33.5), (4.5, 30.5)
    count = np.zeros((40, 40), np.int64)
    whole = np.zeros((40, 40), np.int64)
    fill_convex(whole, [a, b, c, d], 1)
    for triangle in ([a, b, c], [a, c, d]):
        part = np.zeros((40, 40), np.int64)
        fill_convex(part, triangle, 1)
        count += part
    assert (count == whole).all()


def test_painter_uses_few_colours_and_keeps_exact_fills() -> None:
    """Catches anti-aliasing that eats the palette and fills that are off by one."""
    painter = Painter(60, 60, (240, 240, 240)).circle(30, 30, 20, (200, 30, 30))
    palette = Palette()
    tile = painter.indices(palette)
    assert len(palette) == SHADES + 1
    assert palette.rgb[tile[30, 30]].tolist() == [200, 30, 30]
    assert palette.rgb[tile[0, 0]].tolist() == [240, 240, 240]
    assert painter.touched[30, 30]
    assert not painter.touched[2, 2]


def test_every_shape_paints_where_it_should() -> None:
    """Catches swapped x and y, lost outlines, and errors for shapes that stick out."""
    ink, rim = (10, 20, 200), (200, 20, 10)

    def fresh() -> Painter:
        return Painter(40, 80, (255, 255, 255))

    for painter in (
        fresh().rect(50, 5, 20, 20, ink, rim, 3),
        fresh().rounded_rect(50, 5, 20, 20, 4, ink, rim, 3),
        fresh().circle(60, 15, 10, ink, rim, 3),
        fresh().ellipse(60, 15, 10, 10, ink, rim, 3),
    ):
        assert tuple(painter.rgb[15, 60]) == ink
        assert tuple(painter.rgb[15, 51]) == rim
        assert tuple(painter.rgb[35, 20]) == (255, 255, 255)
    star = fresh().polygon([(50, 5), (70, 5), (70, 25), (50, 25)], ink, rim, 4)
    assert tuple(star.rgb[15, 60]) == ink
    assert tuple(star.rgb[15, 50]) == rim
    ring = fresh().ring(60, 15, 10, 3, rim)
    assert tuple(ring.rgb[15, 60]) == (255, 255, 255)
    assert tuple(ring.rgb[15, 51]) == rim
    arc = fresh().arc(60, 15, 10, 0, 90, 4, rim)
    assert tuple(arc.rgb[15, 69]) == rim
    assert tuple(arc.rgb[5, 60]) == (255, 255, 255)
    half = fresh().rect(0, 0, 10, 10, (0, 0, 0), opacity=0.5)
    assert tuple(half.rgb[5, 5]) == (128, 128, 128)
    fresh().circle(-5, -5, 20, ink).line([(-10, 5), (90, 300)], 3, ink).polygon(
        [(100, 100), (120, 100), (110, 120)], ink
    ).text("out", 200, 0, 14, ink)


def test_circle_points_lie_on_a_fine_grid() -> None:
    """Catches geometry that depends on the last bits of a machine's sine."""
    for x, y in circle_points(10, 20, 7, 30, 200):
        assert (x * 64).is_integer()
        assert (y * 64).is_integer()
        assert math.hypot(x - 10, y - 20) == pytest.approx(7, abs=0.02)


@pytest.mark.parametrize("perspective", [False, True])
def test_camera(perspective: bool) -> None:
    """Catches mirrored or upside-down views and a frame that cuts the scene."""
    camera = Camera.orbit(30, 25, 8, (0.5, 0.5, 0.5), perspective)
    corners = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    camera = camera.framed(corners, 10, 20, 300, 200)
    flat, depth = camera.project(corners)
    assert flat[:, 1].min() == pytest.approx(20, abs=0.1)
    assert flat[:, 1].max() == pytest.approx(220, abs=0.1)
    assert flat[:, 0].min() >= 9.9
    assert flat[:, 0].max() <= 310.1
    assert flat[1, 1] < flat[0, 1], "z points up"
    assert depth[corners.index((1, 1, 1))] < depth[corners.index((0, 0, 0))]
    right, down, away = camera.axes()
    cross = np.cross(right, down)
    assert cross == pytest.approx(away), "x right, y down, depth away: no mirror"


def test_points_behind_a_perspective_camera() -> None:
    """Catches scenes turned inside out."""
    with pytest.raises(GameQAError, match="behind"):
        Camera((0, -1, 0), perspective=True).project([(0, -2, 0)])
    with pytest.raises(GameQAError, match="line"):
        Camera((0, 0, 5)).axes()


def test_painter_order_is_far_to_near_and_stable() -> None:
    """Catches near faces hidden behind far ones."""
    assert painter_order([[1, 1], [3, 3], [2, 2], [3, 3]]) == [1, 3, 2, 0]
    assert facing([(0, 0), (5, 0), (5, 5)])
    assert not facing([(0, 0), (5, 5), (5, 0)])


def test_faces_hide_what_lies_behind_and_have_borders() -> None:
    """Catches border lines that shine through and faces without an edge."""
    palette = Palette()
    ramps = np.stack(
        [palette.ramp(colour, (0, 0, 0)) for colour in ((255, 255, 255), (200, 0, 0), (0, 0, 200))]
    )
    faces = Faces(60, 60)
    faces.draw([(5, 5), (55, 5), (55, 55), (5, 55)], 1, border=4)
    faces.draw([(20, 40), (40, 40), (40, 20), (20, 20)], 2, border=4)
    rgb = palette.freeze()[faces.indices(ramps)]
    assert tuple(rgb[30, 30]) == (0, 0, 200)
    assert tuple(rgb[12, 12]) == (200, 0, 0)
    assert tuple(rgb[2, 2]) == (255, 255, 255)
    assert tuple(rgb[30, 20]) == tuple(rgb[30, 19]) == tuple(rgb[30, 5]) == (0, 0, 0)
    over = Faces(60, 60)
    over.draw([(20, 20), (40, 20), (40, 40), (20, 40)], 2, border=4)
    over.draw([(5, 5), (55, 5), (55, 55), (5, 55)], 1, border=4)
    assert (palette.rgb[over.indices(ramps)][15:45, 15:45] == (200, 0, 0)).all()
