"""How well the writer finds a story's people and who speaks: `python -m benchmarks.attribution STORY LABELS [STORY LABELS …]`.

LABELS is JSON: `cast` (name, aliases) and `quotes` (start offset of the words inside the marks, their first characters, the
speaker, and whether the text names the speaker at the quotation).
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from aiuteur.craft.prose.reading import read
from aiuteur.craft.prose.story import Person, Story


class LabelledPerson(TypedDict):
    """A person as labelled by hand."""

    name: str
    aliases: list[str]


class LabelledQuote(TypedDict):
    """A quotation as labelled by hand."""

    start: int
    text: str
    speaker: str
    named: bool


class Labels(TypedDict):
    """A story's labels."""

    cast: list[LabelledPerson]
    quotes: list[LabelledQuote]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: shares from 0 to 1, the number of quotes, and what was missed, for reading."""

    precision: float
    recall: float
    named: float
    all: float
    quotes: int
    misses: tuple[str, ...]


def measure(text: str, labels: Labels) -> Figures:
    """Score a reading of a text against its labels; an unknown speaker is a miss, and so is a quotation that was not found."""
    story = read(text)
    matched = _matched(story, labels)
    found = {person.index for person in story.cast()}
    named: list[bool] = []
    every: list[bool] = []
    misses: list[str] = []
    speakers = {speech.quote.inner.start: speech.speaker for speech in story.speeches}
    for quote in labels["quotes"]:
        speaker = speakers.get(quote["start"])
        right = speaker is not None and matched.get(speaker) == quote["speaker"]
        every.append(right)
        if quote["named"]:
            named.append(right)
        if not right:
            person = story.person(speaker)
            misses.append(f"{quote['text'][:40]!r}: {quote['speaker']}, not {person.name if person else 'nobody'}")
    recalled = {label for index, label in matched.items() if index in found}
    return Figures(
        sum(index in matched for index in found) / max(1, len(found)),
        len(recalled) / len(labels["cast"]),
        sum(named) / max(1, len(named)),
        sum(every) / max(1, len(every)),
        len(every),
        (*misses, *(f"cast: {person.name}" for person in story.cast() if person.index not in matched)),
    )


def _matched(story: Story, labels: Labels) -> Mapping[int, str]:
    """Which labelled person each person found is: one with a name in common, the one they go by first, each label once."""
    claims: list[tuple[int, int, int, str]] = []
    for person in story.cast():
        for label in labels["cast"]:
            names = {_plain(name) for name in (label["name"], *label["aliases"])}
            if names & _names(person):
                own = label["name"].lower() == person.name.lower()
                likeness = 2 * own + (_plain(person.name) in names)
                claims.append((likeness, person.lines * 2 + person.mentioned, person.index, label["name"]))
    matched: dict[int, str] = {}
    for _, _, index, label in sorted(claims, key=lambda claim: (-claim[0], -claim[1], claim[2])):
        if index not in matched and label not in matched.values():
            matched[index] = label
    return matched


def _names(person: Person) -> set[str]:
    return {_plain(name) for name in (person.name, *person.aliases)}


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|mr|mrs|dr|mme)\.?\s+", "", name.lower())


def main(arguments: Sequence[str]) -> None:
    """Print the figures of every pair of story and labels."""
    for story, labels in zip(arguments[::2], arguments[1::2], strict=True):
        figures = measure(Path(story).read_text(encoding="utf-8"), json.loads(Path(labels).read_text(encoding="utf-8")))
        print(
            f"{Path(story).stem}: cast precision {figures.precision:.2f}, recall {figures.recall:.2f}; "
            f"speakers {figures.named:.3f} where named, {figures.all:.3f} of all {figures.quotes}"
        )
        for miss in figures.misses:
            print(f"  {miss}")


if __name__ == "__main__":
    main(sys.argv[1:])
