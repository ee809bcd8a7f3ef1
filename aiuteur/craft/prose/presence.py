"""Who is there: what the narration about a turn of dialogue says of who may speak it.

Belongs here: nearness in the text, who leads to a turn, who goes on after it. Does not belong here: tags and calls (`dialogue`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.prose.mentions import Kind
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import Sign, Turn, pronoun_sex
from aiuteur.craft.prose.turns import Page
from aiuteur.film.bible import Sex

RUN_GAP: Final = 5
"""Paragraphs of narration after which a new run of dialogue begins."""

_AT_ONCE: Final = 35
"""Characters within which narration after a turn has to begin with who goes on."""


def nearness(pages: Mapping[int, Page], turn: Turn, person: Someone, registry: Registry) -> float:
    """How lately the narration spoke of somebody: from 1 in the paragraph before to −1.5 for a long time ago."""
    for distance in range(RUN_GAP):
        page = pages.get(turn.paragraph - distance)
        if page and any(registry.at(found).index == person.index for start, found in page.resolved.items() if start < turn.start):
            led = distance == 1 and turn.sign is Sign.NONE and not page.quotes
            return 0.8 - 0.25 * distance + (_leads(page, person, registry) if led else 0.0)
    return UNMET if person.first > turn.start and not person.narrator else AWAY


AWAY: Final = -0.4
UNMET: Final = -4.0
"""What weighs against somebody whom the narration has not spoken of yet."""

_LED: Final = 1.2
"""What it weighs to be the one person a paragraph of narration before a turn is about; to be the last who acts there, half."""


def _leads(page: Page, person: Someone, registry: Registry) -> float:
    known = [one for one in page.mentions if one.span.start in page.resolved and one.determiner not in {"a", "an"}]
    shown = [one for one in known if one.subject] or [one for one in known if one.possessive and one.kind is not Kind.PRONOUN]
    doers = [registry.at(page.resolved[one.span.start]).index for one in shown]
    others = [index for index in doers if not registry.at(index).narrator]
    return (_LED if len(set(others)) == 1 else _LED / 2) * (others[-1:] == [person.index])


def shown(pages: Mapping[int, Page], run: Sequence[Turn], place: int, registry: Registry) -> frozenset[int] | None:
    """Whom the narration between a turn and the one before speaks of: those still there; None where it speaks of nobody."""
    between = range(run[place - 1].paragraph + 1, run[place].paragraph) if place else range(0)
    found = [registry.at(index).index for number in between if number in pages for index in pages[number].resolved.values()]
    return frozenset(found) or None


def goes_on(page: Page | None, turn: Turn, person: Someone) -> float:
    """What it says of an untagged turn that the narration after it begins with "he" or "she"."""
    if page is None or page.quotes or turn.sign is not Sign.NONE:
        return 0.0
    first = next((mention for mention in page.mentions if mention.subject), None)
    wanted = pronoun_sex(first.key) if first is not None and first.kind is Kind.PRONOUN else Sex.UNKNOWN
    if wanted is Sex.UNKNOWN or first is None or first.span.start - page.span.start > _AT_ONCE:
        return 0.0
    return -0.8 if person.narrator or not person.may_be(wanted) else 0.4
