"""The forms that models answer in: what a schema asks of them, before it becomes the house's nouns.

Belongs here: fields, and their strict JSON schemas. Does not belong here: what is asked (`aiuteur/prompts`), or what an answer is
turned into (`aiuteur.craft.asking`).

A field that is filled from elsewhere (an id that is minted, a key image) is not asked for; a passage is asked for by its number.
"""

import copy
from functools import cache
from typing import Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from aiuteur.digest import Json
from aiuteur.film.bible import (
    CharacterState,
    Lighting,
    LocationState,
    Period,
    PhysicalTraits,
    PlaceKind,
    TimeOfDay,
    VoiceProfile,
    Wardrobe,
    Weather,
    Weight,
)
from aiuteur.film.dailies import Department, Dimension, Rating
from aiuteur.film.shots import Blocking, Cinematography, DialogueLine
from aiuteur.film.story import Turn


class Answer(BaseModel):
    """A closed form: what is not asked for is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class VariantAnswer(Answer):
    """One way to tell the story; `passages` by number."""

    angle: str = Field(min_length=1)
    logline: str = Field(min_length=1)
    prose: str = Field(min_length=1)
    passages: list[str]


class TreatmentAnswer(Answer):
    """Three variants, and the index of the one recommended."""

    variants: list[VariantAnswer] = Field(min_length=3, max_length=3)
    selected: int = Field(ge=0, le=2)


class BeatAnswer(Answer):
    """One beat; `id` is that of the earlier beat it rewrites, null for a new one."""

    id: str | None
    text: str = Field(min_length=1)
    turn: Turn
    emotion: str
    passages: list[str]
    seconds: float = Field(gt=0)


class BeatsAnswer(Answer):
    """The beat sheet."""

    beats: list[BeatAnswer] = Field(min_length=1)


class SceneAnswer(Answer):
    """One scene as Fountain, with the ids of the beats it tells; `id` is that of the earlier scene it rewrites."""

    id: str | None
    beats: list[str]
    seconds: float = Field(gt=0)
    fountain: str = Field(min_length=1)


class ScriptAnswer(Answer):
    """The screenplay, scene by scene."""

    title: str = Field(min_length=1)
    scenes: list[SceneAnswer] = Field(min_length=1)


class CharacterAnswer(Answer):
    """A person of the story."""

    name: str = Field(min_length=1)
    aliases: list[str]
    weight: Weight
    description: str
    traits: PhysicalTraits
    wardrobe: Wardrobe
    state: CharacterState
    voice: VoiceProfile


class LocationAnswer(Answer):
    """A place of the story."""

    name: str = Field(min_length=1)
    aliases: list[str]
    place: PlaceKind
    interior: bool
    description: str
    lighting: Lighting
    state: LocationState


class PropAnswer(Answer):
    """A thing the story turns on; `owner` is a character's name."""

    name: str = Field(min_length=1)
    description: str
    owner: str | None


class StyleAnswer(Answer):
    """How the film looks."""

    name: str = Field(min_length=1)
    period: Period
    palette: list[str]
    grain: float = Field(ge=0, le=1)
    description: str


class BibleAnswer(Answer):
    """The bible."""

    characters: list[CharacterAnswer]
    locations: list[LocationAnswer]
    props: list[PropAnswer]
    style: StyleAnswer


class BreakdownAnswer(Answer):
    """One scene broken down; ids are those of the bible's entries."""

    location_id: str | None
    cast: list[str]
    props: list[str]
    time_of_day: TimeOfDay
    weather: Weather
    mood: str
    excerpt: str
    end_state: str


class ShotAnswer(Answer):
    """One shot; `id` is that of the earlier shot it rewrites, `continues_from` the index of the one it goes on from."""

    id: str | None
    cinematography: Cinematography
    lighting: Lighting
    action: str = Field(min_length=1)
    dialogue: list[DialogueLine]
    blocking: list[Blocking]
    props: list[str]
    duration: float = Field(gt=0, le=60)
    continues_from: int | None
    continuity_flags: list[str]


class ShotListAnswer(Answer):
    """The coverage of one scene."""

    shots: list[ShotAnswer] = Field(min_length=1)


class LookAnswer(Answer):
    """How somebody looks in one scene; `wardrobe` null where it is what it was."""

    wardrobe: Wardrobe | None
    tags: list[str]
    carry_forward: bool


class RatingAnswer(Answer):
    """One dimension's rating."""

    dimension: Dimension
    rating: Rating


class IssueAnswer(Answer):
    """Something wrong, for a department, and what the next attempt is to be told."""

    department: Department
    severity: Literal["minor", "major", "critical"]
    description: str
    correction: str


class RuleAnswer(Answer):
    """A lesson for the takes to come; `about` names the character or the department it is for, "" for the whole project."""

    text: str = Field(min_length=1)
    scope: Literal["project", "character", "department"]
    about: str


class ReviewAnswer(Answer):
    """The review of a take; `suggestion` where it teaches something that holds beyond it."""

    ratings: list[RatingAnswer] = Field(min_length=1)
    issues: list[IssueAnswer]
    suggestion: RuleAnswer | None


_PLAIN: Final = frozenset({
    "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "description",
})
"""What every provider's strict mode understands; bounds and lengths are checked here when the answer is read."""


@cache
def schema(form: type[Answer]) -> dict[str, Json]:
    """A form's JSON schema as strict modes want it: every field required, nothing else allowed, no defaults."""
    return cast("dict[str, Json]", _strict(copy.deepcopy(form.model_json_schema())))


def _strict(found: Any) -> Any:  # noqa: ANN401 - a JSON schema is of every kind
    if isinstance(found, list):
        return [_strict(part) for part in cast("list[Any]", found)]
    if not isinstance(found, dict):
        return found
    node = cast("dict[str, Any]", found)
    if "const" in node:
        node = {**node, "enum": [node["const"]]}
    kept = {
        name: {inner: _strict(value) for inner, value in cast("dict[str, Any]", part).items()}
        if name in {"properties", "$defs"} else _strict(part)
        for name, part in node.items() if name in _PLAIN
    }
    if "$ref" in kept:
        return {"$ref": kept["$ref"]}
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept
