"""The script as a whole: composing it from scenes, its staging, and each scene's share of the film's length.

Belongs here: what follows from a script's scenes. Does not belong here: the Fountain syntax (`aiuteur.craft.fountain`).
"""

from collections.abc import Sequence
from typing import Final

from aiuteur.craft import fountain
from aiuteur.craft.timing import end_seconds, spoken_seconds, title_seconds
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
