"""Stage 5: the bible, one entry for each character, location, prop and for the style.

Belongs here: what stays true across the film. Does not belong here: what one scene changes (`aiuteur.film.shots.Look`).
"""

from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal, cast

from pydantic import Field, TypeAdapter, model_validator

from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.species import Species


class Source(StrEnum):
    """Where an entry was made."""

    PROJECT = "project"
    SERIES = "series"
    LIBRARY = "library"


class Sex(StrEnum):
    """As the story's pronouns and titles say; unknown where they do not."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Age(StrEnum):
    """The age group that decides body, face and hair."""

    CHILD = "child"
    TEEN = "teen"
    YOUNG = "young"
    ADULT = "adult"
    ELDERLY = "elderly"


class Build(StrEnum):
    """The body's frame."""

    SLIGHT = "slight"
    AVERAGE = "average"
    TALL = "tall"
    STOUT = "stout"
    STALWART = "stalwart"


class Weight(StrEnum):
    """How much of the story an entry carries."""

    LEAD = "lead"
    SUPPORT = "support"
    MINOR = "minor"


class Period(StrEnum):
    """The age the story is set in, which decides clothes, streets and lamps."""

    ANCIENT = "ancient"
    MEDIEVAL = "medieval"
    VICTORIAN = "victorian"
    EDWARDIAN = "edwardian"
    MIDCENTURY = "midcentury"
    CONTEMPORARY = "contemporary"
    FUTURE = "future"


class PlaceKind(StrEnum):
    """The kinds of place the art department knows how to build."""

    STREET = "street"
    ROOM = "room"
    ATTIC = "attic"
    OFFICE = "office"
    SHOP = "shop"
    RAILWAY = "railway"
    FOREST = "forest"
    SEA = "sea"
    FIELD = "field"
    CHURCH = "church"
    ROAD = "road"
    KITCHEN = "kitchen"
    CELLAR = "cellar"
    TAVERN = "tavern"
    GARDEN = "garden"
    MOUNTAIN = "mountain"
    HALL = "hall"
    BEDROOM = "bedroom"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    SHIP = "ship"
    SPACESHIP = "spaceship"
    DESERT = "desert"
    CAVE = "cave"


class TimeOfDay(StrEnum):
    """When, as light tells it."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """What falls or hangs in the air."""

    CLEAR = "clear"
    OVERCAST = "overcast"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    WIND = "wind"


class LightQuality(StrEnum):
    """The gaffer's first word."""

    SOFT = "soft"
    NATURAL = "natural"
    DRAMATIC = "dramatic"
    LOW_KEY = "low_key"
    HIGH_KEY = "high_key"


class LightDirection(StrEnum):
    """Where the key light stands, as the camera sees it."""

    LEFT = "left"
    RIGHT = "right"
    FRONT = "front"
    BACK = "back"
    TOP = "top"
    UNDER = "under"


class Lighting(Noun):
    """How a place or shot is lit: hardness 0 (soft) to 1 (hard), colour temperature in kelvin, the sources that motivate it."""

    quality: LightQuality = LightQuality.NATURAL
    hardness: float = Field(default=0.5, ge=0, le=1)
    colour_temperature: int = Field(default=5600, ge=1000, le=12000)
    motivated_sources: tuple[str, ...] = ()
    direction: LightDirection = LightDirection.LEFT
    intensity: float = Field(default=0.6, ge=0, le=1)


class PhysicalTraits(Noun):
    """A body and a face, in the words the story uses or in values derived from the name where it is silent.

    Of an animal, `hair_colour` is the colour of its coat and `skin` what that is made of: fur, feathers, scales.
    """

    species: Species = Field(default=Species.HUMAN, exclude_if=lambda kind: kind is Species.HUMAN)
    """Left out of the document of a person, so that whatever was made of people before keeps its digest."""
    sex: Sex = Sex.UNKNOWN
    age: Age = Age.ADULT
    build: Build = Build.AVERAGE
    skin: str = "fair"
    hair_colour: str = "brown"
    hair_style: str = "short"
    face: str = "oval"
    facial_hair: str = "none"
    eyes: str = "brown"
    distinguishing: tuple[str, ...] = ()


class Wardrobe(Noun):
    """What is worn: garments from outermost in, their colours as #rrggbb in the same order, headwear, things carried."""

    garments: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    headwear: str = "none"
    accessories: tuple[str, ...] = ()


class CharacterState(Noun):
    """How a character is at the start of the film; looks change it scene by scene."""

    emotion: str = "neutral"
    condition: tuple[str, ...] = ()
    holding: str | None = None


class LocationState(Noun):
    """How a place is at the start of the film."""

    weather: Weather = Weather.CLEAR
    condition: tuple[str, ...] = ()


class VoiceProfile(Noun):
    """How a character sounds: pitch 0–99, rate in words a minute, `variant` the synthesiser's voice."""

    pitch: int = Field(default=50, ge=0, le=99)
    rate: int = Field(default=160, ge=80, le=320)
    variant: str = "m3"


class _Entry(Noun):
    """What all entries of the bible have in common."""

    schema_version: ClassVar[int] = 2

    @model_validator(mode="before")
    @classmethod
    def _without_its_picture(cls, found: object) -> object:
        """Documents of version 1 held the key image, which is an item of its own since."""
        if not isinstance(found, dict):
            return found
        fields = cast("dict[str, object]", found)
        return {name: value for name, value in fields.items() if name != "key_image"}


class Character(_Entry):
    """A person of the story."""

    kind: Literal["character"] = "character"
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    weight: Weight = Weight.SUPPORT
    description: str = ""
    traits: PhysicalTraits = PhysicalTraits()
    wardrobe: Wardrobe = Wardrobe()
    state: CharacterState = CharacterState()
    voice: VoiceProfile = VoiceProfile()
    source: Source = Source.PROJECT


class Location(_Entry):
    """A place of the story."""

    kind: Literal["location"] = "location"
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    place: PlaceKind = PlaceKind.ROOM
    interior: bool = True
    description: str = ""
    lighting: Lighting = Lighting()
    state: LocationState = LocationState()
    source: Source = Source.PROJECT


class Prop(_Entry):
    """A thing the story turns on; `owner` is the id of the character who has it first."""

    kind: Literal["prop"] = "prop"
    id: str
    name: str
    description: str = ""
    owner: str | None = None
    source: Source = Source.PROJECT


class Style(_Entry):
    """How the whole film looks: its period, palette as #rrggbb, and the words a model is given."""

    kind: Literal["style"] = "style"
    id: str
    name: str
    period: Period = Period.CONTEMPORARY
    palette: tuple[str, ...] = ()
    grain: float = Field(default=0.35, ge=0, le=1)
    description: str = ""
    source: Source = Source.PROJECT


class KeyImage(Noun):
    """The picture that shows what an entry looks like, by itself; `name` is the entry's when it was made."""

    kind: Literal["key_image"] = "key_image"
    entry_id: str
    name: str
    picture: MediaRef


IMAGE: Final = "image"
"""What follows an entry's id in the item of its key image."""


def image_item(entry_id: str) -> str:
    """The item of an entry's key image."""
    return f"{entry_id}/{IMAGE}"


Entry = Annotated[Character | Location | Prop | Style, Field(discriminator="kind")]
ENTRY: TypeAdapter[Character | Location | Prop | Style] = TypeAdapter(Entry)
PAGE: TypeAdapter[Character | Location | Prop | Style | KeyImage] = TypeAdapter(
    Annotated[Character | Location | Prop | Style | KeyImage, Field(discriminator="kind")]
)
"""Reads any item of the bible: an entry, or its picture."""
