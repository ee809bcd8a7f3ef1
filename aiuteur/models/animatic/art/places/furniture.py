"""Furniture and what stands on it, in metres."""

from aiuteur.models.animatic.art.colour import Rgb, chance, rgb, scale
from aiuteur.models.animatic.art.display import Linear, ramp
from aiuteur.models.animatic.art.places.fittings import BRASS
from aiuteur.models.animatic.art.shapes import curve, ellipse, rect, smooth
from aiuteur.models.animatic.art.stage import Stage, dusty


def table(stage: Stage, x: float, z: float, size: tuple[float, float, float], albedo: Rgb) -> None:
    """A table by its middle; width, height, depth."""
    width, height, depth = size
    stage.shade(x, z, width * 0.6, 0.4)
    for dx in (-width / 2 + 0.05, width / 2 - 0.13):
        stage.panel(x + dx, 0, 0.08, height, z + depth - 0.1, scale(albedo, 0.5), 0.2)
        stage.panel(x + dx, 0, 0.08, height, z, scale(albedo, 0.7), 0.35)
    stage.box(x - width / 2, height - 0.07, z, (width, 0.08, depth), albedo)


def chair(stage: Stage, x: float, z: float, albedo: Rgb) -> None:
    """A plain chair, seen from the front."""
    for dx in (-0.2, 0.15):
        stage.panel(x + dx, 0, 0.05, 0.95, z + 0.35, scale(albedo, 0.7))
        stage.panel(x + dx, 0, 0.05, 0.45, z, scale(albedo, 0.8))
    stage.panel(x - 0.2, 0.68, 0.4, 0.12, z + 0.35, albedo)
    stage.panel(x - 0.2, 0.84, 0.4, 0.1, z + 0.35, albedo)
    stage.box(x - 0.23, 0.43, z, (0.46, 0.05, 0.38), albedo)


def shelf(stage: Stage, x: float, y: float, width: float, z: float, albedo: Rgb) -> None:
    """One board on a wall, with its shadow."""
    stage.panel(x, y - 0.1, width, 0.06, z, scale(albedo, 0.4), 0.1)
    stage.panel(x, y - 0.04, width, 0.05, z - 0.05, albedo, 0.6)


def books(stage: Stage, x: float, y: float, width: float, z: float, key: object) -> None:
    """A row of books standing on a board."""
    rng = chance("books", stage.picture.place_name, key)
    at = x
    while at < x + width - 0.05:
        thick, tall = rng.uniform(0.035, 0.075), rng.uniform(0.18, 0.29)
        stage.panel(at, y, thick, tall, z, dusty(rng.choice(
            (rgb("#6d3430"), rgb("#3c4f5f"), rgb("#5a5a38"), rgb("#7c5f3a"), rgb("#47364d"), rgb("#8a8070"))), rng), 0.42)
        at += thick + (0.08 if rng.random() < 0.1 else 0.006)  # a gap now and then


def bookcase(stage: Stage, x: float, z: float, width: float, height: float, albedo: Rgb) -> None:
    """A case full of books."""
    stage.box(x, 0, z, (width, height, 0.3), albedo)
    stage.panel(x + 0.06, 0.1, width - 0.12, height - 0.18, z - 0.005, scale(albedo, 0.35), 0.15)
    rows = int((height - 0.2) / 0.37)
    for row in range(rows):
        y = 0.12 + row * 0.37
        stage.panel(x + 0.05, y - 0.035, width - 0.1, 0.035, z - 0.01, albedo, 0.5)
        books(stage, x + 0.07, y, width - 0.14, z - 0.01, (x, row))


def barrel(stage: Stage, x: float, z: float, size: float = 0.9) -> None:
    """A standing cask."""
    px, py = stage.camera.at(x, 0, z)
    unit = stage.camera.scale(z) * size
    stage.shade(x, z, 0.45 * size, 0.5)
    shape = smooth([(px - 0.3 * unit, py), (px - 0.38 * unit, py - 0.5 * unit), (px - 0.3 * unit, py - unit),
        (px + 0.3 * unit, py - unit), (px + 0.38 * unit, py - 0.5 * unit), (px + 0.3 * unit, py)], 0.12)
    lit, dim = stage.colour(rgb("#8a5f3a"), 0.6, z), stage.colour(rgb("#553923"), 0.15, z)
    colours = (lit, dim) if stage.light.side < 0 else (dim, lit)
    stage.put(shape, Linear((px - 0.38 * unit, 0), (px + 0.38 * unit, 0), ramp(*colours)))
    for share in (0.14, 0.34, 0.68, 0.88):
        wide = (0.31 + 0.07 * (1 - abs(share - 0.5) * 2)) * unit
        stage.put(curve([(px - wide, py - share * unit), (px, py - (share - 0.02) * unit), (px + wide, py - share * unit)]),
            stage.colour((0.2, 0.19, 0.19), 0.4, z), stroke=0.05 * unit)
    stage.put(ellipse(px, py - unit, 0.3 * unit, 0.06 * unit), stage.colour(rgb("#6d4a2d"), 0.5, z))


def picture_frame(stage: Stage, x: float, y: float, width: float, height: float, z: float) -> None:
    """A painting in a frame."""
    rng = chance("painting", stage.picture.place_name, x)
    stage.panel(x - 0.06, y - 0.06, width + 0.12, height + 0.12, z, BRASS, 0.4)
    left, top = stage.camera.at(x, y + height, z)
    unit = stage.camera.scale(z)
    stage.put(rect(left, top, width * unit, height * unit),
        Linear((0, top), (0, top + height * unit), ramp(stage.colour(rgb("#8a96a0"), 0.4, z),
        stage.colour(rgb("#b99a6c"), 0.4, z))))
    stage.put(ellipse(left + width * unit * rng.uniform(0.3, 0.7), top + height * unit * 0.5, width * unit * 0.2,
        height * unit * 0.28), stage.colour(rgb("#4a4234"), 0.3, z))


def rug(stage: Stage, half: float, z0: float, z1: float, cloth: Rgb) -> None:
    """A rug with a border."""
    z0 = max(z0, stage.camera.near)
    stage.face([(-half, 0, z0), (half, 0, z0), (half, 0, z1), (-half, 0, z1)], cloth, 0.5)
    stage.face([(-half * 0.86, 0, z0 + 0.15), (half * 0.86, 0, z0 + 0.15), (half * 0.86, 0, z1 - 0.15),
        (-half * 0.86, 0, z1 - 0.15)], scale(cloth, 1.3), 0.45)
    stage.face([(-half * 0.76, 0, z0 + 0.28), (half * 0.76, 0, z0 + 0.28), (half * 0.76, 0, z1 - 0.28),
        (-half * 0.76, 0, z1 - 0.28)], scale(cloth, 0.85), 0.45)


def bottles(stage: Stage, x: float, y: float, width: float, z: float, key: object) -> None:
    """Bottles in a row."""
    rng = chance("bottles", stage.picture.place_name, key)
    at = x
    while at < x + width - 0.06:
        tall, glass = rng.uniform(0.2, 0.3), rng.choice((rgb("#3e5c3f"), rgb("#7c4a22"), rgb("#8a8f86"), rgb("#5b2a2a"),
            rgb("#3a5560")))
        stage.panel(at, y, 0.07, tall * 0.66, z, glass, 0.5)
        stage.panel(at + 0.022, y + tall * 0.6, 0.026, tall * 0.4, z, glass, 0.5)
        stage.panel(at + 0.012, y + 0.03, 0.012, tall * 0.5, z, (0.9, 0.92, 0.9), 0.7)
        at += rng.uniform(0.085, 0.13)
