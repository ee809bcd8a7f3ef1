"""The composition: from a drawing brief to rasters, farthest first.

Belongs here: putting place, people and things together for one shot. Does not belong here: how any of them is drawn.
"""

from dataclasses import dataclass
from typing import Final

from aiuteur.film.shots import CameraAngle, Facing, Pose, ScreenSide, ShotSize, ShotType
from aiuteur.film.takes import Figure, Picture
from aiuteur.models.animatic.art import finish, inserts, props
from aiuteur.models.animatic.art.building import build
from aiuteur.models.animatic.art.display import Group, Item, Linear, Path, Stop, fade
from aiuteur.models.animatic.art.figures.figure import Body, body, drawn, seat
from aiuteur.models.animatic.art.finish import Raster
from aiuteur.models.animatic.art.framing import OVERSCAN, Camera, cameras, share_of, shows_feet, squash
from aiuteur.models.animatic.art.light import Light, light
from aiuteur.models.animatic.art.render import render
from aiuteur.models.animatic.art.shapes import ellipse, rect
from aiuteur.models.animatic.art.stage import Stage, stage

_FOCUS: Final = {
    ShotSize.MEDIUM: 0.0016, ShotSize.MEDIUM_CLOSE: 0.0034, ShotSize.CLOSE_UP: 0.0052, ShotSize.EXTREME_CLOSE_UP: 0.0075,
        ShotSize.INSERT: 0.007,
}
"""How far out of focus the place is behind a subject, as a share of the frame's height."""


_SOFT: Final = 1.1
"""What is as many pixels out of focus is drawn at half the size: nobody could tell."""


@dataclass(frozen=True, slots=True)
class Plane:
    """One layer: its raster and its depth (0 farthest, 1 nearest)."""

    raster: Raster
    depth: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A body and where it stands: metres from the middle, metres behind the subject's plane, and a scale of its own."""

    body: Body
    x: float
    z: float


def planes(picture: Picture, *, studio: bool = False) -> tuple[Raster, list[Plane]]:
    """The opaque background (BGR) and the layers before it, all overscanned; `studio` puts the subject on plain ground."""
    bodies = [body(_directed(figure), picture.period) for figure in picture.figures]
    cast = [one for one in bodies if not one.figure.foreground]
    people, behind = cameras(picture, _eyes(cast), _room(cast, feet=shows_feet(picture.size)))
    falling = light(picture)
    scene = stage(picture, behind, falling)
    if studio:
        _studio(scene)
    else:
        build(scene)
    inset = picture.size is ShotSize.INSERT or picture.shot_type is ShotType.INSERT
    feet = people is behind and not inset
    if not feet:
        scene.back.extend(scene.mid)
        scene.mid.clear()
    placed = [] if inset else _placed(cast, people, picture, feet=feet)
    _carried_light(scene, placed, people)
    back = _backdrop(scene, picture)
    layers: list[Plane] = []
    subject = _subject(placed, people, picture, falling)
    if feet:
        _ground(scene, placed, people)
        if scene.mid:
            layers.append(Plane(_tilted(scene.mid, picture, people), 0.45))
        if scene.wet and subject is not None:
            shore = round(max(people.at(0, 0, one.z)[1] for one in placed))
            layers[-1] = Plane(finish.mirrored(layers[-1].raster, subject, shore), 0.45)
    if inset:
        shown = _tilted(inserts.insert(picture, people, falling, bodies), picture, people)
        layers.append(Plane(finish.lit(shown, falling, people.frame_height / 0.4), 0.7))
    if subject is not None:
        layers.append(Plane(subject, 0.7))
    layers.extend(_near(scene, [one for one in bodies if one.figure.foreground and not inset], picture, people))
    return back, layers


def _directed(figure: Figure) -> Figure:
    """Whoever stands before the lens turns their back to it; whoever lies has taken off their hat."""
    if figure.foreground:
        return figure.model_copy(update={"facing": Facing.AWAY, "pose": Pose.STANDING})
    if figure.pose is Pose.LYING:
        return figure.model_copy(update={"wardrobe": figure.wardrobe.model_copy(update={"headwear": "none"})})
    return figure


def _eyes(cast: list[Body]) -> tuple[float, float]:
    """The lowest and the highest pair of eyes."""
    heights = [max(0.25, one.eye()[1]) for one in cast] or [1.55]
    return min(heights), max(heights)


def _room(cast: list[Body], *, feet: bool) -> float:
    """The metres a cast needs side by side: heads in the frame, and all of one who lies."""
    lying = any(one.figure.pose is Pose.LYING for one in cast)
    sitting = sum(0.3 for one in cast if one.knees()) if len(cast) > 1 else 0.0
    return 0.28 + 0.72 * max(0, len(cast) - 1) + sitting + (1.6 if lying and feet else 0.4 if lying else 0.0)


def _placed(cast: list[Body], camera: Camera, picture: Picture, *, feet: bool) -> list[_Placed]:
    """Where each stands: on their side of the screen; those who share a side are set apart, behind one another."""
    taken: dict[ScreenSide, int] = {}
    found: list[_Placed] = []
    spread = 1.0 if len(cast) > 1 or (feet and picture.size is not ShotSize.FULL) else 0.55
    close = {ShotSize.EXTREME_WIDE: 0.34, ShotSize.WIDE: 0.62}.get(picture.size, 1.0)
    for one in cast:
        side = one.figure.side
        order = taken.get(side, 0)
        taken[side] = order + 1
        share = 0.5 + (share_of(side) - 0.5) * spread * (close if len(cast) == 2 else 1.0)  # a pair talks
        step = (1 if order % 2 else -1) * ((order + 1) // 2) * 0.13
        z = 0.5 * order if feet else 0.22 * order
        x = camera.x_of(share + step, z)
        lean = one.eye()[0]
        if one.knees() and len(cast) > 1 and side is not ScreenSide.CENTRE:
            x -= 0.2 * one.matrix[0]  # away from whom they look at
        found.append(_Placed(one, x - (lean * 0.5 if shows_feet(picture.size) else lean), z))
    return sorted(found, key=lambda placed: -placed.z)


def _subject(placed: list[_Placed], camera: Camera, picture: Picture, falling: Light) -> Raster | None:
    if not placed:
        return None
    items: list[Item] = []
    for one in placed:
        under = seat(one.body, picture.place, interior=picture.interior)
        items += _standing(one, camera, picture.angle, [*under, *drawn(one.body)])
    return finish.lit(_tilted(items, picture, camera), falling, camera.scale())


def _standing(one: _Placed, camera: Camera, angle: CameraAngle, items: list[Item]) -> list[Item]:
    x, y = camera.at(one.x, 0, one.z)
    scale = camera.scale(one.z)
    return [Group(items, matrix=(scale, 0.0, 0.0, scale * squash(angle), x, y))]


def _ground(scene: Stage, placed: list[_Placed], camera: Camera) -> None:
    """Cast shadows: a dark touch at the feet and a long one away from the key."""
    scene.into = scene.mid
    for one in placed:
        x, y = camera.at(one.x, 0, one.z)
        metre = camera.scale(one.z)
        wide = 0.95 if one.body.figure.pose is Pose.LYING else 0.42 if one.body.figure.pose in {Pose.SITTING, Pose.KNEELING,
            Pose.RUNNING} else 0.3
        dark = (0.03, 0.03, 0.07)
        scene.put(ellipse(x, y, wide * metre, 0.07 * metre), dark, alpha=0.55, blur=0.03 * metre)
        if scene.light.side and one.body.figure.pose is not Pose.LYING:
            away = -scene.light.side
            length = 1.5 * metre
            tip = (x + away * length, y - 0.06 * length if scene.light.height > 0.6
                else y + 0.05 * length)  # a light behind throws shadows forward
            path: Path = (("M", (x - 0.2 * metre, y)), ("L", (x + 0.2 * metre, y)), ("L", (tip[0] + 0.16 * metre, tip[1])),
                ("L", (tip[0] - 0.12 * metre, tip[1])), ("Z", ()))
            scene.put(path, Linear((x, y), tip, fade(dark, 0.42 * scene.light.hardness + 0.12, 0.0)), blur=0.04 * metre)


def _carried_light(scene: Stage, placed: list[_Placed], camera: Camera) -> None:
    """The glow behind somebody who holds a lamp."""
    scene.into = scene.back
    for one in placed:
        if props.glows(one.body.figure.holding or ""):
            x, y = one.body.hand()
            at = camera.at(one.x + x, y, one.z)
            scene.glow(at, 1.5 * camera.scale(one.z), scene.light.practical, 0.85 if scene.light.dim else 0.35)


def _tilted(items: list[Item], picture: Picture, camera: Camera, share: float = 1.0) -> Raster:
    """Draw items, turned a little where the angle is Dutch, at a share of the canvas's size."""
    if picture.angle is CameraAngle.DUTCH:
        cx, cy = camera.middle
        a, b = 0.9925, 0.1219
        items = [Group(items, matrix=(a, b, -b, a, cx - a * cx + b * cy, cy - b * cx - a * cy))]
    if share < 1:
        items = [Group(items, matrix=(share, 0.0, 0.0, share, 0.0, 0.0))]
    return render(items, round(camera.width * share), round(camera.height * share))


def _backdrop(scene: Stage, picture: Picture) -> Raster:
    camera = scene.camera
    scene.into = scene.back
    width = camera.width
    side, strength = scene.light.side, 0.16 + 0.2 * scene.light.contrast
    lit_edge, dark_edge = (0.0, float(width)) if side < 0 else (float(width), 0.0)
    scene.put(rect(0, 0, width, camera.height), Linear((lit_edge, 0), (dark_edge, 0),
        fade((0.02, 0.03, 0.07), 0, strength * 0.25, strength)))
    sigma = _FOCUS.get(picture.size, 0.0) * picture.height
    if sigma < _SOFT:
        return finish.soften(finish.opaque(_tilted(scene.back, picture, camera)), sigma)
    return finish.grown(finish.opaque(_tilted(scene.back, picture, camera, 0.5)), sigma, (camera.width, camera.height))


def _near(scene: Stage, bodies: list[Body], picture: Picture, camera: Camera) -> list[Plane]:
    """What stands between the lens and the subject: a dark shoulder, a branch, a lamp out of focus."""
    found: list[Plane] = []
    if scene.front and shows_feet(picture.size):
        found.append(Plane(finish.soften(_tilted(scene.front, picture, camera), 0.0035 * picture.height), 1.0))
    if not bodies:
        return found
    items: list[Item] = []
    metre = camera.scale()
    for one in bodies:
        items += _shoulder(one, camera, picture)
    dark = finish.lit(_tilted(items, picture, camera), scene.light, metre * 1.5, 0.56)
    return [*found, Plane(finish.soften(dark, 0.004 * picture.height), 1.0)]


def _shoulder(one: Body, camera: Camera, picture: Picture) -> list[Item]:
    """Somebody near the lens, seen from behind at the edge of the frame."""
    metre = camera.frame_height / (0.85 if not shows_feet(picture.size) else 1.5)
    metre *= min(1.35, max(1.0, 1.5 / max(0.5, one.eye()[1])))  # a child's shoulder is nearer
    share = {ScreenSide.LEFT: 0.1, ScreenSide.RIGHT: 0.9, ScreenSide.CENTRE: 0.12}[one.figure.side]
    x = camera.width / 2 + (share - 0.5) * camera.frame_width
    top = (camera.height - camera.frame_height) / 2 + 0.3 * camera.frame_height
    return [Group(drawn(one), matrix=(metre, 0.0, 0.0, metre, x - one.eye()[0] * metre, top + one.eye()[1] * metre))]


def _studio(scene: Stage) -> None:
    """Plain ground for a portrait: a seamless sweep with a pool of light."""
    camera = scene.camera
    grey = scene.light.on((0.56, 0.54, 0.52), 0.5)
    dark = scene.light.on((0.24, 0.24, 0.26), 0.3)
    scene.put(rect(0, 0, camera.width, camera.height), Linear((0, 0), (0, camera.height),
        (Stop(0, dark), Stop(0.62, grey), Stop(0.8, grey), Stop(1, dark))))
    scene.glow((camera.width * (0.5 + 0.12 * scene.light.side), camera.height * 0.45), camera.height * 0.75, (0.9, 0.86, 0.78),
        0.3)


def picture_of(picture: Picture, back: Raster, layers: list[Plane]) -> Raster:
    """The flat picture: the layers over each other, cut to the frame, with falling weather, vignette and grain."""
    left, top = (back.shape[1] - picture.width) // 2, (back.shape[0] - picture.height) // 2
    rows, columns = slice(top, top + picture.height), slice(left, left + picture.width)
    flat = back[rows, columns].copy()
    for plane in layers:
        flat = finish.over(flat, plane.raster[rows, columns])
    return finish.filmed(finish.fallen(picture, flat), picture.grain, picture.seed)


def background_layer(picture: Picture, back: Raster) -> Raster:
    """The background as the camera gets it: with vignette and grain, which no other layer has."""
    return finish.filmed(back, picture.grain, picture.seed, OVERSCAN)
