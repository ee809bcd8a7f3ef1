"""The stage: the boards on which places are built, in metres, painted through a camera by one light.

Belongs here: panels, boxes, grounds, skies, glows. Does not belong here: any particular place (`places`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from aiuteur.film.bible import Period, Weather
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, scale
from aiuteur.models.animatic.art.display import Blend, Group, Item, Linear, Mark, Paint, Path, Point, Radial, Stop, fade, ramp
from aiuteur.models.animatic.art.framing import Camera
from aiuteur.models.animatic.art.light import Light
from aiuteur.models.animatic.art.shapes import ellipse, line, polygon, rect

Spot: TypeAlias = tuple[float, float, float]


@dataclass(slots=True)
class Stage:
    """What is being built: `back` behind everybody, `mid` between the place and the people, `front` before them."""

    picture: Picture
    camera: Camera
    light: Light
    rng: Random
    back: list[Item] = field(default_factory=list[Item])
    mid: list[Item] = field(default_factory=list[Item])
    front: list[Item] = field(default_factory=list[Item])
    into: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.into = self.back

    @property
    def old(self) -> bool:
        """Whether there is no electricity and no glass to speak of."""
        return self.picture.period in {Period.ANCIENT, Period.MEDIEVAL}

    @property
    def gaslit(self) -> bool:
        """Whether lamps burn gas and trains burn coal."""
        return self.picture.period in {Period.VICTORIAN, Period.EDWARDIAN}

    @property
    def modern(self) -> bool:
        """Whether screens and cars are about."""
        return self.picture.period in {Period.CONTEMPORARY, Period.FUTURE}

    @property
    def wet(self) -> bool:
        """Whether the ground mirrors."""
        return self.picture.weather is Weather.RAIN and not self.picture.interior

    @property
    def snowy(self) -> bool:
        """Whether the ground is white."""
        return self.picture.weather is Weather.SNOW and not self.picture.interior

    def colour(self, albedo: Rgb, key: float, z: float) -> Rgb:
        """A surface's colour at a depth: lit, and in the open air veiled by it."""
        lit = self.light.on(albedo, key)
        if self.picture.interior:
            return scale(lit, 1 - min(0.2, max(0.0, z) * 0.02))
        return self.light.far(lit, 1 - math.exp(-max(0.0, z) / 75))

    def put(
        self, path: Path, paint: Paint, *, alpha: float = 1.0, stroke: float | None = None, blend: Blend = "normal",
            blur: float = 0.0
    ) -> None:
        """Add a mark to the layer being built."""
        self.into.append(Mark(path, paint, alpha, stroke, blend, blur))

    def face(self, spots: Sequence[Spot], albedo: Rgb, key: float = 0.5) -> None:
        """A flat polygon in the world."""
        depth = sum(spot[2] for spot in spots) / len(spots)
        self.put(polygon(*(self.camera.at(*spot) for spot in spots)), self.colour(albedo, key, depth))

    def panel(self, x: float, y: float, width: float, height: float, z: float, albedo: Rgb, key: float = 0.5) -> None:
        """A rectangle facing the camera, by its lower left corner."""
        left, top = self.camera.at(x, y + height, z)
        scale_ = self.camera.scale(z)
        self.put(rect(left, top, width * scale_, height * scale_), self.colour(albedo, key, z))

    def side(self, x: float, y: float, height: float, z0: float, z1: float, albedo: Rgb) -> None:
        """An upright wall running away from the camera, lit or not by which way it faces."""
        key = 0.65 if (x > 0) == (self.light.side < 0) else 0.16
        one, other = self.camera.at(x, 0, z0)[0], self.camera.at(x, 0, z1)[0]
        near, far = self.colour(albedo, key, z0), self.colour(albedo, key, z1)
        points = [self.camera.at(x, y, z0), self.camera.at(x, y + height, z0), self.camera.at(x, y + height, z1),
            self.camera.at(x, y, z1)]
        self.put(polygon(*points), Linear((one, 0), (other, 0), ramp(near, far)))

    def box(self, x: float, y: float, z: float, size: Spot, albedo: Rgb) -> None:
        """A box by its lower left near corner and its width, height and depth; only the faces the camera sees."""
        width, height, depth = size
        if x > self.camera.pan:
            self.side(x, y, height, z, z + depth, albedo)
        if x + width < self.camera.pan:
            self.side(x + width, y, height, z, z + depth, albedo)
        top = y + height
        if top < self.camera.lens_height:
            self.face([(x, top, z), (x + width, top, z), (x + width, top, z + depth), (x, top, z + depth)], scale(albedo, 1.2),
                0.6)
        self.panel(x, y, width, height, z, albedo, 0.38)

    def ground(self, near: Rgb, far: Rgb, end: float = 400.0) -> None:
        """A floor from the lens to a depth, under the light."""
        camera = self.camera
        top = camera.at(0, 0, end)[1]
        bottom = max(camera.height * 1.3, top + 1)
        stops = (Stop(0, self.colour(far, 0.5, 160)), Stop(0.06, self.colour(mix(far, near, 0.3), 0.5, 40)),
            Stop(0.22, self.colour(near, 0.5, 8)), Stop(1, self.colour(scale(near, 0.92), 0.5, 0)))
        paint = Linear((0, top), (0, bottom), stops)
        self.put(rect(-camera.width * 0.3, top, camera.width * 1.6, bottom - top), paint)

    def strip(self, x0: float, x1: float, z0: float, z1: float, albedo: Rgb, key: float = 0.5) -> None:
        """A band on the ground, running away from the camera."""
        self.face([(x0, 0, max(z0, self.camera.near)), (x1, 0, max(z0, self.camera.near)), (x1, 0, z1), (x0, 0, z1)], albedo, key)

    def stroke(self, spots: Sequence[Spot], albedo: Rgb, metres: float, key: float = 0.4, alpha: float = 1.0) -> None:
        """A line in the world, as thick as it would be half-way."""
        middle = spots[len(spots) // 2][2]
        path = line(*(self.camera.at(*spot) for spot in spots))
        self.put(path, self.colour(albedo, key, middle), stroke=max(0.6, metres * self.camera.scale(middle)), alpha=alpha)

    def glow(self, centre: Point, radius: float, colour: Rgb, strength: float = 0.6) -> None:
        """Light in the air round a source."""
        stops = (Stop(0, colour, strength), Stop(0.25, colour, strength * 0.42), Stop(0.6, colour, strength * 0.12),
            Stop(1, colour, 0))
        self.put(ellipse(*centre, radius, radius), Radial(centre, radius, stops), blend="screen")

    def pool(self, x: float, z: float, radius: float, colour: Rgb, strength: float = 0.4) -> None:
        """Light lying on the ground, seen flat."""
        cx, cy = self.camera.at(x, 0, z)
        rx = radius * self.camera.scale(z)
        light = Mark(ellipse(0, 0, rx, rx), Radial((0, 0), rx, fade(colour, strength, strength * 0.55, strength * 0.14, 0)),
            blend="screen")
        self.into.append(Group([light], matrix=(1.0, 0.0, 0.0, 0.3, cx, cy)))

    def shade(self, x: float, z: float, width: float, strength: float = 0.5) -> None:
        """The soft shadow under a thing."""
        cx, cy = self.camera.at(x, 0, z)
        rx = width * self.camera.scale(z)
        ry = max(rx * 0.16, 1.0)
        self.put(ellipse(cx, cy, rx, ry), (0.02, 0.02, 0.05), alpha=strength, blur=ry * 0.45)

    def beam(self, source: Point, corners: tuple[Point, Point], colour: Rgb, strength: float) -> None:
        """A shaft of light from a source to where it falls."""
        left, right = corners
        end = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
        width = math.hypot(right[0] - left[0], right[1] - left[1])
        paint = Linear(source, end, fade(colour, strength, strength * 0.35, 0))
        self.put(polygon(source, left, right), paint, blend="screen", blur=max(1.0, width * 0.05))

    def mirror(self, x: float, z: float, width: float, colour: Rgb, strength: float) -> None:
        """A light's long reflection on wet ground, from a depth towards the lens."""
        cx, top = self.camera.at(x, 0, z)
        half = max(2.0, width * self.camera.scale(z))
        length = (self.camera.height - top) * 0.85
        if length > 0:
            paint = Linear((cx, top), (cx, top + length), fade(colour, strength, strength * 0.4, 0))
            self.put(rect(cx - half, top, half * 2, length), paint, blend="screen", blur=half * 0.5)


def stage(picture: Picture, camera: Camera, light: Light) -> Stage:
    """An empty stage; chance depends on the place's name, so that a place is the same in every shot of it."""
    return Stage(picture, camera, light, chance("place", picture.place, picture.place_name))


def dusty(colour: Rgb, rng: Random, spread: float = 0.06) -> Rgb:
    """A colour a little off, as no two boards are the same."""
    return mix(scale(colour, 1 + rng.uniform(-spread, spread) * 2), (0.5, 0.45, 0.4), abs(rng.uniform(-spread, spread)))
