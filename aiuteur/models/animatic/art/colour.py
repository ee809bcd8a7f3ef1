"""Colours: three floats in 0 to 1, mixed and graded; and a source of chance that is the same everywhere.

Belongs here: arithmetic on colours and reproducible choices. Does not belong here: which light falls on a scene (`light`).
"""

import hashlib
import random
import re
from typing import Final, TypeAlias

Rgb: TypeAlias = tuple[float, float, float]

WHITE: Final[Rgb] = (1.0, 1.0, 1.0)
BLACK: Final[Rgb] = (0.0, 0.0, 0.0)

_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})")


def rgb(code: str) -> Rgb:
    """The colour of `#rrggbb`; a neutral grey where the text is not one."""
    found = _HEX.fullmatch(code.strip())
    if found is None:
        return (0.5, 0.5, 0.5)
    value = int(found[1], 16)
    return ((value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255)


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` (0 to 1) of the way from one colour to another."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def times(one: Rgb, other: Rgb) -> Rgb:
    """What a surface of one colour sends back of light of another."""
    return (one[0] * other[0], one[1] * other[1], one[2] * other[2])


def scale(colour: Rgb, factor: float) -> Rgb:
    """A colour made darker or lighter, held in range."""
    return (min(1.0, colour[0] * factor), min(1.0, colour[1] * factor), min(1.0, colour[2] * factor))


def luma(colour: Rgb) -> float:
    """Brightness by the Rec. 709 weights."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def saturate(colour: Rgb, factor: float) -> Rgb:
    """A colour pulled to (below 1) or from (above 1) its own grey, held in range."""
    grey = luma(colour)
    red, green, blue = (min(1.0, max(0.0, grey + (part - grey) * factor)) for part in colour)
    return (red, green, blue)


def chance(*keys: object) -> random.Random:
    """A generator of choices that depends on the keys alone, not on the process."""
    raw = hashlib.sha256("/".join(str(key) for key in keys).encode()).digest()
    return random.Random(int.from_bytes(raw[:8]))  # noqa: S311 - drawing, not secrets
