"""Asking in words: a task and its payload become a prompt with a schema, and the words that come back become the task's content.

Belongs here: what is put to a model that reads words, and what its answer has to hold. Does not belong here: the wording
(`aiuteur/prompts`), the forms (`aiuteur.craft.answers`), sending it (`aiuteur.models`).

What the story says is data. It stands in one field at the end, as JSON, between two marks that hold a number drawn from the story
itself, so that no story can close its own field; the words before it say so, nothing in it is followed, and a step has no tools.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from aiuteur.craft import templates
from aiuteur.craft.answers import (
    Answer,
    BeatsAnswer,
    BibleAnswer,
    BreakdownAnswer,
    LookAnswer,
    ReviewAnswer,
    ScriptAnswer,
    ShotListAnswer,
    TreatmentAnswer,
    schema,
)
from aiuteur.craft.material import material
from aiuteur.craft.reading_answers import READ, Unreadable
from aiuteur.craft.reading_reviews import Unrated, review
from aiuteur.digest import Json, canonical, digest

__all__ = ["TASKS", "Unreadable", "Words", "correction", "read", "words"]

_FORMS: Final[Mapping[str, type[Answer]]] = MappingProxyType({
    "treatment": TreatmentAnswer, "beats": BeatsAnswer, "script": ScriptAnswer, "bible": BibleAnswer,
    "breakdown": BreakdownAnswer, "shot_list": ShotListAnswer, "looks": LookAnswer,
    "review_frame": ReviewAnswer, "review_clip": ReviewAnswer,
})
TASKS: Final = frozenset(_FORMS)
"""The tasks that are put in words and answered in a form."""

_TEMPLATES: Final = MappingProxyType({"review_frame": "judge", "review_clip": "judge"})
_SHORTEST_MARK: Final = 16


@dataclass(frozen=True, slots=True)
class Words:
    """A task in words: what is asked, what the model is, the schema of its answer, and the template that says it."""

    prompt: str
    system: str
    schema: Mapping[str, Json]
    template: str


def words(task: str, payload: Mapping[str, Json], previous: Sequence[Mapping[str, Json]] = ()) -> Words:
    """What a model is asked; `previous` are the items of the list it rewrites, with their ids.

    The same payload always gives the same words. Raises `KeyError` for another task.
    """
    name = _TEMPLATES.get(task, task)
    shown = material(task, payload) | ({"previous": list(previous)} if previous else {})
    mark = digest(shown)[:_SHORTEST_MARK]
    told = templates.render(name, {"task": task, "given": {"previous": [], "before": [], **shown}, "mark": mark})
    system = templates.render("system", {"task": task, "mark": mark})
    field = f"<material-{mark}>\n{json.dumps(shown, ensure_ascii=False, separators=(',', ':'))}\n</material-{mark}>"
    versions = "+".join(f"{part}@{templates.template(part).version}" for part in ("system", name))
    return Words(f"{told}\n\n{field}", system, schema(_FORMS[task]), versions)


def read(task: str, payload: Mapping[str, Json], said: str) -> Json:
    """The content that an answer holds, in the house's form; raises `Unreadable` with what is wrong, for the model to mend."""
    try:
        answer = _FORMS[task].model_validate_json(_unfenced(said))
        return review(task, answer) if isinstance(answer, ReviewAnswer) else READ[task](payload, answer)
    except ValidationError as error:
        raise Unreadable(_sentence(error)) from None
    except Unrated as error:
        raise Unreadable(str(error)) from None


def correction(because: str) -> str:
    """The words that ask for an answer to be mended."""
    return templates.render("correction", {"because": because})


def _unfenced(said: str) -> str:
    """An answer without the fence that some models put around JSON."""
    text = said.strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rpartition("```")[0].strip()
    return text


def _sentence(error: ValidationError) -> str:
    """The first few things that a validator found, each with its place."""
    found = [f"{'.'.join(map(str, detail['loc'])) or 'the answer'}: {detail['msg']}" for detail in error.errors()[:5]]
    return "; ".join(found)


def size(task: str, payload: Mapping[str, Json]) -> int:
    """About how many tokens a task's words take: a quarter of its characters of Latin script, one for each of any other."""
    text = canonical(material(task, payload)).decode()
    latin = sum(letter.isascii() for letter in text)
    return latin // 4 + (len(text) - latin)
