"""Inserts: one thing, large, on a table or in a hand.

Belongs here: the close view of things. Does not belong here: the things themselves (`props`).
"""

from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art import props
from aiuteur.models.animatic.art.colour import Rgb, rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Radial, fade, ramp
from aiuteur.models.animatic.art.figures import cloth
from aiuteur.models.animatic.art.figures.figure import Body
from aiuteur.models.animatic.art.framing import Camera
from aiuteur.models.animatic.art.light import Light
from aiuteur.models.animatic.art.shapes import ellipse, line, rect


def insert(picture: Picture, camera: Camera, light: Light, bodies: list[Body]) -> list[Item]:
    """The thing a shot is about: the first prop, or what somebody holds; their hand with it where somebody is there."""
    held = next((one.figure.holding for one in bodies if one.figure.holding), None)
    name = picture.props[0] if picture.props else held or "letter"
    cx, _ = camera.middle
    size = camera.frame_height * 0.56
    top = camera.height * 0.62
    items = _table(camera, light, top)
    items.append(Mark(ellipse(cx, top + size * 0.36, size * 0.5, size * 0.07), (0.02, 0.02, 0.04), alpha=0.6, blur=size * 0.03))
    shown: list[Item] = [Group(props.thing(name, (0, 0), 1.0 / max(1.0, props.bulk(name))), matrix=(size, 0, 0, size, cx, top + size * 0.36 - size * 0.44))]
    if bodies:
        shown += _hand(bodies[0], camera, (cx, top), size)
    items += shown
    cast = light.on((1, 1, 1), 0.8)
    items.append(Mark(rect(0, 0, camera.width, camera.height), _wash(light, cast, camera), blend="multiply"))
    return items


def _table(camera: Camera, light: Light, top: float) -> list[Item]:
    wood = rgb("#7b5637")
    far, near = scale(wood, 0.8), scale(wood, 1.1)
    items: list[Item] = [Mark(rect(0, top, camera.width, camera.height - top), Linear((0, top), (0, camera.height), ramp(far, near)))]
    for step in range(5):
        y = top + (camera.height - top) * (step / 5) ** 1.5
        items.append(Mark(line((0, y), (camera.width, y)), scale(wood, 0.55), stroke=1.0 + step, alpha=0.55))
    glow = (camera.width * (0.5 + 0.2 * light.side), top + (camera.height - top) * 0.35)
    radius = camera.width * 0.42
    items.append(Mark(ellipse(*glow, radius, radius * 0.4), Radial(glow, radius, fade((1.0, 0.85, 0.6), 0.32, 0.1, 0)), blend="screen"))
    return items


def _hand(one: Body, camera: Camera, at: tuple[float, float], size: float) -> list[Item]:
    """A forearm and hand coming in from below on the owner's side."""
    side = -1.0 if one.figure.side.value == "left" else 1.0
    metre = size / 0.2
    chain = ((0.34 * side, 0.42), (0.26 * side, 0.2), (0.1 * side, 0.03))
    return [Group(cloth.arm(one.who, one.clothes, chain, far=False), matrix=(metre, 0, 0, metre, at[0], at[1] + camera.frame_height * 0.13))]


def _wash(light: Light, cast: Rgb, camera: Camera) -> Linear:
    start, end = ((0.0, 0.0), (float(camera.width), 0.0)) if light.side < 0 else ((float(camera.width), 0.0), (0.0, 0.0))
    return Linear(start, end, ramp(scale(cast, 1.1), scale(cast, 0.72)))
