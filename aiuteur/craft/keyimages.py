"""What a bible entry's key image shows: the drawing brief for one character, place, thing or mood, by itself."""

from functools import singledispatch
from typing import Final

from aiuteur.craft import templates
from aiuteur.craft.prompting import seed
from aiuteur.film.bible import (
    Character,
    Entry,
    Lighting,
    LightQuality,
    Location,
    Period,
    PlaceKind,
    Prop,
    Style,
    TimeOfDay,
    Weather,
)
from aiuteur.film.shots import CameraAngle, Facing, ScreenSide, ShotSize, ShotType
from aiuteur.film.takes import Figure, Picture

WIDTH: Final = 640
HEIGHT: Final = 640
_STUDIO_LIGHT: Final = Lighting(quality=LightQuality.SOFT, hardness=0.3, intensity=0.8)


def key_picture(entry: Entry, style: Style | None) -> Picture:
    """The drawing brief of an entry's key image, in pixels `WIDTH` × `HEIGHT`."""
    picture = Picture(
        width=WIDTH, height=HEIGHT, place=PlaceKind.HALL, place_name=entry.name, interior=True,
        period=style.period if style else Period.CONTEMPORARY, time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="neutral",
        lighting=_STUDIO_LIGHT, shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM, angle=CameraAngle.EYE_LEVEL, lens_mm=50,
        palette=style.palette if style else (), grain=style.grain if style else 0.0, seed=seed(entry.name),
    )
    return picture.model_copy(update=_shown(entry))


def key_words(entry: Entry, style: Style | None) -> str:
    """The words for a key image, for an illustrator that reads them; of the style only its period and palette are used."""
    return templates.render("key_image", {"kind": type(entry).__name__.lower(), "entry": entry, "style": style})


@singledispatch
def _shown(entry: Entry) -> dict[str, object]:
    message = f"No key image is defined for a {type(entry).__name__}."
    raise TypeError(message)


@_shown.register
def _(entry: Character) -> dict[str, object]:
    figure = Figure(
        name=entry.name, traits=entry.traits, wardrobe=entry.wardrobe, tags=entry.state.condition, side=ScreenSide.CENTRE,
        facing=Facing.CAMERA, emotion=entry.state.emotion, holding=entry.state.holding,
    )
    return {"figures": (figure,)}


@_shown.register
def _(entry: Location) -> dict[str, object]:
    return {
        "place": entry.place, "interior": entry.interior, "lighting": entry.lighting, "weather": entry.state.weather,
        "shot_type": ShotType.ESTABLISHING, "size": ShotSize.WIDE, "lens_mm": 24,
    }


@_shown.register
def _(entry: Prop) -> dict[str, object]:
    return {"props": (entry.name,), "shot_type": ShotType.INSERT, "size": ShotSize.INSERT}


@_shown.register
def _(entry: Style) -> dict[str, object]:
    return {"place": PlaceKind.STREET, "interior": False, "time_of_day": TimeOfDay.DUSK, "shot_type": ShotType.ESTABLISHING,
            "size": ShotSize.EXTREME_WIDE, "grain": entry.grain}
