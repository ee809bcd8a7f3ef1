"""The script as a whole: composing it from scenes, its staging, and each scene's share of the film's length.

Belongs here: what follows from a script's scenes. Does not belong here: the Fountain syntax (`aiuteur.craft.fountain`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft import fountain
from aiuteur.craft.timing import end_seconds, spoken_seconds, title_seconds
from aiuteur.errors import InvalidInput
from aiuteur.film.brief import MAX_SECONDS, MIN_SECONDS
from aiuteur.film.screenplay import Element, ElementKind, Script, ScriptScene

_SPOKEN: Final = frozenset({ElementKind.DIALOGUE, ElementKind.PARENTHETICAL, ElementKind.LYRIC})
_SECONDS_PER_ACTION_WORD: Final = 0.25
_LEAST_SECONDS: Final = 2.0


def compose(title: str, author: str | None, scenes: Sequence[ScriptScene], text: str | None = None) -> Script:
    """A script from its scenes; `text` is the Fountain it came as, rendered from the scenes where there is none."""
    return Script(
        title=title, author=author, scenes=tuple(scenes), staging=tuple(_silent(scene) for scene in scenes),
        fountain=text if text is not None else fountain.render(title, author, scenes),
    )


def revised(script: Script, changes: Mapping[str, object]) -> Script:
    """A script after an edit of its scenes or of its Fountain text: what follows from the one is derived anew.

    Scenes that the text names by number keep their identity; raises `InvalidInput` for text that is no screenplay, and for
    both edited at once.
    """
    if "fountain" in changes and ("scenes" in changes or "staging" in changes):
        message = "Edit either the scenes of a script or its Fountain text, not both at once."
        raise InvalidInput(message)
    made = _reread(script, str(changes["fountain"])) if "fountain" in changes else _rewritten(script, changes)
    if [scene.id for scene in made.scenes] != [scene.id for scene in script.scenes]:
        message = "An edit of the script changes the words of its scenes: to change which there are, insert or delete one."
        raise InvalidInput(message)
    return made


def _rewritten(script: Script, changes: Mapping[str, object]) -> Script:
    edited = Script.model_validate({**script.document(), **changes})
    return compose(edited.title, edited.author, edited.scenes)


def _reread(script: Script, text: str) -> Script:
    """The script from its edited text: a scene keeps by its number all that the text does not say."""
    parsed = fountain.parse(text)
    known = {scene.number: scene for scene in script.scenes}
    scenes = [_kept(known[scene.number], scene) if scene.number in known else scene for scene in parsed.scenes]
    return compose(parsed.title or script.title, parsed.author or script.author, scenes, text)


def _kept(old: ScriptScene, new: ScriptScene) -> ScriptScene:
    return new.model_copy(update={"id": old.id, "seconds": old.seconds, "beats": old.beats, "passages": old.passages})


def in_order(script: Script, order: Sequence[str]) -> str:
    """The Fountain text of a script with its scenes in the order of the film, which a person may have moved."""
    known = {scene.id: scene for scene in script.scenes}
    if [scene.id for scene in script.scenes] == list(order):
        return script.fountain
    return fountain.render(script.title, script.author, [known[item] for item in order if item in known])


def scene_text(scene: ScriptScene) -> str:
    """A scene's heading and words on one page, for comparing and for reading."""
    return "\n".join([str(scene.slug), *(element.text for element in scene.elements)])


def shares(scenes: Sequence[ScriptScene], total_seconds: float) -> list[ScriptScene]:
    """The scenes with `seconds` shared out of a total by how long each plays at its natural pace."""
    natural = [natural_seconds(scene.elements) for scene in scenes]
    scale = total_seconds / sum(natural) if natural else 1.0
    return [
        scene.model_copy(update={"seconds": round(seconds * scale, 3)}) for scene, seconds in zip(scenes, natural, strict=True)
    ]


def natural_length(scenes: Sequence[ScriptScene]) -> int:
    """How long a film of these scenes is in whole seconds when nobody asks for a length: as they play, between its cards."""
    content = sum(natural_seconds(scene.elements) for scene in scenes)
    length = content + title_seconds(content) + end_seconds(content)
    return round(min(MAX_SECONDS, max(MIN_SECONDS, length)))


def natural_seconds(elements: Sequence[Element]) -> float:
    """How long elements play: dialogue as spoken, action by its length in words."""
    spoken = sum(spoken_seconds(element.text) for element in elements if element.kind in _SPOKEN)
    action = sum(len(element.text.split()) for element in elements if element.kind is ElementKind.ACTION)
    return max(_LEAST_SECONDS, spoken + action * _SECONDS_PER_ACTION_WORD)


def _silent(scene: ScriptScene) -> ScriptScene:
    return scene.model_copy(update={"elements": tuple(element for element in scene.elements if element.kind not in _SPOKEN)})
