"""The stroke font: complete, distinct, the same everywhere."""

from __future__ import annotations

import subprocess
import sys
from hashlib import blake2b
from itertools import combinations

import numpy as np
import pytest

from gameqa.drawing import FACES, SHADES, descent, text_mask, text_width
from gameqa.drawing.glyphs import GLYPHS
from gameqa.errors import GameQAError

ASCII = [chr(code) for code in range(33, 127)]
CONFUSABLE = ["0O", "1l", "1I", "lI", "5S", "8B", "6b", "2Z", "17", "38", "68", "69", "gq", "uv"]


def difference(a: str, b: str, face: str, height: int = 14) -> float:
    """The least area in full pixels by which two glyphs differ, shifted by up to one pixel."""
    first, second = (text_mask(c, height, face).astype(int) for c in (a, b))
    wide = max(first.shape[1], second.shape[1]) + 2
    best = float("inf")
    for shift in (0, 1, 2):
        canvas = np.zeros((first.shape[0], wide), int)
        canvas[:, 1 : 1 + first.shape[1]] += first
        canvas[:, shift : shift + second.shape[1]] -= second
        best = min(best, float(np.abs(canvas).sum()) / SHADES)
    return best


@pytest.mark.parametrize("face", FACES)
def test_every_printable_character_has_a_glyph(face: str) -> None:
    """Catches a missing or empty glyph, and ink cut off at the mask's border."""
    for char in [*ASCII, *(c for c in GLYPHS if c != " ")]:
        mask = text_mask(char, 24, face)
        assert mask.max() == SHADES, char
        assert mask.shape[0] == 24 + descent(24)
        for border in (mask[:, 0], mask[:, -1], mask[-1]):
            assert border.max() <= 2, char
    assert text_mask(" ", 24, face).max() == 0


@pytest.mark.parametrize("face", FACES)
def test_glyphs_differ_at_the_smallest_size(face: str) -> None:
    """Catches two characters that look the same at 14 px, above all the usual suspects."""
    for a, b in combinations(sorted(set(GLYPHS) - {" "}), 2):
        enough = 6 if (a + b).isalnum() else 3
        assert difference(a, b, face) >= enough, (a, b)
    for a, b in CONFUSABLE:
        assert difference(a, b, face) >= 11, (a, b)
    assert difference("0", "O", face) >= 40


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("height", [14, 17, 24])
def test_digits_are_tabular_and_stand_on_the_line(face: str, height: int) -> None:
    """Catches columns of numbers that do not line up and digits of another height."""
    assert len({text_width(digit, height, face) for digit in "0123456789"}) == 1
    for digit in "0123456789":
        rows = np.flatnonzero(text_mask(digit, height, face).max(axis=1) >= SHADES // 2)
        assert rows[0] <= 1, digit
        assert rows[-1] == height - 1, digit


def test_masks_are_shared_and_read_only() -> None:
    """Catches a cached mask that a caller could spoil for everybody."""
    assert text_mask("abc", 16) is text_mask("abc", 16)
    with pytest.raises(ValueError, match="read-only"):
        text_mask("abc", 16)[0, 0] = 1


def test_errors() -> None:
    """Catches silent boxes for characters the font lacks."""
    with pytest.raises(GameQAError, match="U\\+6F22"):
        text_mask("\u6f22", 16)
    with pytest.raises(GameQAError, match=r"bolt.*bold"):
        text_mask("a", 16, "bolt")
    with pytest.raises(GameQAError, match="6 px"):
        text_mask("a", 3)


def specimen() -> str:
    """A fingerprint of every glyph in every face at four sizes."""
    digest = blake2b(digest_size=16)
    for face in FACES:
        for height in (14, 18, 24, 40):
            for char in GLYPHS:
                mask = text_mask(char, height, face)
                digest.update(str(mask.shape).encode() + mask.tobytes())
    return digest.hexdigest()


PINNED = "5198b176ec0d75601a9d6a564155334a"


def test_specimen_is_pinned() -> None:
    """Catches a glyph that changes unnoticed: change PINNED together with the engines' version."""
    assert specimen() == PINNED


def test_pixels_do_not_depend_on_the_process() -> None:
    """Catches dependence on hash seeds or on what was drawn before."""
    code = (
        "from gameqa.drawing import *; from gameqa.drawing.glyphs import GLYPHS;"
        "import hashlib; text_mask('warm', 33, 'bold');"
        "print(hashlib.sha256(b''.join(text_mask(c, 19, 'slanted').tobytes()"
        " for c in sorted(GLYPHS))).hexdigest())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
