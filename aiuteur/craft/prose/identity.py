"""Who is one person under two descriptions: predicates ("he was a painter"), introductions ("this is Ann"), answered calls.

Belongs here: the evidence that joins a name to somebody unnamed, or keeps the two apart. Does not belong here: the joining itself
(`people`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.dialogue import who_is_called
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import OWN_NAME, Sign, Turn
from aiuteur.craft.prose.turns import Page
from aiuteur.craft.prose.variation import OF_OTHERS, clash, kept_apart, varied

_PREDICATE: Final = re.compile(
    r"^\s*(?:(?:of|in|at|from|with)\s+[^,.;:!?]{2,40})?(?:,?\s*(?:who|which)?\s*(?:was|is|am|were|had been|has been|became|"
    r"had become|[’']s|being|"
    r"remained)\s+(?:\w+ly\s+|once\s+|now\s+|also\s+|just\s+|only\s+|"
    r"but\s+|still\s+|not\s+|indeed\s+|always\s+|what\s+(?:\w+\s+){2,3})*|\s*,\s*)$"
)
_LATELY: Final = 8
"""Paragraphs within which somebody is still new."""

_IT_IS_I: Final = re.compile(
    r"\W*(?:You(?:[’']ve| have) found (?:him|her)|I am (?:he|she)\b|I[’']m (?:he|him|she|her)\b|"
    r"That(?:[’']s| is| would be) (?:me|I|my name)\b|Here I am\b|At your service\b)"
)
_WHO_ARE_YOU: Final = re.compile(r"\byour\s+(?:\w+\s+)?name\b|\b[Ww]ho\s+are\s+you\b|\bare\s+you\s+called\b")
_A_NAME: Final = re.compile(r"\W*((?:[A-Z]\w+\s?)+)[,.!]")
_CALLED_ME: Final = re.compile(r"\bcalls?\s+me\s+(?:the\s+)?([a-z]{4,})")
_THAT_IS: Final = re.compile(
    r"\b(?:[Tt]hat|[Tt]his)(?:[’']s| is| was)\s+(?:him|her|he|she|the\s+(?:one|man|woman|boy|girl|fellow))\b"
)
_CERTAIN: Final = 5
"""Votes against which no other word for somebody counts: "my name is", or two answered calls."""

_SURNAME: Final = re.compile(r"^\s[A-Z][\w’'-]+(?=,)")
"""The rest of a name that a text gives in full but once."""
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
    between = _SURNAME.sub("", between) if named.kind is Kind.NAME else between
    if named.kind is Kind.NAME and named.subject and described.determiner in {"a", "an"} and _ASIDE.match(between):
        return not re.match(
            r"\s+(?:was|had|is|has|\w+ed|came|stood|sat|rose)\b", text[described.span.end : described.span.end + 20]
        )
    if not _PREDICATE.match(between):
        return False
    if between.strip() != ",":
        told = named.subject or "who" in between
        return told and not named.possessive and described.determiner in {"a", "an", "the", "another", "one"}
    after = text[described.span.end : described.span.end + 12]
    return (
        named.kind is Kind.NAME
        and not named.possessive
        and bool(re.match(r"(?:who|whose|of|in|with|from|at|to|that|on|by|under)\b|[,.;]", after.lstrip()))
    )


def join(
    text: str, said: Mapping[int, str], pages: Mapping[int, Page], stream: Sequence[Turn], registry: Registry,
    apart: set[frozenset[int]],
) -> None:
    """Make one those whom the text shows to be: the surest evidence first, and nothing against what keeps people apart."""
    apart |= kept_apart(text, pages, stream, who_is_called(registry), registry)
    votes = _called_votes(said, stream, registry)
    for place, turn in enumerate(stream):
        if turn.told is None or turn.told < 0:
            continue
        told = registry.at(turn.told)
        if (unnamed := _unintroduced(stream, place, registry)) is not None:
            votes[told.index, unnamed] += 1 + _takes_over(told, registry.at(unnamed))
        if turn.beside is not None:
            votes[told.index, registry.at(turn.beside).index] += 2
    votes.update(dict.fromkeys(varied(pages, stream, registry, apart), 2))
    given: set[int] = set()
    for (one, two), count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if one not in given and _agree(registry.at(one), registry.at(two), count, registry, apart):
            given |= {one} if registry.at(one).names else set()
            registry.merge(two, one)


def _called_votes(said: Mapping[int, str], stream: Sequence[Turn], registry: Registry) -> Counter[tuple[int, int]]:
    """What calls and introductions say of pairs (somebody called so, somebody there), "my name is" most of all."""
    votes: Counter[tuple[int, int]] = Counter()
    called = who_is_called(registry)

    def vote(words_called: Iterable[str], other: int, count: int) -> None:
        for person in dict.fromkeys(person for call in words_called for person in called.get(call.lower(), ())):
            there = registry.at(other)
            votes[person, there.index] += count + (count > 0 and _takes_over(registry.at(person), there))

    for place, turn in enumerate(stream):
        speech = said[turn.start]
        for other, sure in _answering(stream, place, registry):
            vote(turn.addressed, other, sure)
            vote((denied[1].split()[-1] for denied in _DENIED.finditer(speech)), other, -99)
        if turn.told is not None and turn.told >= 0:
            vote(OF_OTHERS.findall(speech), turn.told, -2)
            vote(_CALLED_ME.findall(speech), turn.told, 6)
            vote((word for own in OWN_NAME.finditer(speech) for word in own[1].split()), turn.told, 6)
            if place and _WHO_ARE_YOU.search(said[stream[place - 1].start]) and (answer := _A_NAME.match(speech)):
                vote(answer[1].split(), turn.told, 6)
            if place and _IT_IS_I.match(speech):
                vote(OF_OTHERS.findall(said[stream[place - 1].start] + " x"), turn.told, 6)
            before = stream[place - 1].told if place and _THAT_IS.search(speech) else None
            if before is not None and before >= 0 and (told_of := _told_of(registry)) is not None:
                votes[registry.at(before).index, told_of.index] += 4
        if (newest := _newest(registry, turn)) is not None:
            vote((shown[1] for shown in chain(_PRESENTED.finditer(speech), _HERE.finditer(speech))), newest.index, 4)
    return votes


def _agree(one: Someone, two: Someone, count: int, registry: Registry, apart: set[frozenset[int]]) -> bool:
    """Whether the votes for two being one are enough, and nothing known of either speaks against it."""
    if one.index == two.index or one.narrator or (two.narrator and one.paragraphs) or not one.may_be(two.sex):
        return False
    if frozenset((one.index, two.index)) in {frozenset(registry.at(index).index for index in pair) for pair in apart}:
        return False
    if two.names and not _completes(one, two):
        return False
    return count >= (1 if one.names and one.acts == 0 else 2) and (count >= _CERTAIN or not clash(one, two))


def _unintroduced(stream: Sequence[Turn], place: int, registry: Registry) -> int | None:
    """The one unnamed speaker of the turns around a tag that is the first the narration says of a name: the name is theirs."""
    turn = stream[place]
    if turn.told is None or turn.told < 0 or turn.sign is Sign.NONE:
        return None
    named = registry.at(turn.told)
    if not named.names or named.paragraphs[:1] != [turn.paragraph]:
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


def _answering(stream: Sequence[Turn], place: int, registry: Registry) -> Iterator[tuple[int, int]]:
    """Who may be spoken to in a turn, and how surely: the one whom the text lets speak next, and the one who spoke before."""
    turn = stream[place]
    for near in (place + 1, place - 1):
        if 0 <= near < len(stream) and abs(stream[near].paragraph - turn.paragraph) <= 3:  # noqa: PLR2004 - the same conversation
            told = stream[near].told
            if told is not None and told >= 0 and told != turn.told:
                sure = abs(stream[near].paragraph - turn.paragraph) == 1 and stream[near].sign is Sign.TAG
                yield registry.at(told).index, 3 if sure and near > place else 1


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


def _told_of(registry: Registry) -> Someone | None:
    """Somebody without a name who speaks in a tale alone; None where there are none or several."""
    people = [one for one in registry.people if one.merged is None and not one.names and not one.narrator and one.tale]
    return people[0] if len(people) == 1 else None


def _completes(one: Someone, two: Someone) -> bool:
    """Whether one is a first name that is only called out, and the other known by title and surname alone."""
    first = all(name.lower() in words.MALE_NAMES | words.FEMALE_NAMES for name in one.names)
    return first and one.acts == 0 and bool(two.titles) and all(" " not in name for name in two.names)
