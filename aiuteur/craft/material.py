"""The material of a task: what of its payload a model is shown, with passages by number instead of offsets.

Belongs here: choosing and reshaping. Does not belong here: the words around it (`aiuteur/prompts`).
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast

from aiuteur.craft import fountain
from aiuteur.craft.passages import naming, pieces
from aiuteur.craft.timing import content_seconds
from aiuteur.digest import Json
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.noun import Passage
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.story import Beat, TreatmentVariant

Document = Mapping[str, Json]


def material(task: str, payload: Document) -> dict[str, Any]:
    """What a model is shown for a task: its payload, reshaped where a model could not use it as it is."""
    return dict(_SHOWN.get(task, _whole)(payload))


def beat_shown(beat: Beat, text: str) -> dict[str, Json]:
    """A beat with its passages by number."""
    return {**{name: value for name, value in beat.document().items() if name != "passages"},
            "passages": list(naming(text, beat.passages))}


def _whole(payload: Document) -> Document:
    return payload


def _treatment(payload: Document) -> Document:
    return {**_stretch(payload), "seconds": payload.get("seconds", _brief(payload).length_seconds)}


def _stretch(payload: Document) -> dict[str, Json]:
    """The story, or the stretch of it that a part is asked about and what comes just before that."""
    only = cast("Sequence[str] | None", payload.get("only"))
    before = cast("Sequence[str]", payload.get("before") or ())
    shown = {"before": _story(payload, before)["passages"]} if before else {}
    return {**_story(payload, only), **shown}


def _beats(payload: Document) -> Document:
    narrative, brief = _narrative(payload), _brief(payload)
    variant = TreatmentVariant.model_validate(payload["variant"])
    return {
        **_stretch(payload), "seconds": payload.get("seconds", content_seconds(brief.length_seconds)),
        "variant": {"angle": variant.angle, "logline": variant.logline, "prose": variant.prose,
                    "passages": list(naming(narrative.text, variant.passages))},
    }


def _script(payload: Document) -> Document:
    narrative = _narrative(payload)
    beats = [Beat.model_validate(beat) for beat in cast("Sequence[Document]", payload["beats"])]
    before = [Beat.model_validate(beat) for beat in cast("Sequence[Document]", payload.get("before") or ())]
    told = [passage for beat in (*before, *beats) for passage in beat.passages]
    return {
        **_story(payload, _around(narrative.text, told)), "seconds": round(sum(beat.seconds for beat in beats), 3),
        "beats": [beat_shown(beat, narrative.text) for beat in beats],
        **({"before": [beat_shown(beat, narrative.text) for beat in before]} if before else {}),
    }


def _bible(payload: Document) -> Document:
    script = cast("Mapping[str, Any]", payload["script"])
    scenes = [ScriptScene.model_validate(scene) for scene in script["scenes"]]
    text = _narrative(payload).text
    told = [passage for scene in scenes for passage in scene.passages]
    return {
        **_story(payload, _around(text, told) if told else None), "script": fountain.render(str(script["title"]), None, scenes),
    }


def _breakdown(payload: Document) -> Document:
    scene = ScriptScene.model_validate(payload["scene"])
    return {
        "scene": fountain.render("", None, [scene]).partition("\n\n")[2], "entries": payload["entries"],
        "narrative_language": payload.get("narrative_language", "en"),
        **({"time_before": payload["time_before"]} if "time_before" in payload else {}),
    }


def _shot_list(payload: Document) -> Document:
    scene = ScriptScene.model_validate(payload["script"])
    return {**payload, "script": fountain.render("", None, [scene]).partition("\n\n")[2]}


_SHOWN: Final[Mapping[str, Callable[[Document], Document]]] = MappingProxyType({
    "treatment": _treatment, "beats": _beats, "script": _script, "bible": _bible, "breakdown": _breakdown,
    "shot_list": _shot_list,
})


def _story(payload: Document, only: Sequence[str] | None = None) -> dict[str, Json]:
    """The narrative in numbered passages (`only` these, where they are named) and what film is wanted of it."""
    narrative = _narrative(payload)
    wanted = set(only) if only is not None else None
    shown = [{"id": piece.id, "text": piece.text} for piece in pieces(narrative.text) if wanted is None or piece.id in wanted]
    return {
        "title": narrative.title, "author": narrative.author, "language": narrative.language,
        "brief": payload["brief"], "passages": cast("Json", shown),
    }


def _around(text: str, passages: Sequence[Passage]) -> list[str]:
    """The pieces that passages cite, and the one on either side of each: what is told is told in view of its neighbours."""
    ids = [piece.id for piece in pieces(text)]
    named = set(naming(text, passages))
    return [
        item for place, item in enumerate(ids)
        if any(0 <= near < len(ids) and ids[near] in named for near in (place - 1, place, place + 1))
    ]


def _narrative(payload: Document) -> Narrative:
    return Narrative.model_validate(payload["narrative"])


def _brief(payload: Document) -> Brief:
    return Brief.model_validate(payload["brief"])
