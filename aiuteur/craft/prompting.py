"""Stage 9: from a shot and what it shows to one frame prompt and one video prompt. Pure; the words come from `aiuteur/prompts`.

Belongs here: merging shot, scene, looks and bible into a drawing brief and its wording. Does not belong here: asking anyone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft import templates
from aiuteur.film.bible import Character, Location, Period, PlaceKind, Style, TimeOfDay, Wardrobe, Weather
from aiuteur.film.brief import AspectRatio
from aiuteur.film.formats import FPS, FRAME_SIZES
from aiuteur.film.shots import Blocking, CameraMovement, Look, Pose, Scene, ScreenSide, Shot, ShotSize
from aiuteur.film.takes import Figure, Motion, Picture, Prompt

_FLICKER: Final = ("candle", "fire", "hearth", "lantern", "torch", "gas", "match", "neon")
_SMOKE: Final = ("smoke", "cigar", "cigarette", "pipe", "chimney", "steam", "fire", "smoking")

_END_POSES: Final[Mapping[Pose, Pose]] = {Pose.WALKING: Pose.STANDING, Pose.RUNNING: Pose.STANDING, Pose.KNEELING: Pose.STANDING}
"""What a body does by the end of a shot that asks for an end frame."""


_REACH: Final[Mapping[ShotSize, float]] = {
    ShotSize.MEDIUM: 0.6, ShotSize.MEDIUM_CLOSE: 0.75, ShotSize.CLOSE_UP: 0.9, ShotSize.EXTREME_CLOSE_UP: 1.0,
}
"""How far to a side of the set the camera looks, by how close it is."""


@dataclass(frozen=True, slots=True)
class Staging:
    """All that a shot's prompt is made from; `looks` by the id of the entry they change."""

    shot: Shot
    scene: Scene
    location: Location | None
    cast: Mapping[str, Character]
    props: Sequence[str]
    looks: Mapping[str, Look]
    style: Style | None
    aspect_ratio: AspectRatio


def prompt(staging: Staging) -> Prompt:
    """The frame prompt and the video prompt of one shot."""
    picture = _picture(staging)
    motion = _motion(staging)
    words = {"staging": staging, "picture": picture, "motion": motion}
    end = _end_picture(picture) if staging.shot.requires_end_frame else None
    return Prompt(
        frame=templates.render("frame", words), picture=picture, end_picture=end,
        video=templates.render("video", words), motion=motion,
    )


def seed(identity: str) -> int:
    """A 31-bit seed from an opaque id: the same shot rolls the same dice wherever it is drawn."""
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:4], "big") >> 1


def _picture(staging: Staging) -> Picture:
    shot, scene, location, style = staging.shot, staging.scene, staging.location, staging.style
    width, height = FRAME_SIZES[staging.aspect_ratio]
    camera = shot.cinematography
    return Picture(
        width=width, height=height,
        place=location.place if location else PlaceKind.STREET,
        place_name=location.name if location else scene.slug,
        interior=location.interior if location else False,
        period=style.period if style else Period.CONTEMPORARY,
        time_of_day=scene.time_of_day, weather=scene.weather, mood=scene.mood, lighting=shot.lighting,
        shot_type=camera.shot_type, size=camera.size, angle=camera.angle, lens_mm=camera.lens_mm,
        figures=tuple(_figure(staging, blocking) for blocking in shot.blocking),
        props=tuple(staging.props), palette=style.palette if style else (), grain=style.grain if style else 0.35,
        view=_view(shot),
        # The set is dressed once for a scene: cutting between its shots must not rebuild the place.
        seed=seed(scene.location_id or scene.id),
    )


def _view(shot: Shot) -> float:
    """Where along the set the camera looks: past a partner's shoulder at who is alone in the frame, else a little to a side.

    So cutting between two people cuts between two ends of the place, and no two masters are framed alike.
    """
    reach = _REACH.get(shot.cinematography.size, 0.5)
    seen = [block.side for block in shot.blocking if not block.foreground]
    if len(seen) == 1 and seen[0] is not ScreenSide.CENTRE:
        return -reach if seen[0] is ScreenSide.LEFT else reach
    dice = seed(f"view/{shot.id}")
    return (1 if dice % 2 else -1) * round(reach * (0.45 + 0.55 * ((dice >> 1) % 100) / 100), 2)


def _figure(staging: Staging, blocking: Blocking) -> Figure:
    character = staging.cast[blocking.character_id]
    look = staging.looks.get(blocking.character_id)
    speakers = {line.speaker_id for line in staging.shot.dialogue if not line.off_screen}
    return Figure(
        name=character.name, traits=character.traits, wardrobe=worn(character.wardrobe, look),
        tags=tuple(dict.fromkeys((*character.state.condition, *(look.tags if look else ())))),
        side=blocking.side, facing=blocking.facing, pose=blocking.pose, emotion=blocking.emotion,
        speaking=blocking.character_id in speakers, foreground=blocking.foreground,
        holding=blocking.holding or character.state.holding,
    )


def worn(wardrobe: Wardrobe, look: Look | None) -> Wardrobe:
    """What a character wears in a scene: the look's wardrobe where it changed, else the bible's."""
    return look.wardrobe if look is not None and look.wardrobe is not None else wardrobe


def _end_picture(picture: Picture) -> Picture:
    """The same set-up at the end of the shot: whoever leads the frame has moved on in what they do."""
    if not picture.figures:
        return picture
    first, *others = picture.figures
    moved = first.model_copy(update={"pose": _END_POSES.get(first.pose, first.pose), "speaking": False})
    return picture.model_copy(update={"figures": (moved, *others)})


def _motion(staging: Staging) -> Motion:
    shot, scene = staging.shot, staging.scene
    said = f"{shot.action} {scene.excerpt}".lower()
    sources = " ".join(shot.lighting.motivated_sources).lower()
    indoors = bool(staging.location and staging.location.interior)
    return Motion(
        movement=shot.cinematography.movement, seconds=shot.duration, fps=FPS, travel=_travel(shot),
        # What falls outside is seen through the window of the picture; it does not fall in the room.
        weather=Weather.CLEAR if indoors else scene.weather,
        smoke=any(word in shot.action.lower() for word in _SMOKE),
        flicker=any(word in sources or word in said for word in _FLICKER) and (indoors or scene.time_of_day is TimeOfDay.NIGHT),
        seed=seed(shot.id),
    )


def _travel(shot: Shot) -> float:
    """How far the camera goes: as far as the shot has time for, and never farther than its layers reach."""
    if shot.cinematography.movement is CameraMovement.STATIC:
        return 0.0
    return round(min(1.0, max(0.25, shot.duration / 8.0)), 3)
