"""Colours, palettes and styles."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from gameqa.drawing import (
    NAMED,
    SHADES,
    STYLES,
    VARIANTS,
    Palette,
    Style,
    cielab_distance,
    contrast_ratio,
    luminance,
    mix,
    resolve,
    simulate_deuteranopia,
    variant,
)
from gameqa.errors import GameQAError

LOOKS = [resolve("classic"), resolve("dark"), *(variant(i) for i in range(VARIANTS))]


def test_named_colours_are_far_apart_in_every_style() -> None:
    """Catches a named colour, or a style's shade of it, that could pass for another."""
    for style in LOOKS:
        shades = {name: style.shade(rgb) for name, rgb in NAMED.items()}
        for (a, rgb_a), (b, rgb_b) in combinations(shades.items(), 2):
            assert cielab_distance(rgb_a, rgb_b) >= 19, (style.variant, a, b)


def test_ciede2000_against_a_published_pair() -> None:
    """Catches a slip in the colour difference formula."""
    assert cielab_distance((0, 0, 0), (255, 255, 255)) == pytest.approx(100, abs=0.1)
    assert cielab_distance((255, 0, 0), (0, 255, 0)) == pytest.approx(86.6, abs=0.2)
    assert cielab_distance((9, 99, 200), (9, 99, 200)) == 0


def test_deuteranopia_keeps_greys_and_merges_red_with_green() -> None:
    """Catches a transposed or wrongly scaled matrix."""
    assert simulate_deuteranopia((128, 128, 128)) == (128, 128, 128)
    red, green = (200, 60, 60), (120, 110, 60)
    seen = cielab_distance(simulate_deuteranopia(red), simulate_deuteranopia(green))
    assert seen < cielab_distance(red, green) / 2


def test_mix_ends_are_exact() -> None:
    """Catches ramps whose ends are off by one."""
    assert mix((1, 2, 3), (250, 9, 77), 0) == (1, 2, 3)
    assert mix((1, 2, 3), (250, 9, 77), 1) == (250, 9, 77)


@pytest.mark.parametrize("style", LOOKS, ids=lambda s: f"{s.name}{s.variant}")
def test_ink_is_readable(style: Style) -> None:
    """Catches a tint that makes text faint on the background or on panels."""
    for ground in (style.background, style.panel):
        assert contrast_ratio(style.ink, ground) >= 7
        assert contrast_ratio(style.muted, ground) >= 4.5
    assert (luminance(style.background) < 0.2) == style.dark


def test_varied_is_finite_and_uses_the_generator_only() -> None:
    """Catches varied looks that no cache could hold, and hidden randomness."""
    assert len(set(LOOKS)) == VARIANTS + 2
    drawn = [resolve("varied", np.random.default_rng(5)) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert {style.face for style in LOOKS} == {"regular", "bold", "condensed", "slanted"}
    assert all(0.9 <= style.scale <= 1.15 for style in LOOKS)


def test_style_names() -> None:
    """Catches a wrong style that is taken for another one silently."""
    assert {resolve(name, np.random.default_rng(0)).name for name in STYLES} == set(STYLES)
    with pytest.raises(GameQAError, match=r"drak.*dark"):
        resolve("drak")
    with pytest.raises(GameQAError, match="generator"):
        resolve("varied")
    with pytest.raises(GameQAError, match="48"):
        variant(VARIANTS)


def test_scaled_and_sized_change_nothing_else() -> None:
    """Catches a size change that redraws the look."""
    style = variant(7)
    assert style.scaled(2).ink == style.ink
    assert style.scaled(2).px(100) == pytest.approx(2 * style.px(100), abs=1)
    assert style.sized(10).min_pixels == 10


def test_palette_is_append_only_and_freezes() -> None:
    """Catches indices that move and colours that sneak into a finished theme."""
    palette = Palette()
    assert [palette.index(c) for c in ((9, 9, 9), (1, 1, 1), (9, 9, 9))] == [0, 1, 0]
    table = palette.freeze()
    assert table.tolist() == [[9, 9, 9], [1, 1, 1]]
    assert palette.index((1, 1, 1)) == 1
    with pytest.raises(GameQAError, match="frozen"):
        palette.index((2, 2, 2))
    with pytest.raises(GameQAError, match="frozen"):
        palette.indices(np.full((1, 1, 3), 2, np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 1


def test_palette_adds_the_most_frequent_first_and_then_the_nearest() -> None:
    """Catches a full palette that loses its main colours or overflows."""
    image = np.zeros((2, 3, 3), np.uint8)
    image[0, 0] = 200
    image[1] = 100
    palette = Palette()
    assert palette.indices(image).tolist() == [[2, 1, 1], [0, 0, 0]]
    small = Palette(limit=2)
    assert small.indices(image).tolist() == [[0, 1, 1], [0, 0, 0]]
    assert len(small) == 2
    capped = Palette()
    capped.indices(image, new=1)
    assert len(capped) == 1
    with pytest.raises(GameQAError, match="no room"):
        small.index((200, 200, 200))


def test_ramp_runs_from_ground_to_ink() -> None:
    """Catches reversed ramps and ramps whose ends are not exact."""
    palette = Palette()
    ramp = palette.ramp((250, 250, 250), (10, 20, 30))
    table = palette.freeze()
    assert len(ramp) == SHADES + 1
    assert table[ramp[0]].tolist() == [250, 250, 250]
    assert table[ramp[-1]].tolist() == [10, 20, 30]
    assert (np.diff(table[ramp].astype(int), axis=0) < 0).all()
    assert palette.ramp((250, 250, 250), (10, 20, 30)).tolist() == ramp.tolist()


def test_bad_colours() -> None:
    """Catches colours that would wrap around in uint8."""
    with pytest.raises(GameQAError, match="0 to 255"):
        Palette().index((256, 0, 0))
