"""The dialogue of a text put together: quotations become turns, turns become runs, and each run is decided as a whole.

Belongs here: building turns from paragraphs, scoring who may speak them. Does not belong here: the search for the best path
(`speakers`), persons (`people`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.people import Registry, Someone, role_class
from aiuteur.craft.prose.quotes import Quote
from aiuteur.craft.prose.segments import Span
from aiuteur.craft.prose.speakers import (
    OWN_NAME,
    Scene,
    Sign,
    Turn,
    addressee_of_tag,
    best_path,
    pronoun_sex,
    tag_after,
    tag_before,
)
from aiuteur.film.bible import Sex

RUN_GAP: Final = 5
"""Paragraphs of narration after which a new run of dialogue begins."""

_MOST_CANDIDATES: Final = 9
_SPEECH: Final = 350
_LONG: Final = 1.5
"""A narrator tells their long stories outside quotation marks: a penalty for untagged speeches of more than so many characters."""

_ENTERS: Final = 400
"""Characters after a voice is heard within which its owner steps into sight."""

_CITED_VERB: Final = re.compile(
    r"\b(?:read|reads|ran|runs|as follows|inscription|words?|sign|notice|letters?|headed)\W*$|"
    r"\b(?:sign|notice|card|placard|label|letter|note|board|inscription|message)\s+(?:\w+\s+){0,3}(?:said|saying|read|ran)\W*$"
)
_ADDRESS: Final = re.compile(
    r"(?:^|[,.!?⁠—–]\s*)(?:(?:my|dear|old|good|poor|young|little)\s+)*(?P<word>[^\W\d_]+)(?=\s*(?:[,.!?;⁠—–]|$))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Page:
    """A paragraph as the dialogue sees it: its narration segments, the mentions in them, and its quotes in order."""

    index: int
    span: Span
    gaps: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    resolved: Mapping[int, int]
    inner: tuple[Quote, ...] = ()


def is_cited(text: str, page: Page, quote: Quote) -> bool:
    """Whether a quotation is words cited (a name, a sign, irony) and no speech."""
    inner = quote.inner.of(text).strip()
    before = text[page.span.start : quote.outer.start].rstrip()
    stopped = inner[-1:] in ",.!?;…—-⁠:。！？，؟،"
    if not before:
        return not stopped and len(inner.split()) <= 3 and text[quote.outer.end : page.span.end].lstrip()[:1].islower()  # noqa: PLR2004
    if before[-1] == ":" and _CITED_VERB.search(before[:-1]):
        return True
    if not before[-1].isascii() and before[-1].isalpha() and before[-1] > "\u0400":
        return False
    if before[-1].isalnum() or before[-1] in "’'":
        last = re.search(r"[\w-]+$", before)
        return not (last and last.group().lower() in words.STRONG_SPEECH - {"called"})
    return not stopped and len(inner.split()) <= 4  # noqa: PLR2004 - a phrase


def turns(text: str, pages: Sequence[Page]) -> list[Turn]:
    """The turns of a stream of paragraphs, in order."""
    found: list[Turn] = []
    for place, page in enumerate(pages):
        found += _page_turns(text, page, pages[place - 1] if place else None)
    return found


def _page_turns(text: str, page: Page, before: Page | None) -> Iterator[Turn]:
    turn: Turn | None = None
    tags = [_tag(text, page, place) for place in range(len(page.quotes))]
    tagged = any(tag is not None for tag in tags)
    for quote, tag in zip(page.quotes, tags, strict=True):
        empty = not quote.inner.of(text).strip()
        if not empty and is_cited(text, page, quote) and tag is None and not (tagged and turn):
            continue
        if turn is None or (tag is not None and turn.sign is Sign.TAG and _differs(tag, turn.teller)):
            if turn is not None:
                yield turn
            turn = Turn(page.index, [], quote.inner.start, continues=quote.continues)
        turn.quotes.append(quote.index)
        turn.end = quote.inner.end
        turn.addressed += addressed(text, quote.inner)
        if own := OWN_NAME.search(text, quote.inner.start, quote.inner.end):
            turn.own_name = own[1].lower()
        if tag is not None and turn.sign is not Sign.TAG:
            turn.sign, turn.teller = Sign.TAG, tag
            turn.to = _addressee(text, page, tag)
    if turn is not None:
        turn.calls_teller = [call for quote in page.inner for call in addressed(text, quote.inner)]
        if turn.sign is Sign.NONE:
            _beat(text, page, before, turn)
        elif turn.teller is not None and turn.teller.kind is Kind.NAME:
            turn.beside = _beside(page, turn)
        yield turn


def _beside(page: Page, turn: Turn) -> int | None:
    """Somebody called by a role who acts just before a tagged quotation of the same paragraph."""
    ahead = [mention for mention in page.mentions if mention.subject and mention.span.end <= turn.start]
    if len(ahead) == 1 and ahead[0].kind is Kind.ROLE and ahead[0].determiner not in {"a", "an"}:
        return page.resolved.get(ahead[0].span.start)
    return None


def _differs(one: Mention, two: Mention | None) -> bool:
    return two is not None and one.key != two.key and Kind.PRONOUN not in (one.kind, two.kind)


def _tag(text: str, page: Page, place: int) -> Mention | None:
    quote = page.quotes[place]
    following = page.quotes[place + 1].outer.start if place + 1 < len(page.quotes) else page.span.end
    previous = page.quotes[place - 1].outer.end if place else page.span.start
    ending = quote.inner.of(text).rstrip()[-1:]
    after = Span(quote.outer.end, max(quote.outer.end, following))
    found = tag_after(text, after, page.mentions, ending)
    return found or tag_before(text, Span(min(previous, quote.outer.start), quote.outer.start), page.mentions)


def _addressee(text: str, page: Page, tag: Mention) -> Mention | None:
    for gap in page.gaps:
        if gap.holds(tag.span.start):
            return addressee_of_tag(text, gap, page.mentions, tag)
    return None


def _beat(text: str, page: Page, before: Page | None, turn: Turn) -> None:
    """Take the subject of an action in the same paragraph as the speaker, or of a narration that leads to the quotation."""
    subjects = [mention for mention in page.mentions if mention.subject and mention.key not in {"they", "we"}]
    ahead = [mention for mention in subjects if mention.span.end <= turn.start]
    if subjects:
        turn.sign, turn.teller = Sign.BEAT, ahead[0] if ahead else subjects[0]
        return
    if before is None or before.quotes:
        return
    tail = before.span.of(text).rstrip()
    leads = tail[-1:] in ":," or re.search(r"\b(?:said|asked|spoke|replied|answered|cried|continued|added|began)\.$", tail)
    if leads and (tag := tag_before(text[: before.span.end - 1] + ":", before.span, before.mentions)):
        turn.sign, turn.teller = Sign.TAG, tag


def addressed(text: str, inner: Span) -> list[str]:
    """The words in a quotation that call on somebody, in lower case: names and roles set off by commas."""
    found: list[str] = []
    for match in _ADDRESS.finditer(text[inner.start : inner.end]):
        word = match["word"]
        if word[0].isupper() or word in words.ROLES or word in _POLITE:
            found.append(word.lower())
    return found


_POLITE: Final = frozenset(
    ["sir", "madam", "ma’am", "ma'am", "miss", "mister", "dear", "darling", "father", "mother", "captain", "doctor", "officer"]
)


@dataclass(frozen=True, slots=True)
class Cast:
    """What the scoring of turns reads: the registry, who is called by which word, who cannot be there,
    and the calls that may be false ("you're not Wells").
    """

    registry: Registry
    called: Mapping[str, frozenset[int]]
    absent: frozenset[int] = frozenset()
    doubtful: frozenset[str] = frozenset()


def who_is_called(registry: Registry) -> dict[str, frozenset[int]]:
    """For every word somebody can be called by (names and their parts, titles, roles): the persons it may call."""
    found: dict[str, set[int]] = {}
    for person in registry.people:
        if person.merged is not None:
            continue
        calls = {part for name in person.names for part in name.lower().split(" ")}
        calls |= {role for head in [*person.roles, *person.titles] for role in role_class(head) if head not in words.GENERIC}
        for call in sorted(calls):
            found.setdefault(call, set()).add(person.index)
    return {call: frozenset(people) for call, people in found.items()}


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
        {person: _score(text, pages, run, place, cast.registry.at(person), cast, narrator) for person in candidates}
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
    text: str, pages: Mapping[int, Page], run: Sequence[Turn], place: int, person: Someone, cast: Cast, narrator: int | None
) -> float:
    turn = run[place]
    score = _signed(pages, turn, person, cast.registry, narrator)
    if any(person.index in cast.called.get(call, ()) for call in turn.addressed) and not _calls_self(turn, person):
        score -= 5.0
    if place and any(person.index in cast.called.get(call, ()) for call in run[place - 1].addressed if call not in cast.doubtful):
        score += 2.5 * 0.5 ** max(0, turn.paragraph - run[place - 1].paragraph - 1)
    if any(person.index in cast.called.get(call, ()) for call in turn.calls_teller):
        score += 1.5
    if person.narrator and turn.sign is Sign.NONE:
        score -= _LONG * (turn.continues or turn.end - turn.start > _SPEECH or bool(turn.calls_teller))
    if turn.own_name is not None:
        own = person.index in cast.called.get(turn.own_name, ())
        score += 3.0 if own else -3.0 * bool(person.names and cast.called.get(turn.own_name)) + 1.0 * (not person.names)
    if place and run[place - 1].to is not None and _points_to(pages, run[place - 1], person, cast.registry):
        score += 1.5
    score += _nearness(pages, turn, person, cast.registry)
    if person.acts == 0 and not person.narrator:
        score -= 1.5
    return score


def _calls_self(turn: Turn, person: Someone) -> bool:
    return turn.sign is Sign.TAG and turn.teller is not None and turn.teller.key in person.names


def _signed(pages: Mapping[int, Page], turn: Turn, person: Someone, registry: Registry, narrator: int | None) -> float:
    """What the tag or beat of a turn says for one person."""
    if turn.teller is None:
        return 0.0
    strength = 1.0 if turn.sign is Sign.TAG else 0.55
    resolved = _teller(pages, turn, registry)
    if turn.teller.kind is Kind.PRONOUN:
        if turn.teller.key in {"i", "my", "me"}:
            return strength * (9.0 if person.index == narrator else -4.0)
        wanted = pronoun_sex(turn.teller.key)
        if person.narrator or (wanted is not Sex.UNKNOWN and not person.may_be(wanted)):
            return -7.0 * strength
        return strength * ((5.0 if person.sex == wanted else 3.0) + 1.5 * (resolved == person.index))
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


def _nearness(pages: Mapping[int, Page], turn: Turn, person: Someone, registry: Registry) -> float:
    """How lately the narration spoke of somebody: from 1 in the paragraph before to −1.5 for a long time ago."""
    for distance in range(RUN_GAP):
        page = pages.get(turn.paragraph - distance)
        if page and any(registry.at(found).index == person.index for start, found in page.resolved.items() if start < turn.start):
            return 1.0 - 0.3 * distance
    return -3.0 if person.first > turn.start and not person.narrator else -0.4
