"""Who is one person under two descriptions: predicates ("he was a painter"), introductions ("this is Ann"), answered calls.

Belongs here: the evidence that joins a name to somebody unnamed, or keeps the two apart. Does not belong here: the joining itself
(`people`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.dialogue import who_is_called
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import OWN_NAME, Sign, Turn
from aiuteur.craft.prose.turns import Page

_PREDICATE: Final = re.compile(
    r"^\s*(?:,?\s*(?:who|which)?\s*(?:was|is|am|were|had been|has been|became|had become|[’']s|being|"
    r"remained)\s+(?:\w+ly\s+|once\s+|now\s+|also\s+|just\s+|only\s+|"
    r"but\s+|still\s+|not\s+|indeed\s+|always\s+|what\s+(?:\w+\s+){2,3})*|\s*,\s*)$"
)
_ONE_SENTENCE: Final = 160
_LATELY: Final = 8
"""Paragraphs within which somebody is still new."""

_ASIDE: Final = re.compile(r"^[^.!?;]{8,110},\s*$")
_DENIED: Final = re.compile(
    r"\b(?:[Yy]ou[’']re not|[Yy]ou are not|[Yy]ou aren[’']t|[Hh]e(?:[’']s| is) not|[Ss]he(?:[’']s| is) "
    r"not|[Ii]t(?:[’']s| is) not)\s+((?:[A-Z]\w+\s?)+)"
)
_PRESENTED: Final = re.compile(
    r"\b(?:(?:[Tt]his|[Hh]ere)(?:\s+is|[’']s)\s+(?:(?:my|our|the|your)\s+\w+,?\s+)?|[Tt]his\s+(?:man|"
    r"woman|boy|girl|gentleman|lady|"
    r"fellow|child),\s+|[Ii]ntroduce\s+(?:you\s+to\s+)?)(?:(?:Mr|Mrs|Miss|Dr)\.?\s+)?([A-Z]\w+)"
)

_HERE: Final = re.compile(r"(?:\b(?:Mr|Mrs|Miss|Dr)\.?\s+|[.!?,“‘\"]\s*|^)(?:[A-Z]\w+\s+)?([A-Z]\w+)\s+here\b(?!\s+and\s+there)")


def describes(text: str, named: Mention, described: Mention) -> bool:
    """Whether a role noun says what somebody just mentioned is: "she was a broad woman", "Finch, the clerk,"."""
    if described.kind is not Kind.ROLE or (
        described.determiner in {"his", "her", "my", "your", "their"} and named.kind is Kind.PRONOUN
    ):
        return False
    between = text[named.span.end : described.span.start]
    if named.kind is Kind.NAME and named.subject and described.determiner in {"a", "an"} and _ASIDE.match(between):
        return not re.match(
            r"\s+(?:was|had|is|has|\w+ed|came|stood|sat|rose)\b", text[described.span.end : described.span.end + 20]
        )
    if not _PREDICATE.match(between):
        return False
    if between.strip() != ",":
        return named.subject and not named.possessive and described.determiner in {"a", "an", "the", "another", "one"}
    after = text[described.span.end : described.span.end + 12]
    return (
        named.kind is Kind.NAME
        and not named.possessive
        and bool(re.match(r"\s*(?:[,.;]|who|of|in|with|from|at)\b|[,.;]", after.lstrip()))
    )


def seen_together(text: str, pages: Iterable[Page], registry: Registry) -> set[frozenset[int]]:
    """The pairs of persons whom one sentence mentions by different words: they are not the same."""
    pairs: set[frozenset[int]] = set()
    for page in pages:
        shown = [
            (mention, registry.at(page.resolved[mention.span.start]).index)
            for mention in page.mentions
            if mention.span.start in page.resolved and mention.kind in {Kind.NAME, Kind.ROLE}
        ]
        for (one, first), (two, second) in pairwise(shown):
            if (
                first != second
                and not re.search(r"[.!?]\s", text[one.span.end : two.span.start])
                and two.span.start - one.span.end < _ONE_SENTENCE
            ):
                pairs.add(frozenset({first, second}))
    return pairs


def links(
    stream: Sequence[Turn], said: Mapping[int, str], registry: Registry, apart: set[frozenset[int]]
) -> list[tuple[int, int]]:
    """The pairs of persons to join, surest first: an unnamed one and the name that calls, introductions and answers give them."""
    votes: Counter[tuple[int, int]] = Counter()
    called = who_is_called(registry)
    for place, turn in enumerate(stream):
        speech = said[turn.start]
        for other, sure in _answering(stream, place, registry):
            for person in (person for call in dict.fromkeys(turn.addressed) for person in called.get(call, ())):
                votes[person, other] += sure + _takes_over(registry.at(person), registry.at(other))
            _deny(speech, called, other, votes)
        if turn.told is not None and turn.told >= 0:
            for own in OWN_NAME.finditer(speech):
                votes.update({(person, registry.at(turn.told).index): 3 for person in called.get(own[1].lower(), ())})
        if (newest := _newest(registry, turn)) is not None:
            for shown in chain(_PRESENTED.finditer(speech), _HERE.finditer(speech)):
                votes.update({(person, newest.index): 3 for person in called.get(shown[1].lower(), ())})
        if (unnamed := _unintroduced(stream, place, registry)) is not None and turn.told is not None:
            votes[registry.at(turn.told).index, unnamed] += 2
        votes.update(_unstated(stream, place, registry))
        if turn.beside is not None and turn.told is not None and turn.told >= 0:
            votes[registry.at(turn.told).index, registry.at(turn.beside).index] += 2
    return _agreed(votes, registry, apart)


def _unintroduced(stream: Sequence[Turn], place: int, registry: Registry) -> int | None:
    """The one unnamed speaker of the turns around a tag that is the first the narration says of a name: the name is theirs."""
    turn = stream[place]
    if (
        turn.told is None
        or turn.told < 0
        or turn.teller is None
        or turn.teller.kind is not Kind.NAME
        or turn.sign is not Sign.TAG
    ):
        return None
    named = registry.at(turn.told)
    if named.first != turn.teller.span.start:
        return None
    near = {
        registry.at(other.told).index
        for other in stream[max(0, place - 6) : place + 3]
        if other.told is not None and other.told >= 0 and abs(other.paragraph - turn.paragraph) <= _LATELY
    }
    unnamed = [
        index
        for index in near
        if not registry.at(index).names and not registry.at(index).narrator and registry.at(index).may_be(named.sex)
    ]
    return unnamed[0] if len(unnamed) == 1 else None


def _unstated(stream: Sequence[Turn], place: int, registry: Registry) -> dict[tuple[int, int], int]:
    """The one named speaker or doer nearby of whom no role was said, where a tag speaks of "the" somebody for the first time."""
    turn = stream[place]
    if turn.sign is not Sign.TAG or turn.teller is None or turn.teller.kind is not Kind.ROLE or turn.teller.determiner != "the":
        return {}
    role = registry.at(turn.told) if turn.told is not None and turn.told >= 0 else None
    if role is None or role.names or role.narrator or role.first != turn.teller.span.start:
        return {}
    plain = [
        person.index
        for person in registry.people
        if person.merged is None and person.names and not person.roles and not person.titles and not person.narrator
        if person.may_be(role.sex) and any(0 <= turn.paragraph - seen <= _LATELY for seen in person.paragraphs)
    ]
    return {(plain[0], role.index): 2} if len(plain) == 1 else {}


def _answering(stream: Sequence[Turn], place: int, registry: Registry) -> list[tuple[int, int]]:
    """Who is spoken to in a turn, and how surely: the one whom the text lets speak next, else the one who spoke before."""
    turn = stream[place]
    for near in (place + 1, place - 1):
        if 0 <= near < len(stream) and abs(stream[near].paragraph - turn.paragraph) <= 3:  # noqa: PLR2004 - the same conversation
            told = stream[near].told
            if told is not None and told >= 0 and told != turn.told:
                sure = near > place and stream[near].paragraph - turn.paragraph == 1 and stream[near].sign is not Sign.NONE
                return [(registry.at(told).index, 2 if sure else 1)]
    return []


def _takes_over(named: Someone, unnamed: Someone) -> bool:
    """Whether the narration uses a name only from where it stopped using the description of somebody unnamed."""
    if unnamed.names or unnamed.narrator or not named.paragraphs or not unnamed.paragraphs:
        return False
    return unnamed.paragraphs[-1] < named.paragraphs[0] <= unnamed.paragraphs[-1] + _LATELY


def denied_names(speech: str) -> list[str]:
    """The names that somebody is told not to bear, in lower case."""
    return [part.lower() for found in _DENIED.finditer(speech) for part in found[1].split()]


def is_call(text: str, mention: Mention) -> bool:
    """Whether a mention in a tale calls on its listener: set off by commas."""
    before, after = (
        text[max(0, mention.span.start - 3) : mention.span.start].rstrip(),
        text[mention.span.end : mention.span.end + 1],
    )
    return mention.kind is Kind.NAME and before[-1:] == "," and after in {",", ".", "!", "?", ";"} and mention.determiner != ""


def _deny(speech: str, called: Mapping[str, frozenset[int]], other: int, votes: Counter[tuple[int, int]]) -> None:
    for denied in _DENIED.finditer(speech):
        for person in called.get(denied[1].split()[-1].lower(), ()):
            votes[person, other] -= 99


def _newest(registry: Registry, turn: Turn) -> Someone | None:
    """The unnamed person mentioned last before a turn."""
    fresh = [
        person
        for person in registry.people
        if person.merged is None
        and not person.names
        and not person.narrator
        and person.first < turn.start
        and person.paragraphs
        and turn.paragraph - person.paragraphs[0] <= _LATELY
    ]
    return max(fresh, key=lambda person: person.first, default=None)


def _agreed(votes: Counter[tuple[int, int]], registry: Registry, apart: set[frozenset[int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    used: set[int] = set()
    for (named, unnamed), count in sorted(
        votes.items(), key=lambda item: (-item[1] - 2 * registry.at(item[0][1]).narrator, item[0])
    ):
        one, two = registry.at(named), registry.at(unnamed)
        if one.narrator or (two.narrator and one.paragraphs):
            continue
        fits = (
            one.names
            and (not two.names or _completes(one, two))
            and one.may_be(two.sex)
            and frozenset({one.index, two.index}) not in apart
        )
        if count >= (1 if one.acts == 0 else 2) and fits and not {one.index, two.index} & used and one.index != two.index:
            found.append((two.index, one.index))
            used |= {one.index, two.index}
    return found


def _completes(one: Someone, two: Someone) -> bool:
    """Whether one is a first name that is only called out, and the other known by title and surname alone."""
    first = all(name.lower() in words.MALE_NAMES | words.FEMALE_NAMES for name in one.names)
    return first and one.acts == 0 and bool(two.titles) and all(" " not in name for name in two.names)
