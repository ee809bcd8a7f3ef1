"""Other words for people already there: "the stout man" in the midst of a talk is one of those who talk.

Belongs here: which pairs of people cannot be one, and who a description brought in amid a scene stands for. Does not belong here:
names and answered calls (`identity`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Final, NamedTuple

from aiuteur.craft.prose import words
from aiuteur.craft.prose.descriptions import called_so, same_age
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.roles import contradicts, grown, sex_of_role
from aiuteur.craft.prose.segments import Span
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import Sign, Turn
from aiuteur.craft.prose.turns import Page
from aiuteur.film.bible import Sex

_ONE_SENTENCE: Final = 160
_NOWHERE: Final = Span(0, 0)


OF_OTHERS: Final = re.compile(
    r"(?<=\w\s)(?<!am\s)(?<!is\s)[A-Z]\w+(?=\s+[a-z])|\b[A-Z]\w+(?=\s+(?:is|was|has|had|says|said|wants|\w+ed)\b)"
)
"""Names in the midst of what somebody says: they speak of others so, not of themselves."""


class _Entrance(NamedTuple):
    """How somebody is first spoken of: in which paragraph, by which mention, and after which other subject of that paragraph."""

    paragraph: int
    mention: Mention
    after: int | None


def kept_apart(
    text: str, pages: Mapping[int, Page], stream: Sequence[Turn], called: Mapping[str, frozenset[int]], registry: Registry
) -> set[frozenset[int]]:
    """The pairs of people who are two.

    They are mentioned in one sentence, told in turns that answer each other, or one calls or speaks of the other, or came as "a"
    somebody after the other had spoken.
    """
    pairs = set(_in_one_sentence(text, pages, registry))
    for one, two in pairwise(stream):
        if one.sign is two.sign is Sign.TAG and two.paragraph - one.paragraph == 1 and not two.continues:
            pairs |= {frozenset(both) for both in product(_teller(one, pages, registry), _teller(two, pages, registry))}
    for turn in stream:
        calls = [called.get(call, frozenset()) for call in turn.addressed]
        pairs |= {frozenset((told, *people)) for told in _teller(turn, pages, registry) for people in calls if len(people) == 1}
        for told in _teller(turn, pages, registry):
            others = [called.get(name.lower(), frozenset[int]()) for name in OF_OTHERS.findall(text, turn.start, turn.end)]
            pairs |= {frozenset((told, *people)) for people in others if len(people) == 1}
    pairs |= set(_came_later(stream, registry))
    return {pair for pair in pairs if len(pair) > 1}


def _came_later(stream: Sequence[Turn], registry: Registry) -> Iterator[frozenset[int]]:
    """Those who have spoken, and everybody whom "a" brings in after that."""
    spoke: dict[int, int] = {}
    for turn in stream:
        if turn.told is not None and turn.told >= 0:
            spoke.setdefault(registry.at(turn.told).index, turn.start)
    for person in registry.people:
        if person.merged is None and person.anew and not person.names:
            yield from (frozenset((person.index, one)) for one, start in spoke.items() if start < person.first)


def _in_one_sentence(text: str, pages: Mapping[int, Page], registry: Registry) -> Iterator[frozenset[int]]:
    for page in pages.values():
        shown = [
            (mention, registry.at(page.resolved[mention.span.start]).index)
            for mention in page.mentions
            if mention.span.start in page.resolved and mention.kind in {Kind.NAME, Kind.ROLE}
        ]
        for (one, first), (two, second) in pairwise(shown):
            between = text[one.span.end : two.span.start]
            if first != second and len(between) < _ONE_SENTENCE and not re.search(r"[.!?]\s", between):
                yield frozenset((first, second))


def _teller(turn: Turn, pages: Mapping[int, Page], registry: Registry) -> list[int]:
    """Who the tag of a turn says by a name or a description."""
    if turn.sign is not Sign.TAG or turn.teller is None or turn.teller.kind not in {Kind.NAME, Kind.ROLE}:
        return []
    found = pages[turn.paragraph].resolved.get(turn.teller.span.start) if turn.paragraph in pages else None
    return [registry.at(found).index] if found is not None else []


def varied(
    pages: Mapping[int, Page], stream: Sequence[Turn], registry: Registry, apart: set[frozenset[int]]
) -> Iterator[tuple[int, int]]:
    """The pairs (somebody there, the description that is another word for them), where only one who is there can be meant."""
    entrances = _entrances(pages, registry)
    tellers = {turn.teller.span.start for turn in stream if turn.teller is not None}
    for index, entrance in entrances.items():
        person = registry.at(index)
        if person.index != index or person.names or person.narrator or not _varies(entrance.mention):
            continue
        said = entrance.mention.span.start in tellers or entrance.mention.key in words.GENERIC
        if said and entrance.mention.tail:
            continue
        for lately in (1, 3, 6) if said else (1, 2):
            fits = [
                other
                for other in sorted(_there(entrance, lately, pages, stream, registry))
                if other != entrance.after and frozenset((other, index)) not in apart
                if _may_be_called(registry.at(other), person) and (said or _hardly_known(registry.at(other)))
            ]
            fits = [other for other in fits if _hardly_known(registry.at(other))] or fits
            if len(fits) == 1:
                yield fits[0], index
            if fits:
                break


def _varies(mention: Mention) -> bool:
    """Whether a description may be another word for somebody there: not "a" somebody, nor somebody's kin or clerk."""
    if words.RANKED & mention.modifiers:
        return False
    calling = mention.determiner in {"his", "her", "our"} and mention.key in words.CALLING
    return calling or mention.determiner in {"the", "this", "that"}


def _entrances(pages: Mapping[int, Page], registry: Registry) -> dict[int, _Entrance]:
    found: dict[int, _Entrance] = {}
    for number, page in pages.items():
        after: int | None = None
        for mention in page.mentions:
            if mention.span.start in page.resolved:
                person = registry.at(page.resolved[mention.span.start]).index
                found.setdefault(person, _Entrance(number, mention, after))
                after = person if mention.subject else after
    return dict(sorted(found.items(), key=lambda item: item[1].mention.span.start))


def _there(
    entrance: _Entrance, lately: int, pages: Mapping[int, Page], stream: Sequence[Turn], registry: Registry
) -> set[int]:
    """Who spoke, or (for a noun that says hardly anything) was spoken of, in so many paragraphs before an entrance."""
    span = range(entrance.paragraph - lately, entrance.paragraph + 1)
    there = {
        registry.at(turn.told).index
        for turn in stream
        if turn.paragraph in span and turn.told is not None and turn.told >= 0 and turn.end < entrance.mention.span.start
    }
    if entrance.mention.key in words.GENERIC:
        there |= {
            registry.at(found).index
            for number in span
            if number in pages
            for start, found in pages[number].resolved.items()
            if start < entrance.mention.span.start
        }
    return there


def _may_be_called(person: Someone, described: Someone) -> bool:
    """Whether nothing that is known of somebody speaks against a description."""
    heads = list(described.roles)
    if person.narrator or person.index == described.index or not all(person.may_be(sex_of_role(head)) for head in heads):
        return False
    if contradicts(frozenset(described.modifiers), person.modifiers) or not _of_sex(person, described.sex):
        return False
    if any(grown(role) is False for role in person.roles) and not set(heads) <= words.GENERIC | words.YOUTHFUL | words.CHILDISH:
        return False
    if "old" in described.modifiers and person.roles.keys() & words.YOUTHFUL:
        return False
    bare = person.roles.keys() | described.roles.keys() <= words.GENERIC and not person.names
    otherwise = bool(person.modifiers and described.modifiers) and not person.modifiers & described.modifiers
    if clash(person, described) or (bare and otherwise):
        return False
    return all(same_age(person, Mention(_NOWHERE, Kind.ROLE, head)) for head in heads)


def clash(one: Someone, two: Someone) -> bool:
    """Whether two people are known to be of different trades: the clerk and the butler."""
    first, second = ({role for role in person.roles if role not in words.GENERIC} for person in (one, two))
    same = any(called_so(one, head) for head in second) or any(called_so(two, head) for head in first)
    return bool(first and second) and not same


def _hardly_known(person: Someone) -> bool:
    """Whether nothing is said of somebody yet but that they are there: a man, a young lady."""
    return not person.names and person.roles.keys() <= words.GENERIC


def _of_sex(person: Someone, sex: Sex) -> bool:
    """Whether somebody is known to be a woman where a description is of one, or nothing is against a man."""
    return person.sex is sex if sex is Sex.FEMALE else person.may_be(sex)
