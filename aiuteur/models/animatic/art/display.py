"""The display list: what is painted, in order, in words that any vector engine understands.

Belongs here: paths, paints, marks and groups, as plain data. Does not belong here: what is drawn (the other modules) or how an
engine draws it (`skia_engine`, `resvg_engine`). Coordinates are pixels, y downwards, unless a group's matrix says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from aiuteur.models.animatic.art.colour import Rgb

Point: TypeAlias = tuple[float, float]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e, y' = b·x + d·y + f, written (a, b, c, d, e, f)."""
Blend: TypeAlias = Literal["normal", "screen", "multiply"]
Command: TypeAlias = tuple[Literal["M", "L", "C", "Z"], tuple[float, ...]]
Path: TypeAlias = tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in a gradient: where (0 to 1), which colour, how opaque."""

    at: float
    colour: Rgb
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Linear:
    """A gradient from one point to another."""

    start: Point
    end: Point
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Radial:
    """A gradient from a centre outwards."""

    centre: Point
    radius: float
    stops: tuple[Stop, ...]


Paint: TypeAlias = Rgb | Linear | Radial


@dataclass(frozen=True, slots=True)
class Mark:
    """One path, filled, or stroked where `stroke` gives a width; `blur` is a Gaussian's standard deviation."""

    path: Path
    paint: Paint
    alpha: float = 1.0
    stroke: float | None = None
    blend: Blend = "normal"
    blur: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Items drawn together: moved by a matrix, cut out by a path, made see-through as a whole."""

    items: Sequence["Item"]
    matrix: Matrix | None = None
    clip: Path | None = None
    alpha: float = 1.0


Item: TypeAlias = Mark | Group


def ramp(*colours: Rgb) -> tuple[Stop, ...]:
    """Evenly spaced opaque stops."""
    last = max(1, len(colours) - 1)
    return tuple(Stop(step / last, colour) for step, colour in enumerate(colours))


def fade(colour: Rgb, *alphas: float) -> tuple[Stop, ...]:
    """Evenly spaced stops of one colour at several opacities."""
    last = max(1, len(alphas) - 1)
    return tuple(Stop(step / last, colour, alpha) for step, alpha in enumerate(alphas))
