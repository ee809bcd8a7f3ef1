"""Inserts: one thing, large, on a table or in a hand.

Belongs here: the close view of things. Does not belong here: the things themselves (`props`).
"""

from aiuteur.film.shots import ScreenSide
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art import props
from aiuteur.models.animatic.art.colour import rgb, scale
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Radial, fade, ramp
from aiuteur.models.animatic.art.figures import limbs
from aiuteur.models.animatic.art.figures.figure import Body
from aiuteur.models.animatic.art.framing import Camera
from aiuteur.models.animatic.art.light import Light
from aiuteur.models.animatic.art.shapes import ellipse, line, rect


def insert(picture: Picture, camera: Camera, light: Light, bodies: list[Body]) -> list[Item]:
    """The thing a shot is about: the first prop, or what somebody holds; their hand with it where somebody is there."""
    held = next((one.figure.holding for one in bodies if one.figure.holding), None)
    name = picture.props[0] if picture.props else held or "letter"
    cx, _ = camera.middle
    size = camera.frame_height * 0.58
    top = camera.height * 0.62
    items = _table(camera, light, top)
    foot = top + camera.frame_height * 0.13
    items.append(Mark(ellipse(cx, foot - size * 0.03, size * 0.5, size * 0.06), (0.02, 0.02, 0.04), alpha=0.65,
        blur=size * 0.025))
    shown: list[Item] = [Group(props.thing(name, (0, 0), 1.0 / props.bulk(name)),
        matrix=(size, 0.0, 0.0, size, cx, foot - size * props.foot(name)))]
    if bodies:
        shown += _hand(bodies[0], (cx, foot), size)
    return items + shown


def _table(camera: Camera, light: Light, top: float) -> list[Item]:
    wood = rgb("#7b5637")
    far, near = scale(wood, 0.8), scale(wood, 1.1)
    items: list[Item] = [Mark(rect(0, top, camera.width, camera.height - top),
        Linear((0, top), (0, camera.height), ramp(far, near)))]
    for step in range(5):
        y = top + (camera.height - top) * (step / 5) ** 1.5
        items.append(Mark(line((0, y), (camera.width, y)), scale(wood, 0.55), stroke=1.0 + step, alpha=0.55))
    glow = (camera.width * (0.5 + 0.2 * light.side), top + (camera.height - top) * 0.35)
    radius = camera.width * 0.42
    shine = Mark(ellipse(0, 0, radius, radius), Radial((0, 0), radius, fade((1.0, 0.85, 0.6), 0.32, 0.12, 0.03, 0)),
        blend="screen")
    items.append(Group([shine], matrix=(1.0, 0.0, 0.0, 0.4, *glow)))
    return items


def _hand(one: Body, at: tuple[float, float], size: float) -> list[Item]:
    """A forearm and hand coming in from the owner's side, the fingers at the thing."""
    side = -1.0 if one.figure.side is ScreenSide.LEFT else 1.0
    metre = size / 0.3
    chain = ((0.62 * side, 0.3), (0.42 * side, 0.12), (0.2 * side, -0.02))
    return [Group(limbs.arm(one.who, one.clothes, chain, far=False, spread=True), matrix=(metre, 0.0, 0.0, metre, *at))]
