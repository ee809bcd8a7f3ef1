"""The wit of the loopback services: reads a prompt's material as a model would, and answers with the animatic studio's craft.

It knows of a request only what stands in it: the words, the material between its marks, and the schema of the answer.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from aiuteur.craft import bible_writing, breakdown, coverage, fountain, outline, screenwriting, wardrobe
from aiuteur.craft.passages import cited, naming, pieces
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.dailies import Dimension
from aiuteur.film.noun import Passage
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.shots import Scene
from aiuteur.film.story import Beat, TreatmentVariant

Given = Mapping[str, Any]
_FIELD: Final = re.compile(r"<material-(?P<mark>[0-9a-f]+)>\n(?P<json>.*?)\n</material-(?P=mark)>", re.DOTALL)
_FORMS: Final = MappingProxyType({
    "variants": "treatment", "beats": "beats", "scenes": "script", "characters": "bible", "location_id": "breakdown",
    "shots": "shot_list", "carry_forward": "looks", "ratings": "review",
})


def answer(prompt: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a prompt, in the form its schema asks for."""
    found = _FIELD.search(prompt)
    given: Given = json.loads(found["json"]) if found else {}
    return _ACTS[task(schema)](given)


def task(schema: Mapping[str, Any]) -> str:
    """Which task a schema is of, by a field that only it has."""
    return next(name for field, name in _FORMS.items() if field in schema["properties"])


def _treatment(given: Given) -> dict[str, Any]:
    narrative, ids = _narrative(given)
    made = outline.variants(narrative, _brief(given))
    variants = [
        {"angle": one.angle or "as told", "logline": one.logline or "A story.", "prose": one.prose or "A story.",
         "passages": _ids(narrative, ids, one.passages)}
        for one in made
    ]
    return {"variants": (variants * 3)[:3], "selected": 0}


def _beats(given: Given) -> dict[str, Any]:
    narrative, ids = _narrative(given)
    told = given["variant"]
    variant = TreatmentVariant(
        angle=told["angle"], logline=told["logline"], prose=told["prose"], passages=_passages(narrative, ids, told["passages"]),
    )
    return {"beats": [
        {"id": None, "text": beat.text, "turn": beat.turn.value, "emotion": beat.emotion, "seconds": beat.seconds,
         "passages": _ids(narrative, ids, beat.passages)}
        for beat in outline.beats(narrative, _brief(given), variant)
    ]}


def _script(given: Given) -> dict[str, Any]:
    narrative, ids = _narrative(given)
    beats = [
        Beat.model_validate({**beat, "passages": _passages(narrative, ids, beat["passages"])}) for beat in given["beats"]
    ]
    scenes = screenwriting.scenes(narrative, beats)
    told = [item for scene in scenes for item in scene.beats]
    left = [beat.id for beat in beats if beat.id not in told]
    written = [
        {"id": None, "beats": [*scene.beats, *(left if place == len(scenes) - 1 else ())], "seconds": scene.seconds,
         "fountain": _fountain(scene)}
        for place, scene in enumerate(scenes)
    ]
    return {"title": narrative.title, "scenes": written}


def _bible(given: Given) -> dict[str, Any]:
    narrative, _ = _narrative(given)
    scenes = fountain.parse(given["script"]).scenes
    entries = [dict(entry) for entry in bible_writing.entries(narrative, _brief(given), scenes)]
    by_kind: dict[str, list[dict[str, Any]]] = {"character": [], "location": [], "prop": [], "style": []}
    for entry in entries:
        kept = {name: value for name, value in entry.items() if name not in {"kind", "id", "source", "key_image"}}
        by_kind[str(entry["kind"])].append(kept)
    return {
        "characters": by_kind["character"], "locations": by_kind["location"], "props": by_kind["prop"],
        "style": by_kind["style"][0],
    }


def _breakdown(given: Given) -> dict[str, Any]:
    found = breakdown.break_down(_scene(given["scene"]), given["entries"])
    return {"props": [], "weather": "clear", **dict(found)}


def _shot_list(given: Given) -> dict[str, Any]:
    scene = Scene.model_validate(given["scene"])
    made = coverage.shot_list(
        scene, _scene(given["script"]), given["cast"], given["location"], given["seconds"], given["max_seconds"],
        given.get("props") or (),
    )
    asked = ("cinematography", "lighting", "action", "dialogue", "blocking", "props", "duration", "continuity_flags")
    return {"shots": [
        {**{name: shot.document()[name] for name in asked}, "id": None, "continues_from": before,
         "action": shot.action or "A moment."}
        for shot, before in zip(made, coverage.continuing(made), strict=True)
    ]}


def _looks(given: Given) -> dict[str, Any]:
    found = dict(wardrobe.look(given["scene"], given["entry"], given.get("previous")))
    return {"wardrobe": found.get("wardrobe"), "tags": found.get("tags", []), "carry_forward": found.get("carry_forward", True)}


def _review(given: Given) -> dict[str, Any]:
    del given
    return {
        "ratings": [{"dimension": one.value, "rating": "PASS"} for one in Dimension], "issues": [], "suggestion": None,
    }


_ACTS: Final[Mapping[str, Callable[[Given], dict[str, Any]]]] = MappingProxyType({
    "treatment": _treatment, "beats": _beats, "script": _script, "bible": _bible, "breakdown": _breakdown,
    "shot_list": _shot_list, "looks": _looks, "review": _review,
})


def _narrative(given: Given) -> tuple[Narrative, list[str]]:
    """The story as far as it is shown, and the numbers of its passages in order."""
    text = "\n\n".join(piece["text"] for piece in given["passages"]) or "…"
    narrative = Narrative(
        title=given["title"], author=given["author"], text=text, format=SourceFormat.PROSE, language=given["language"],
    )
    return narrative, [piece["id"] for piece in given["passages"]]


def _brief(given: Given) -> Brief:
    return Brief.model_validate(given["brief"])


def _ids(narrative: Narrative, ids: Sequence[str], passages: Sequence[Passage]) -> list[str]:
    """The numbers by which the story's passages are known to whoever asked."""
    places = {piece.id: place for place, piece in enumerate(pieces(narrative.text))}
    return [ids[min(places[item], len(ids) - 1)] for item in naming(narrative.text, passages)]


def _passages(narrative: Narrative, ids: Sequence[str], named: Sequence[str]) -> tuple[Passage, ...]:
    own = [piece.id for piece in pieces(narrative.text)]
    return cited(narrative.text, [own[min(ids.index(item), len(own) - 1)] for item in named if item in ids])


def _scene(text: str) -> ScriptScene:
    return fountain.parse(text.strip() + "\n").scenes[0]


def _fountain(scene: ScriptScene) -> str:
    text = fountain.render("T", None, [scene]).partition("\n\n")[2]
    return re.sub(r" #[^#\n]*#$", "", text, count=1, flags=re.MULTILINE)
