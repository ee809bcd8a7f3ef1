"""Varying: another take of a picture: the same people and place, from a step aside, nearer or farther, in other light.

Belongs here: how takes differ. Does not belong here: what a picture shows (`compose`), which take is asked for
(`aiuteur.stages`).

The first take is the picture as it was planned. Every other is composed by its seed: where the camera stands (planes shift by
their depth, as they would for a camera that did), how near it is, and a breath of light. A take that refines another keeps its
composition and rolls the light anew; words such as darker, warmer or closer lean it that way.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np

from aiuteur.digest import Json
from aiuteur.models.animatic.art.compose import Plane
from aiuteur.models.animatic.art.finish import Raster

_ASIDE, _UP = 0.075, 0.03
_NEAR, _FAR = 1.24, 0.96
_CLOSER, _WIDER = 1.2, 0.94
_BACK = 0.35
"""How far the background shifts for what stands nearest, which shifts by 1."""


@dataclass(frozen=True, slots=True)
class Variation:
    """What sets a take apart: shifts in shares of the frame, a zoom, and gains of blue, green and red."""

    aside: float
    up: float
    zoom: float
    gains: tuple[float, float, float]


def variation(seed: int | None, planned: int, parameters: Mapping[str, Json]) -> Variation | None:
    """What a request asks to be otherwise; None where it asks for the picture as planned."""
    composition = parameters.get("composition", seed)
    leaning = [parameters.get(name) for name in ("light", "warmth", "nearness")]
    light, warmth, nearness = (float(value) if isinstance(value, int | float) else 0.0 for value in leaning)
    if seed is None or (seed == planned and composition == planned and not any((light, warmth, nearness))):
        return None
    placed = _dice(composition, "place") if isinstance(composition, int) and composition != planned else (0.0, 0.0, 0.0)
    lit = _dice(seed, "light") if seed != planned else (0.0, 0.0, 0.0)
    zoom = 1.07 + (_NEAR - 1.07) * placed[2] if placed[2] > 0 else 1.07 + (1.07 - _FAR) * placed[2]
    zoom = 1.0 if placed == (0.0, 0.0, 0.0) else zoom
    gain = (1 + 0.05 * lit[0]) * (1 + 0.28 * light)
    warm = 0.03 * lit[1] + 0.12 * warmth
    return Variation(
        _ASIDE * placed[0], _UP * placed[1], zoom * (_CLOSER if nearness > 0 else _WIDER if nearness < 0 else 1.0),
        (gain * (1 - warm), gain, gain * (1 + warm)),
    )


def varied(planes: tuple[Raster, list[Plane]], size: tuple[int, int], wanted: Variation) -> tuple[Raster, list[Plane]]:
    """The planes of a picture as this take has them; `size` is the frame's width and height."""
    back, layers = planes
    return (
        _relit(_moved(back, size, wanted, _BACK, cv2.BORDER_REFLECT_101), wanted),
        [
            replace(plane, raster=_relit(_moved(plane.raster, size, wanted, plane.depth, cv2.BORDER_CONSTANT), wanted))
            for plane in layers
        ],
    )


def _moved(raster: Raster, size: tuple[int, int], wanted: Variation, depth: float, border: int) -> Raster:
    """A plane from another camera's place: nearer planes shift and grow more."""
    height, width = raster.shape[:2]
    zoom = 1 + (wanted.zoom - 1) * (0.5 + 0.5 * depth)
    matrix = np.array([
        [zoom, 0, width / 2 * (1 - zoom) + wanted.aside * size[0] * depth],
        [0, zoom, height / 2 * (1 - zoom) + wanted.up * size[1] * depth],
    ])
    return np.asarray(cv2.warpAffine(raster, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border), np.uint8)


def _relit(raster: Raster, wanted: Variation) -> Raster:
    """A plane in other light; colours of a plane with alpha are multiplied by it, and stay within it."""
    channels = raster.shape[2]
    matrix = np.diag([*wanted.gains, 1.0][:channels])
    lit = np.asarray(cv2.transform(raster, matrix), np.uint8)
    return lit if channels == 3 else np.asarray(cv2.min(lit, cv2.merge([raster[:, :, 3]] * 4)), np.uint8)


def _dice(seed: int, what: str) -> tuple[float, float, float]:
    """Three numbers from −1 to 1, the first never near nought: another take is to be seen to be another."""
    drawn = hashlib.sha256(f"{seed}/{what}".encode()).digest()
    first, second, third = (int.from_bytes(drawn[place : place + 4], "big") / 2**31 - 1 for place in (0, 4, 8))
    return (0.4 + 0.6 * first if first >= 0 else -0.4 + 0.6 * first, second, third)
