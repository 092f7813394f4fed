"""What is a colour: sRGB triples, how to mix them and how different two of them look.

Colours are plain tuples of three integers, 0-255. Whatever ends up in a picture is computed with
``+ - * /`` on Python numbers, so it is the same on every machine; the perceptual measures at the
end (contrast, CIELAB, colour blindness) are for tests and for choosing colours, never for pixels.
"""

from __future__ import annotations

import math

RGB = tuple[int, int, int]

# One table for every game that must *name* a colour. They are far apart
# (CIEDE2000 >= 20 for every pair, see the tests), and each is what people call by that name.
NAMED: dict[str, RGB] = {
    "red": (214, 40, 40),
    "orange": (247, 138, 20),
    "yellow": (253, 216, 40),
    "green": (38, 148, 62),
    "cyan": (56, 200, 222),
    "blue": (32, 84, 212),
    "purple": (146, 40, 166),
    "pink": (250, 144, 190),
    "brown": (121, 74, 36),
    "grey": (140, 145, 150),
    "black": (24, 24, 28),
    "white": (250, 250, 250),
}


def clamp_channel(value: float) -> int:
    """The nearest channel value 0-255 (halves go up)."""
    return max(0, min(255, math.floor(value + 0.5)))


def mix(a: RGB, b: RGB, t: float) -> RGB:
    """The blend of two colours: ``a`` at t = 0, ``b`` at t = 1, halfway in sRGB at 0.5."""
    r, g, bl = (clamp_channel(x + (y - x) * t) for x, y in zip(a, b, strict=True))
    return r, g, bl


def lighter(rgb: RGB, t: float) -> RGB:
    """``rgb`` mixed with white by ``t`` (0-1)."""
    return mix(rgb, (255, 255, 255), t)


def darker(rgb: RGB, t: float) -> RGB:
    """``rgb`` mixed with black by ``t`` (0-1)."""
    return mix(rgb, (0, 0, 0), t)


def rotate_hue(rgb: RGB, cosine: float, sine: float, saturation: float = 1.0) -> RGB:
    """Turn a colour's hue by an angle given as its cosine and sine, keeping its luma.

    Luma is kept (and chroma reduced until the colour fits into sRGB) so that what was readable
    before the turn is readable after it: a turn in HSL would make yellow into dark blue.
    """
    r, g, b = rgb
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    u, v = b - y, r - y
    u, v = (u * cosine - v * sine) * saturation, (u * sine + v * cosine) * saturation
    channels = (v, (-0.2126 * v - 0.0722 * u) / 0.7152, u)  # what each channel adds to the luma
    room = 1.0
    for delta in channels:
        if delta > 0:
            room = min(room, (255.0 - y) / delta)
        elif delta < 0:
            room = min(room, y / -delta)
    red, green, blue = (clamp_channel(y + delta * room) for delta in channels)
    return red, green, blue


def _linear(channel: float) -> float:
    """One sRGB channel (0-255) as linear light (0-1)."""
    c = channel / 255.0
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)


def _encoded(light: float) -> int:
    """Linear light (0-1) as an sRGB channel (0-255)."""
    light = max(0.0, min(1.0, light))
    c = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return clamp_channel(c * 255.0)


def luminance(rgb: RGB) -> float:
    """Relative luminance after WCAG 2: 0 for black, 1 for white."""
    r, g, b = (_linear(c) for c in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast_ratio(a: RGB, b: RGB) -> float:
    """WCAG 2 contrast ratio of two colours, from 1 (none) to 21 (black on white)."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def cielab(rgb: RGB) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour under D65."""
    r, g, b = (_linear(c) for c in rgb)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def cielab_distance(a: RGB, b: RGB) -> float:
    """CIEDE2000 difference: about 1 is just noticeable, 10 plain, 20 and more unmistakable."""
    (l1, a1, b1), (l2, a2, b2) = cielab(a), cielab(b)
    c_mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(c_mean**7 / (c_mean**7 + 25.0**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1 = math.degrees(math.atan2(b1, a1)) % 360 if c1 else 0.0
    h2 = math.degrees(math.atan2(b2, a2)) % 360 if c2 else 0.0
    dh = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dbig = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if not c1 * c2 else (h1 + dh / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(hm - 30))
        + 0.24 * math.cos(math.radians(2 * hm))
        + 0.32 * math.cos(math.radians(3 * hm + 6))
        - 0.20 * math.cos(math.radians(4 * hm - 63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    turn = 60 * math.exp(-(((hm - 275) / 25) ** 2))
    rt = -2 * math.sqrt(cm**7 / (cm**7 + 25.0**7)) * math.sin(math.radians(turn))
    terms = (dl / sl) ** 2 + (dc / sc) ** 2 + (dbig / sh) ** 2 + rt * (dc / sc) * (dbig / sh)
    return math.sqrt(max(0.0, terms))


def simulate_deuteranopia(rgb: RGB) -> RGB:
    """How a person without green cones sees a colour (Machado et al. 2009, full severity)."""
    r, g, b = (_linear(c) for c in rgb)
    return (
        _encoded(0.367322 * r + 0.860646 * g - 0.227968 * b),
        _encoded(0.280085 * r + 0.672501 * g + 0.047413 * b),
        _encoded(-0.011820 * r + 0.042940 * g + 0.968881 * b),
    )
