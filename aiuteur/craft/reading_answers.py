"""Reading answers: a filled-in form becomes the content of its task, in the house's nouns, or is sent back with what is wrong.

Belongs here: the sense of an answer (ids that exist, seconds that add up, Fountain that parses). Does not belong here: its form
(`aiuteur.craft.answers`), reviews (`aiuteur.craft.reading_reviews`).
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast

from aiuteur.craft import fountain
from aiuteur.craft.answers import (
    Answer,
    BeatsAnswer,
    BibleAnswer,
    BreakdownAnswer,
    LookAnswer,
    SceneAnswer,
    ScriptAnswer,
    ShotAnswer,
    ShotListAnswer,
    TreatmentAnswer,
)
from aiuteur.craft.passages import cited
from aiuteur.craft.timing import content_seconds
from aiuteur.digest import Json
from aiuteur.errors import InvalidInput
from aiuteur.film.brief import Brief
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.story import Beat

Payload = Mapping[str, Json]


class Unreadable(ValueError):
    """An answer is not what was asked for; `str()` of it says what is wrong, for the model to mend."""


def _treatment(payload: Payload, answer: TreatmentAnswer) -> Json:
    text = _text(payload)
    variants = [
        {"angle": one.angle, "logline": one.logline, "prose": one.prose, "passages": _cited(text, one.passages, one.angle)}
        for one in answer.variants
    ]
    return {"variants": variants, "selected": answer.selected}


def _beats(payload: Payload, answer: BeatsAnswer) -> Json:
    text, whole = _text(payload), content_seconds(Brief.model_validate(payload["brief"]).length_seconds)
    seconds = _filling([beat.seconds for beat in answer.beats], cast("float", payload.get("seconds", whole)))
    return {"beats": [
        {"id": beat.id, "text": beat.text, "turn": beat.turn.value, "emotion": beat.emotion, "seconds": lasts,
         "passages": _cited(text, beat.passages, beat.text)}
        for beat, lasts in zip(answer.beats, seconds, strict=True)
    ]}


def _script(payload: Payload, answer: ScriptAnswer) -> Json:
    beats = {beat.id: beat for beat in (Beat.model_validate(one) for one in cast("Sequence[Payload]", payload["beats"]))}
    told = {item for scene in answer.scenes for item in scene.beats}
    _known(told, beats, "beat")
    missing = [item for item in beats if item not in told]
    if missing:
        message = f"no scene tells beat {', '.join(missing)}: every beat is told, in order"
        raise Unreadable(message)
    seconds = _filling([scene.seconds for scene in answer.scenes], sum(beat.seconds for beat in beats.values()))
    scenes = [_scene(scene, lasts, beats) for scene, lasts in zip(answer.scenes, seconds, strict=True)]
    return {"title": answer.title, "author": None, "scenes": cast("Json", scenes)}


def _scene(scene: SceneAnswer, seconds: float, beats: Mapping[str, Beat]) -> dict[str, Json]:
    """One scene of Fountain as its slug line and elements; its passages are those of the beats it tells."""
    parsed = _parsed(scene.fountain)
    passages = sorted({(one.start, one.end) for item in scene.beats for one in beats[item].passages})
    written = parsed[0].model_copy(update={"seconds": seconds, "beats": tuple(scene.beats)}).document()
    return {
        **{name: value for name, value in written.items() if name not in {"id", "number", "passages"}}, "id": scene.id,
        "passages": [{"start": start, "end": end} for start, end in passages],
    }


def _parsed(text: str) -> Sequence[ScriptScene]:
    """The one scene of a piece of Fountain."""
    try:
        scenes = fountain.parse(text.strip() + "\n").scenes
    except InvalidInput as error:
        message = f"the scene beginning {text[:40]!r} is no Fountain: {error}"
        raise Unreadable(message) from None
    if len(scenes) != 1:
        message = f"the scene beginning {text[:40]!r} holds {len(scenes)} scenes: write one slug line, as INT. ATTIC - NIGHT"
        raise Unreadable(message)
    return scenes


def _bible(payload: Payload, answer: BibleAnswer) -> Json:
    del payload
    names = [one.name for one in (*answer.characters, *answer.locations, *answer.props)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = f"{', '.join(twice)} stands twice in the bible: one entry for each"
        raise Unreadable(message)
    people = {one.name for one in answer.characters}
    entries: list[dict[str, Any]] = [{"kind": "character", **one.model_dump(mode="json")} for one in answer.characters]
    entries += [{"kind": "location", **one.model_dump(mode="json")} for one in answer.locations]
    entries += [
        {"kind": "prop", **one.model_dump(mode="json"), "owner": one.owner if one.owner in people else None}
        for one in answer.props
    ]
    return {"entries": [*entries, {"kind": "style", **answer.style.model_dump(mode="json")}]}


def _breakdown(payload: Payload, answer: BreakdownAnswer) -> Json:
    entries = cast("Sequence[Mapping[str, str]]", payload["entries"])
    kinds = {kind: {one["id"] for one in entries if one["kind"] == kind} for kind in ("character", "location", "prop")}
    _known(answer.cast, kinds["character"], "character")
    _known(answer.props, kinds["prop"], "prop")
    _known([answer.location_id] if answer.location_id else [], kinds["location"], "location")
    return answer.model_copy(update={"cast": _once(answer.cast), "props": _once(answer.props)}).model_dump(mode="json")


def _shot_list(payload: Payload, answer: ShotListAnswer) -> Json:
    people = {str(one["id"]) for one in cast("Sequence[Payload]", payload["cast"])}
    things = {str(one["id"]) for one in cast("Sequence[Payload]", payload.get("props") or ())}
    for place, shot in enumerate(answer.shots):
        _known([block.character_id for block in shot.blocking], people, f"character in shot {place}")
        _known([line.speaker_id for line in shot.dialogue if line.speaker_id], people, f"speaker in shot {place}")
        _known(shot.props, things, f"prop in shot {place}")
        if shot.continues_from is not None and not 0 <= shot.continues_from < place:
            message = f"shot {place} continues from shot {shot.continues_from}, which is not before it in the list"
            raise Unreadable(message)
    longest, wanted = float(cast("float", payload["max_seconds"])), float(cast("float", payload["seconds"]))
    lasting = _filling([shot.duration for shot in answer.shots], wanted, longest)
    return {"shots": [_shot(shot, seconds) for shot, seconds in zip(answer.shots, lasting, strict=True)]}


def _shot(shot: ShotAnswer, seconds: float) -> Json:
    written = shot.model_dump(mode="json")
    return {**written, "duration": seconds, "in_point": 0.0, "out_point": seconds, "requires_end_frame": False}


def _looks(payload: Payload, answer: LookAnswer) -> Json:
    del payload
    return answer.model_dump(mode="json")


_READERS: Final = {
    "treatment": _treatment, "beats": _beats, "script": _script, "bible": _bible, "breakdown": _breakdown,
    "shot_list": _shot_list, "looks": _looks,
}
READ: Final = MappingProxyType(cast("Mapping[str, Callable[[Payload, Answer], Json]]", _READERS))
"""How the answer to each task is read."""


def _text(payload: Payload) -> str:
    return str(cast("Payload", payload["narrative"])["text"])


def _cited(text: str, ids: Sequence[str], where: str) -> list[dict[str, Json]]:
    try:
        return [passage.document() for passage in cited(text, ids)]
    except KeyError as error:
        message = f"there is no passage {error.args[0]} (cited by {where[:40]!r}): cite those that are given"
        raise Unreadable(message) from None


def _known(ids: Iterable[str], known: Iterable[str], what: str) -> None:
    strange = sorted(set(ids) - set(known))
    if strange:
        message = f"there is no {what} with the id {', '.join(strange)}: use the ids that are given"
        raise Unreadable(message)


def _once(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _filling(told: Sequence[float], wanted: float, longest: float = math.inf) -> list[float]:
    """Durations in the proportions told that sum to `wanted`, none over `longest`: what is over goes to those that have room."""
    if wanted > longest * len(told) + 1e-6:
        message = (
            f"{len(told)} shots of at most {longest:g} s cannot fill {wanted:g} s: write at least {math.ceil(wanted / longest)}"
        )
        raise Unreadable(message)
    lasting = [seconds * wanted / sum(told) for seconds in told]
    while any(seconds > longest + 1e-9 for seconds in lasting):
        over = sum(max(0.0, seconds - longest) for seconds in lasting)
        room = sum(seconds for seconds in lasting if seconds < longest)
        lasting = [longest if seconds >= longest else seconds * (1 + over / room) for seconds in lasting]
    return [round(seconds, 3) for seconds in lasting]
