"""The dialogue of a text put together: quotations become turns, turns become runs, and each run is decided as a whole.

Belongs here: building turns from paragraphs, scoring who may speak them. Does not belong here: the search for the best path
(`speakers`), persons (`people`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.mentions import Kind
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.presence import AWAY, RUN_GAP, goes_on, nearness, shown
from aiuteur.craft.prose.roles import role_class
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import (
    Scene,
    Sign,
    Turn,
    best_path,
    pronoun_sex,
)
from aiuteur.craft.prose.turns import Page
from aiuteur.film.bible import Sex

_MOST_CANDIDATES: Final = 9


_SPEECH: Final = 350


_LONG: Final = 1.5
"""The penalty for taking a narrator for the speaker of a long untagged speech: they tell theirs outside quotation marks."""


_SILENT: Final = 1.5
"""The penalty for giving words to somebody without a name whom nothing else in the text makes speak."""


_MANY: Final = frozenset({"they", "we", "others"})
"""Whom a tag says that speak together."""

_ENTERS: Final = 400
"""Characters after a voice is heard within which its owner steps into sight."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What the scoring of turns reads.

    The registry, who is called by which word, who cannot be there, the calls that may be false ("you're not Wells"), and those of
    whom the text says somewhere that they speak or are spoken to.
    """

    registry: Registry
    called: Mapping[str, frozenset[int]]
    absent: frozenset[int] = frozenset()
    doubtful: frozenset[str] = frozenset()
    heard: frozenset[int] = frozenset()


def who_is_called(registry: Registry) -> dict[str, frozenset[int]]:
    """For every word somebody can be called by (names and their parts, titles, roles): the persons it may call."""
    found: dict[str, set[int]] = {}
    for person in registry.people:
        if person.merged is not None:
            continue
        calls = {part for name in person.names for part in name.lower().split(" ")}
        heads = [head for head in [*person.roles, *person.titles] if head not in words.GENERIC | words.CLOSE]
        calls |= {role for head in heads for role in role_class(head)}
        for call in sorted(calls):
            found.setdefault(call, set()).add(person.index)
    return {call: frozenset(people) for call, people in found.items()}


def heard(stream: Sequence[Turn], pages: Mapping[int, Page], registry: Registry) -> frozenset[int]:
    """Those whom a tag or a beat makes speak by a name or a description, or whom somebody calls."""
    signed = [turn for turn in stream if turn.teller is not None and turn.teller.kind in {Kind.NAME, Kind.ROLE}]
    told = {_teller(pages, turn, registry) for turn in signed}
    called = who_is_called(registry)
    spoken_to = {person for turn in stream for call in turn.addressed for person in called.get(call, ())}
    return frozenset(spoken_to | {teller for teller in told if teller is not None})


def decide(text: str, pages: Mapping[int, Page], stream: Sequence[Turn], cast: Cast, narrator: int | None) -> list[int]:
    """The speaker of every turn of a stream: the index of a person, −1 where nobody could be found."""
    decided: list[int] = []
    run: list[Turn] = []
    for turn in stream:
        if run and turn.paragraph - run[-1].paragraph > RUN_GAP and not turn.continues:
            decided += _decide_run(text, pages, run, cast, narrator)
            run = []
        run.append(turn)
    return decided + (_decide_run(text, pages, run, cast, narrator) if run else [])


def _decide_run(text: str, pages: Mapping[int, Page], run: Sequence[Turn], cast: Cast, narrator: int | None) -> list[int]:
    candidates = _candidates(pages, run, cast, narrator)
    scores = tuple(
        {person: _score(pages, run, place, cast.registry.at(person), cast, narrator) for person in candidates}
        for place in range(len(run))
    )
    gaps = tuple(max(0, turn.paragraph - run[place - 1].paragraph - 1) if place else 0 for place, turn in enumerate(run))
    asks = tuple(bool(place) and _asks(text, run[place - 1]) for place in range(len(run)))
    return best_path(
        Scene(
            candidates,
            scores,
            tuple(turn.continues for turn in run),
            gaps,
            asks,
            tuple(_invited(run, place, cast) for place in range(len(run))),
            tuple(shown(pages, run, place, cast.registry) for place in range(len(run))),
        )
    )


def _invited(run: Sequence[Turn], place: int, cast: Cast) -> frozenset[int] | None:
    """Who is called on by the turn before; None where the turn itself says who speaks."""
    if run[place].sign is not Sign.NONE or run[place].own_name is not None:
        return None
    calls = run[place - 1].addressed if place else ()
    return frozenset(person for call in calls for person in cast.called.get(call, ()))


def _asks(text: str, turn: Turn) -> bool:
    return text[turn.start : turn.end].rstrip(" ’'").endswith("?")


def _candidates(pages: Mapping[int, Page], run: Sequence[Turn], cast: Cast, narrator: int | None) -> tuple[int, ...]:
    weight: dict[int, float] = {}
    registry = cast.registry
    first, last = run[0].paragraph - RUN_GAP, run[-1].paragraph + 1
    for page in (pages[number] for number in range(first, last + 1) if number in pages):
        for mention in page.mentions:
            person = page.resolved.get(mention.span.start)
            if person is not None:
                index = registry.at(person).index
                weight[index] = weight.get(index, 0.0) + (2.0 if mention.subject else 0.5)
    for turn in run:
        teller = _teller(pages, turn, registry)
        if teller is not None:
            weight[teller] = weight.get(teller, 0.0) + 20.0
        for call in turn.addressed:
            for person in cast.called.get(call, ()):
                weight[person] = weight.get(person, 0.0) + 1.0
    for person in cast.absent:
        weight.pop(person, None)
    if narrator is not None:
        weight[narrator] = weight.get(narrator, 0.0) + 10.0
    ranked = sorted(weight, key=lambda person: (-weight[person], person))
    return tuple(sorted(ranked[:_MOST_CANDIDATES]))


def _teller(pages: Mapping[int, Page], turn: Turn, registry: Registry) -> int | None:
    if turn.teller is None:
        return None
    for number in (turn.paragraph, turn.paragraph - 1):
        if number in pages and (found := pages[number].resolved.get(turn.teller.span.start)) is not None:
            return registry.at(found).index
    return None


def _score(
    pages: Mapping[int, Page], run: Sequence[Turn], place: int, person: Someone, cast: Cast, narrator: int | None
) -> float:
    turn = run[place]
    score = _signed(pages, turn, person, cast.registry, narrator)
    if any(person.index in cast.called.get(call, ()) for call in turn.addressed) and not _calls_self(turn, person):
        score -= 5.0
    near = nearness(pages, turn, person, cast.registry)
    if place and any(person.index in cast.called.get(call, ()) for call in run[place - 1].addressed if call not in cast.doubtful):
        near = max(near, AWAY)
        score += 3.0 * 0.5 ** max(0, turn.paragraph - run[place - 1].paragraph - 1)
    if turn.sign is Sign.NONE and _called_after(run, place, person, cast):
        near = max(near, AWAY)
        score += 1.5
    if any(person.index in cast.called.get(call, ()) for call in turn.calls_teller):
        score += 1.5
    if person.narrator and turn.sign is Sign.NONE:
        score -= _LONG * (turn.continues or turn.end - turn.start > _SPEECH or bool(turn.calls_teller))
    score += goes_on(pages.get(turn.paragraph + 1), turn, person)
    if turn.own_name is not None:
        score += _introduces(turn, turn.own_name, person, cast)
    if place and run[place - 1].to is not None and _points_to(pages, run[place - 1], person, cast.registry):
        score += 1.5
    score += near
    if person.acts == 0 and not person.narrator:
        score -= 1.5 if person.paragraphs or narrator is None else 3.0
    if person.index not in cast.heard and not person.names and not person.narrator:
        score -= _SILENT if turn.sign is Sign.NONE else _SILENT / 2
    return score


def _called_after(run: Sequence[Turn], place: int, person: Someone, cast: Cast) -> bool:
    """Whether the next paragraph, which is likely to answer a turn, calls somebody by name."""
    after = run[place + 1] if place + 1 < len(run) else None
    close = after is not None and after.paragraph - run[place].paragraph == 1
    return close and after is not None and any(person.index in cast.called.get(call, ()) for call in after.addressed)


def _introduces(turn: Turn, own_name: str, person: Someone, cast: Cast) -> float:
    """What it says for one person that a speaker gives their name: somebody unnamed may be whom it will belong to."""
    if person.index in cast.called.get(own_name, ()):
        return 8.0 if person.first < turn.start or person.narrator else 1.0
    return -4.0 * bool(person.names and cast.called.get(own_name)) + 1.0 * (not person.names)


def _calls_self(turn: Turn, person: Someone) -> bool:
    return turn.sign is Sign.TAG and turn.teller is not None and turn.teller.key in person.names


def _signed(pages: Mapping[int, Page], turn: Turn, person: Someone, registry: Registry, narrator: int | None) -> float:
    """What the tag or beat of a turn says for one person."""
    if turn.teller is None:
        return 0.0
    strength = 1.0 if turn.sign is Sign.TAG else 0.55
    resolved = _teller(pages, turn, registry)
    if turn.teller.key in _MANY:
        return 3.0 if any(role.endswith("s") for role in person.roles) else -1.0
    if turn.teller.kind is Kind.PRONOUN:
        if turn.teller.key in {"i", "my", "me"}:
            return strength * (9.0 if person.index == narrator else -4.0)
        wanted = pronoun_sex(turn.teller.key)
        if person.narrator or person.index == narrator or (wanted is not Sex.UNKNOWN and not person.may_be(wanted)):
            return -7.0 * strength
        lately = resolved == person.index and nearness(pages, turn, person, registry) > AWAY
        return strength * ((5.0 if person.sex == wanted else 3.0) + (2.0 if lately else 0.5) * (resolved == person.index))
    if turn.teller.key == "unseen":
        return 6.0 if 0 < person.first - turn.start < _ENTERS else -1.0
    if turn.teller.kind is Kind.OTHER:
        return -1.0 if person.index in _earlier_in_paragraph(pages, turn, registry) else 0.0
    return strength * (9.0 if resolved == person.index else -3.0)


def _earlier_in_paragraph(pages: Mapping[int, Page], turn: Turn, registry: Registry) -> set[int]:
    page = pages[turn.paragraph]
    return {registry.at(found).index for start, found in page.resolved.items() if start < turn.start}


def _points_to(pages: Mapping[int, Page], turn: Turn, person: Someone, registry: Registry) -> bool:
    page = pages[turn.paragraph]
    found = page.resolved.get(turn.to.span.start) if turn.to is not None else None
    return found is not None and registry.at(found).index == person.index
