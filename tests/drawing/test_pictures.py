"""PNG files, pictures, canvases and cell sizes."""

from __future__ import annotations

import io
from itertools import product

import numpy as np
import pytest
from PIL import Image

from gameqa.drawing import (
    MAX_SIDE,
    MIN_PIXELS,
    Canvas,
    Palette,
    Picture,
    anchored,
    encoder_name,
    fit_cell,
    resolve,
    text_mask,
    variant,
)
from gameqa.errors import GameQAError


def noise(height: int, width: int, colours: int) -> Picture:
    rng = np.random.default_rng(height * width + colours)
    table = rng.integers(0, 256, (colours, 3), dtype=np.uint8)
    return Picture(rng.integers(0, colours, (height, width), dtype=np.uint8), table)


def encoders() -> list[str]:
    try:
        import isal  # noqa: F401
    except ImportError:
        return ["zlib"]
    return ["zlib", "isal"]


@pytest.mark.parametrize("encoder", encoders())
@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 3, 2), (50, 61, 256), (560, 560, 16)])
def test_png_decodes_to_the_same_pixels(
    shape: tuple[int, int, int], encoder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches wrong chunks, checksums, filters or a wrong palette, in either encoder."""
    monkeypatch.setenv("GAMEQA_PNG_ENCODER", encoder)
    assert encoder_name().startswith(encoder)
    picture = noise(*shape)
    decoded = Image.open(io.BytesIO(picture.png()))
    assert decoded.mode == "P"
    assert decoded.size == picture.size
    assert (np.asarray(decoded.convert("RGB")) == picture.rgb()).all()
    assert (np.asarray(picture.image().convert("RGB")) == picture.rgb()).all()


def test_unknown_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a misspelt encoder that is silently ignored."""
    monkeypatch.setenv("GAMEQA_PNG_ENCODER", "zlip")
    with pytest.raises(GameQAError, match="zlib"):
        encoder_name()


def test_digest_ignores_the_order_of_the_palette_only() -> None:
    """Catches a fingerprint that changes with the palette or not with the pixels."""
    picture = noise(9, 8, 5)
    turned = Picture(4 - picture.indices, picture.palette[::-1])
    assert turned.digest() == picture.digest()
    assert Picture(picture.indices.T, picture.palette).digest() != picture.digest()


def test_padded() -> None:
    """Catches pads that miss the pixel count, pass the side limit or move the content."""
    for width, height in ((10, 10), (880, 60), (60, 880), (448, 447), (500, 300)):
        picture = noise(height, width, 4)
        padded = picture.padded(MIN_PIXELS, 3)
        assert padded.width * padded.height >= MIN_PIXELS
        assert max(padded.size) <= MAX_SIDE
        top, left = (padded.height - height) // 2, (padded.width - width) // 2
        inner = padded.indices[top : top + height, left : left + width]
        assert (inner == picture.indices).all()
    assert padded.padded(10) is padded
    with pytest.raises(GameQAError, match="896"):
        picture.padded(897 * 897)


def test_cells_fit() -> None:
    """Catches pictures below the pixel count or above the side limit, in every style."""
    styles = [resolve("classic"), *(variant(i) for i in range(0, 48, 5))]
    for style, rows, cols, margin in product(styles, range(3, 26, 3), range(3, 26, 3), (20, 90)):
        cell = fit_cell(rows, cols, margin, margin, style, preferred=36)
        width, height = cols * cell + margin, rows * cell + margin
        assert max(width, height) <= MAX_SIDE
        if max(rows, cols) <= 3 * min(rows, cols):
            assert width * height >= MIN_PIXELS
    assert fit_cell(12, 12, 40, 40, resolve("classic"), 40) == 40
    with pytest.raises(GameQAError, match="do not fit"):
        fit_cell(100, 3, 0, 0, resolve("classic"), 20)


def test_mosaic_is_a_grid_of_tiles() -> None:
    """Catches transposed boards, non-square tiles, gaps and boards beside the canvas."""
    palette = Palette()
    palette.index((0, 0, 0))
    tiles = np.arange(3 * 2 * 5, dtype=np.uint8).reshape(3, 2, 5)
    codes = np.array([[0, 1, 2, 0], [2, 2, 1, 1], [0, 0, 0, 1]])
    for gap in (0, 2):
        canvas = Canvas(40, 50, 99, palette)
        canvas.mosaic(tiles, codes, 3, 4, gap)
        expected = Canvas(40, 50, 99, palette)
        for r, c in product(range(3), range(4)):
            expected.paste(tiles[codes[r, c]], 3 + c * (5 + gap), 4 + r * (2 + gap))
        assert (canvas.array == expected.array).all()
    with pytest.raises(GameQAError, match="does not fit"):
        canvas.mosaic(tiles, codes, 31, 0)


def test_labels_are_anchored_and_clipped() -> None:
    """Catches text that is off its place, and errors at the picture's border."""
    palette = Palette()
    ramp = palette.ramp((255, 255, 255), (0, 0, 0))
    canvas = Canvas(60, 80, int(ramp[0]), palette)
    canvas.label("E", 40, 30, 20, ramp)
    rows, cols = np.nonzero(canvas.array == ramp[-1])
    assert (rows.min(), rows.max()) == (20, 39)
    assert abs((cols.min() + cols.max() + 1) / 2 - 40) <= 1.5
    for anchor in ("topleft", "right", "bottom"):
        canvas.label("W8g", 0, 0, 30, ramp, anchor)
    assert anchored(10, 10, 4, 6, "center") == (8, 7)
    assert anchored(10, 10, 4, 6, "topright") == (6, 10)
    with pytest.raises(GameQAError, match="anchor"):
        anchored(0, 0, 1, 1, "middle")


def test_label_uses_the_ramp() -> None:
    """Catches labels that draw levels in place of palette indices."""
    palette = Palette()
    palette.index((1, 2, 3))
    ramp = palette.ramp((255, 255, 255), (200, 0, 0))
    canvas = Canvas(20, 30, int(ramp[0]), palette)
    canvas.label("8", 0, 0, 14, ramp, "topleft")
    mask = text_mask("8", 14)
    assert (canvas.array[: mask.shape[0], : mask.shape[1]] == ramp[mask]).all()


def test_grid_and_labels_stay_inside_their_lines() -> None:
    """Catches a grid that is off by one cell, and labels on the wrong side."""
    palette = Palette()
    ramp = palette.ramp((255, 255, 255), (0, 0, 0))
    ink = palette.index((9, 9, 200))
    canvas = Canvas(200, 200, int(ramp[0]), palette)
    canvas.grid_lines(50, 50, 20, 30, 4, 5, 2, ink)
    rows, cols = np.nonzero(canvas.array == ink)
    assert (rows.min(), rows.max(), cols.min(), cols.max()) == (49, 170, 49, 150)
    canvas.row_labels(4, 25, 50, 30, ramp)
    canvas.column_labels(["a", "b", "c", "d", "e"], 50, 25, 20, ramp)
    rows, cols = np.nonzero(canvas.array == ramp[-1])
    assert ((rows < 49) | (cols < 49)).all()
    assert not ((rows < 49) & (cols < 49)).any()
