"""Stages 6 to 8: scenes, the shot list and looks; and the order of things, an artifact of its own."""

from enum import StrEnum

from pydantic import Field

from aiuteur.digest import digest
from aiuteur.film.bible import Lighting, TimeOfDay, Wardrobe, Weather
from aiuteur.film.noun import Noun


class ShotSize(StrEnum):
    """How much of a person the frame holds, widest first."""

    EXTREME_WIDE = "extreme_wide"
    WIDE = "wide"
    FULL = "full"
    MEDIUM_WIDE = "medium_wide"
    MEDIUM = "medium"
    MEDIUM_CLOSE = "medium_close"
    CLOSE_UP = "close_up"
    EXTREME_CLOSE_UP = "extreme_close_up"
    INSERT = "insert"


class ShotType(StrEnum):
    """What a shot is for in the coverage of a scene."""

    ESTABLISHING = "establishing"
    MASTER = "master"
    TWO_SHOT = "two_shot"
    SINGLE = "single"
    OVER_SHOULDER = "over_shoulder"
    REACTION = "reaction"
    INSERT = "insert"
    POV = "pov"


class CameraAngle(StrEnum):
    """Where the lens looks from."""

    EYE_LEVEL = "eye_level"
    LOW = "low"
    HIGH = "high"
    BIRDS_EYE = "birds_eye"
    DUTCH = "dutch"


class CameraMovement(StrEnum):
    """How the camera moves during the shot."""

    STATIC = "static"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    TRACK_LEFT = "track_left"
    TRACK_RIGHT = "track_right"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
    HANDHELD = "handheld"


class ScreenSide(StrEnum):
    """Where in the frame; the 180° line keeps a character on one side throughout a scene."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Facing(StrEnum):
    """Where a figure looks, as the audience sees it."""

    LEFT = "left"
    RIGHT = "right"
    CAMERA = "camera"
    AWAY = "away"


class Pose(StrEnum):
    """What a body does."""

    STANDING = "standing"
    SITTING = "sitting"
    LYING = "lying"
    WALKING = "walking"
    RUNNING = "running"
    REACHING = "reaching"
    KNEELING = "kneeling"
    LEANING = "leaning"


class Composition(Noun):
    """How the frame is laid out: the rule, and the side the subject holds."""

    rule: str = "thirds"
    subject_side: ScreenSide = ScreenSide.CENTRE
    headroom: float = Field(default=0.1, ge=0, le=0.5)


class Cinematography(Noun):
    """The director of photography's decisions; lens in millimetres (full frame)."""

    shot_type: ShotType
    size: ShotSize
    angle: CameraAngle = CameraAngle.EYE_LEVEL
    movement: CameraMovement = CameraMovement.STATIC
    lens_mm: int = Field(default=35, ge=8, le=400)
    composition: Composition = Composition()

    @property
    def said(self) -> str:
        """How it is said on a storyboard: size, angle where it is not level with the eyes, movement."""
        angle = () if self.angle is CameraAngle.EYE_LEVEL else (self.angle,)
        return ", ".join((self.size, *angle, self.movement)).replace("_", " ")


class Scene(Noun):
    """A scene broken down: where, when, who, in what mood, and how it ends; `cast` and `props` are ids of bible entries."""

    id: str
    number: str
    slug: str
    location_id: str | None
    cast: tuple[str, ...]
    props: tuple[str, ...] = ()
    time_of_day: TimeOfDay
    weather: Weather = Weather.CLEAR
    mood: str
    excerpt: str
    end_state: str


class DialogueLine(Noun):
    """One spoken line; `speaker_id` is a bible entry's id, None where the script's cue names nobody of the bible."""

    speaker: str
    speaker_id: str | None
    text: str
    parenthetical: str | None = None
    off_screen: bool = False


class Blocking(Noun):
    """Where one character is in a shot and what they do there."""

    character_id: str
    side: ScreenSide
    facing: Facing
    pose: Pose = Pose.STANDING
    emotion: str = "neutral"
    foreground: bool = False
    holding: str | None = None


class Shot(Noun):
    """One shot: `duration` in seconds, `in_point` and `out_point` the part of the clip that is in the film, `label` like 3A."""

    id: str
    scene_id: str
    label: str
    cinematography: Cinematography
    lighting: Lighting
    action: str
    dialogue: tuple[DialogueLine, ...] = ()
    blocking: tuple[Blocking, ...] = ()
    props: tuple[str, ...] = ()
    duration: float = Field(gt=0, le=60)
    in_point: float = Field(default=0.0, ge=0)
    out_point: float | None = None
    continues_from: str | None = None
    requires_end_frame: bool = False
    continuity_flags: tuple[str, ...] = ()


class Look(Noun):
    """A bible entry as it is in one scene: wardrobe if changed, state tags (muddy, torn) that carry forward until ended."""

    scene_id: str
    entry_id: str
    wardrobe: Wardrobe | None = None
    tags: tuple[str, ...] = ()
    carry_forward: bool = True


class Order(Noun):
    """The order of a list's items by id: inserting, deleting or moving stales this, not the items."""

    ids: tuple[str, ...]

    def digests(self) -> tuple[str, dict[str, str]]:
        """Also `after.<id>`, the digest of each item's predecessor: a neighbour that reads it notices an insertion between."""
        before = ("", *self.ids)
        neighbours = {f"after.{item}": digest(previous) for previous, item in zip(before, self.ids, strict=False)}
        whole, fields = super().digests()
        return whole, fields | neighbours
