"""Documents: stored content as its noun, and which fields of it only follow from others.

Belongs here: what is the same for every artifact. Does not belong here: fetching documents (`aiuteur.registry`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.craft.screenplay import compose
from aiuteur.craft.world import ORDER
from aiuteur.digest import Json
from aiuteur.film.bible import ENTRY
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import ScriptScene
from aiuteur.film.shots import Order
from aiuteur.film.stages import STAGES

DERIVED: Final[Mapping[str, frozenset[str]]] = MappingProxyType({"script": frozenset({"fountain", "staging"})})
"""Fields that follow from the others of the same document, by artifact."""


def noun_of(artifact: str, document: Mapping[str, Json]) -> Noun:
    """A document as its noun, derived fields made where it lacks them; raises `ValidationError`, `KeyError` for no artifact."""
    if artifact == ORDER:
        return Order.model_validate(document)
    if artifact == "script" and "fountain" not in document:
        scenes = [ScriptScene.model_validate(scene) for scene in _list(document["scenes"])]
        author = document.get("author")
        return compose(str(document["title"]), author if isinstance(author, str) else None, scenes)
    nouns = STAGES[artifact].nouns
    return nouns[0].model_validate(document) if len(nouns) == 1 else ENTRY.validate_python(document)


def without_derived(artifact: str, document: Mapping[str, Json] | None) -> Mapping[str, Json] | None:
    """A document without the fields that follow from others."""
    derived = DERIVED.get(artifact)
    if document is None or derived is None:
        return document
    return {name: value for name, value in document.items() if name not in derived}


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list | tuple) else []
