"""Stages 9 to 12: prompts, and the takes made from them: frames, clips, spoken lines, the film.

A take's content names its media by digest; the bytes live in `aiuteur.media`.
"""

from enum import StrEnum

from pydantic import Field

from aiuteur.film.bible import Lighting, Period, PhysicalTraits, PlaceKind, TimeOfDay, Wardrobe, Weather
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.shots import CameraAngle, CameraMovement, Facing, Pose, ScreenSide, ShotSize, ShotType


class Figure(Noun):
    """A person as the art department must draw them: who they are, what they wear and do, and where they stand in the frame."""

    name: str
    traits: PhysicalTraits
    wardrobe: Wardrobe
    tags: tuple[str, ...] = ()
    side: ScreenSide = ScreenSide.CENTRE
    facing: Facing = Facing.CAMERA
    pose: Pose = Pose.STANDING
    emotion: str = "neutral"
    speaking: bool = False
    foreground: bool = False
    holding: str | None = None


class Picture(Noun):
    """A drawing brief: all that decides one picture, in structure; width and height in pixels, `seed` decides what is left.

    `view` is where along the set the camera looks, from −1, its left end, to 1, its right end.
    """

    width: int = Field(ge=64, le=4096)
    height: int = Field(ge=64, le=4096)
    place: PlaceKind
    place_name: str
    interior: bool
    period: Period
    time_of_day: TimeOfDay
    weather: Weather
    mood: str
    lighting: Lighting
    shot_type: ShotType
    size: ShotSize
    angle: CameraAngle
    lens_mm: int
    figures: tuple[Figure, ...] = ()
    props: tuple[str, ...] = ()
    palette: tuple[str, ...] = ()
    grain: float = 0.35
    view: float = Field(default=0.0, ge=-1, le=1)
    seed: int = Field(ge=0)


class Motion(Noun):
    """How the camera and the air move over a clip; seconds and frames per second. `travel` 0 to 1 is how far the move goes."""

    movement: CameraMovement
    seconds: float = Field(gt=0, le=60)
    fps: int = 24
    travel: float = Field(default=0.5, ge=0, le=1)
    weather: Weather = Weather.CLEAR
    smoke: bool = False
    flicker: bool = False
    seed: int = Field(ge=0)


class Prompt(Noun):
    """What is asked of the illustrator and the cinematographer: words for models that read, structure for those that draw."""

    frame: str
    picture: Picture
    end_picture: Picture | None = None
    video: str
    motion: Motion


class FrameEnd(StrEnum):
    """Which end of the shot a frame is."""

    START = "start"
    END = "end"


class Layer(Noun):
    """One plane of a picture for parallax: depth 0 is the farthest, 1 the nearest; drawn larger than the frame by `overscan`."""

    media: MediaRef
    depth: float = Field(ge=0, le=1)
    overscan: float = Field(default=1.0, ge=1)


class Frame(Noun):
    """A frame take: the flat picture, and its layers where the illustrator keeps them apart (farthest first)."""

    shot_id: str
    end: FrameEnd
    picture: MediaRef
    layers: tuple[Layer, ...] = ()


class Clip(Noun):
    """A clip take: house-format video without sound; `original` is what the provider sent, `stem` its own sound."""

    shot_id: str
    video: MediaRef
    original: MediaRef | None = None
    stem: MediaRef | None = None


class Card(Noun):
    """A title or end card; `made_from` is the digest of all that decides it, so that the next cut need not make it again."""

    made_from: str
    video: MediaRef


class Film(Noun):
    """The finished film and what goes out with it; `lines_voiced` of `lines` were spoken by a voice.

    `panels` are the digests of all that decides each picture on the storyboard, in order, so that the next cut need not make it
    again.
    """

    video: MediaRef
    captions: MediaRef
    screenplay: MediaRef
    storyboard: MediaRef
    seconds: float
    shots: int
    lines: int
    lines_voiced: int
    cards: tuple[Card, ...] = ()
    panels: tuple[str, ...] = ()
