"""Stage 4: the script, as parsed scenes and as the Fountain text they render to (or came from)."""

from enum import StrEnum

from pydantic import Field

from aiuteur.film.noun import Noun, Passage


class ElementKind(StrEnum):
    """The elements of a screenplay page."""

    ACTION = "action"
    CHARACTER = "character"
    PARENTHETICAL = "parenthetical"
    DIALOGUE = "dialogue"
    TRANSITION = "transition"
    LYRIC = "lyric"


class Element(Noun):
    """One element of a scene; a character cue's `text` is the name, `extension` what stands in brackets after it (V.O., O.S.)."""

    kind: ElementKind
    text: str
    extension: str | None = None
    dual: bool = False


class SlugLine(Noun):
    """A scene heading: INT. or EXT. or both, the place, and the time of day as written."""

    int_ext: str
    place: str
    time: str | None = None

    def __str__(self) -> str:
        return f"{self.int_ext} {self.place}" + (f" - {self.time}" if self.time else "")


class ScriptScene(Noun):
    """A scene of the script: `number` is the label it bears, `id` the opaque identity, `seconds` its share of the film's length.

    The share is written here, not derived from the other scenes, so that editing one scene moves no other.
    """

    id: str
    number: str
    slug: SlugLine
    elements: tuple[Element, ...]
    seconds: float = Field(gt=0)
    beats: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


class Script(Noun):
    """A screenplay: its scenes in order, and `fountain`, the text people read and exchange.

    `staging` is the scenes without their spoken words, which is all the art department reads: a changed line repaints nobody.
    """

    title: str
    author: str | None
    scenes: tuple[ScriptScene, ...]
    staging: tuple[ScriptScene, ...]
    fountain: str
