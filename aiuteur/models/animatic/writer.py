"""The built-in writer: answers every textual task from the story's own words, without key, network or chance.

Belongs here: from a request's payload to a reply's content. Does not belong here: the craft itself (`aiuteur.craft`).
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast

from aiuteur.craft import bible_writing, breakdown, coverage, outline, screenwriting, wardrobe
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import TimeOfDay
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import Role
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.shots import Scene
from aiuteur.film.story import Beat, TreatmentVariant
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.protocols import Reply, Request

Payload = Mapping[str, Json]
Document = Mapping[str, Json]


class AnimaticWriter:
    """Answers treatment, beats, script, bible, breakdown, shot_list and looks."""

    card = CARDS[Role.WRITER]

    async def make(self, request: Request) -> Reply:
        """Answer one request; raises `InvalidInput` for a task that is no writer's."""
        answer = _TASKS.get(request.task)
        if answer is None:
            message = f"The built-in writer has no task {request.task!r}: ask it one of {', '.join(_TASKS)}."
            raise InvalidInput(message)
        return Reply(content=answer(request.payload), cost_usd=0.0)


def _treatment(payload: Payload) -> Json:
    made = outline.variants(_narrative(payload), _brief(payload))
    return {"variants": [variant.document() for variant in made], "selected": 0}


def _beats(payload: Payload) -> Json:
    variant = TreatmentVariant.model_validate(payload["variant"])
    made = outline.beats(_narrative(payload), _brief(payload), variant)
    return {"beats": [_without(beat.document(), "id") for beat in made]}


def _script(payload: Payload) -> Json:
    narrative = _narrative(payload)
    made = screenwriting.scenes(narrative, [Beat.model_validate(beat) for beat in _list(payload["beats"])])
    return {
        "title": narrative.title,
        "author": narrative.author,
        "scenes": [_without(scene.document(), "id", "number") for scene in made],
    }


def _bible(payload: Payload) -> Json:
    script = _map(payload["script"])
    scenes = [ScriptScene.model_validate(scene) for scene in _list(script["scenes"])]
    return {"entries": bible_writing.entries(_narrative(payload), _brief(payload), scenes)}


def _breakdown(payload: Payload) -> Json:
    english = str(payload.get("narrative_language", "en")).startswith("en")
    before = payload.get("time_before")
    return breakdown.break_down(
        ScriptScene.model_validate(payload["scene"]), _list(payload["entries"]), english=english,
        before=TimeOfDay(str(before)) if before is not None else None,
    )


def _shot_list(payload: Payload) -> Json:
    location = payload.get("location")
    made = coverage.shot_list(
        Scene.model_validate(payload["scene"]),
        ScriptScene.model_validate(payload["script"]),
        _list(payload["cast"]),
        _map(location) if location is not None else None,
        float(cast("float", payload["seconds"])),
        float(cast("float", payload["max_seconds"])),
        _list(payload.get("props") or ()),
    )
    return {
        "shots": [
            {**_without(shot.document(), "id", "scene_id", "label"), "continues_from": before}
            for shot, before in zip(made, coverage.continuing(made), strict=True)
        ]
    }


def _looks(payload: Payload) -> Json:
    previous = payload.get("previous")
    return wardrobe.look(_map(payload["scene"]), _map(payload["entry"]), _map(previous) if previous is not None else None)


_TASKS: Final[Mapping[str, Callable[[Payload], Json]]] = MappingProxyType(
    {
        "treatment": _treatment,
        "beats": _beats,
        "script": _script,
        "bible": _bible,
        "breakdown": _breakdown,
        "shot_list": _shot_list,
        "looks": _looks,
    }
)


def _narrative(payload: Payload) -> Narrative:
    return Narrative.model_validate(payload["narrative"])


def _brief(payload: Payload) -> Brief:
    return Brief.model_validate(payload["brief"])


def _without(document: Document, *names: str) -> Document:
    return {name: value for name, value in document.items() if name not in names}


def _list(value: Json) -> Sequence[Document]:
    return cast("Sequence[Document]", value)


def _map(value: Json) -> Document:
    return cast("Document", value)
