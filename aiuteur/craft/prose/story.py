"""A story as it was read: its people, its speech with speakers, its narration, with character offsets.

Belongs here: what reading a text yields. Does not belong here: the reading (`reading`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiuteur.craft.prose.language import Script
from aiuteur.craft.prose.mentions import Mention
from aiuteur.craft.prose.quotes import Quote
from aiuteur.craft.prose.segments import Span
from aiuteur.craft.prose.speakers import Sign
from aiuteur.film.bible import Sex


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the story; `lines` counts the quotations they speak, `acts` the sentences they are the subject of."""

    index: int
    name: str
    aliases: tuple[str, ...]
    sex: Sex
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    modifiers: tuple[str, ...]
    mentioned: int
    acts: int
    lines: int
    narrator: bool
    named: bool
    first: int
    paragraphs: tuple[int, ...]

    def appears(self, *, silent: bool) -> bool:
        """Whether somebody who never speaks does enough to be seen: more where only a role names them, less in a silent story."""
        needed = 1 if silent else (3 if self.named else 4)
        return self.acts >= needed and len(self.paragraphs) >= min(needed, 3)


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation that is spoken: who speaks it (None: nobody found), and whether the text says so by a tag or a beat."""

    quote: Quote
    speaker: int | None
    sign: Sign


@dataclass(frozen=True, slots=True)
class Story:
    """A text understood. Offsets are of `text`, the narrative as given."""

    text: str
    script: Script
    paragraphs: tuple[Span, ...]
    people: tuple[Person, ...]
    speeches: tuple[Speech, ...]
    quotes: tuple[Quote, ...]
    narration: tuple[str, ...]
    mentioned: Mapping[int, tuple[tuple[Mention, int | None], ...]]
    whole: bool

    def person(self, index: int | None) -> Person | None:
        """The person of an index."""
        return next((person for person in self.people if person.index == index), None)

    def cast(self) -> tuple[Person, ...]:
        """The people who do or say something in the story itself, the most important first."""
        silent = not any(person.lines for person in self.people)
        return tuple(
            sorted(
                (person for person in self.people if person.lines or person.narrator or person.appears(silent=silent)),
                key=lambda person: (-(2 * person.lines + person.mentioned), person.first),
            )
        )
