"""Turns of dialogue: the quotations of a paragraph put together, with the tag, beat or call that goes with them.

Belongs here: building turns from pages. Does not belong here: deciding who speaks them (`dialogue`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.citations import is_cited, surely_cited
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.quotes import Quote
from aiuteur.craft.prose.segments import Span
from aiuteur.craft.prose.speakers import (
    OWN_NAME,
    Sign,
    Turn,
    addressee_of_tag,
    tag_after,
    tag_before,
)

_ADDRESS: Final = re.compile(
    r"(?:^|(?<!\bmr)(?<!\bdr)(?<!\bst)(?<!\bmrs)[,.!?⁠—–]\s*)(?:(?:my|dear|old|good|poor|young|little)\s+)*"
    r"(?:(?:mr|mrs|dr)\.\s*|(?:miss|mister|captain|inspector|sergeant|constable|doctor|uncle|aunt|sir|lady)\s+)?"
    r"(?:(?-i:[A-Z])\w+\s+)?(?P<word>[^\W\d_]+)(?=\s*(?:[,.!?;⁠—–]|$))",
    re.IGNORECASE,
)
_BESIDE_ROLE: Final = re.compile(
    r"\b(?:my|our|his|her|the|this|your|a|an)\s+(?:\w+\s+){0,2}(?:"
    + "|".join(sorted(words.ROLES, key=len, reverse=True))
    + r")$",
    re.IGNORECASE,
)
"""A noun to which a name set off by commas belongs: "my partner, Mr. Finch, has"; nobody is called on."""


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
        if _is_no_speech(text, page, quote, tagged=tag is not None or bool(tagged and turn)):
            continue
        if turn is None or (tag is not None and turn.sign is Sign.TAG and _differs(tag, turn.teller)):
            if turn is not None:
                yield turn
            turn = Turn(page.index, [], quote.inner.start, continues=quote.continues)
        turn.quotes.append(quote.index)
        turn.end = quote.inner.end
        turn.addressed += addressed(text, quote.inner)
        if own := OWN_NAME.search(
            " ".join(
                page.quotes[place].inner.of(text) for place in range(len(page.quotes)) if page.quotes[place].index in turn.quotes
            )
        ):
            turn.own_name = own[1].split()[0].lower()
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


def _is_no_speech(text: str, page: Page, quote: Quote, *, tagged: bool) -> bool:
    """Whether a quotation is cited; where a tag stands by it, only if what leads to it leaves no doubt."""
    if not quote.inner.of(text).strip():
        return False
    return surely_cited(text, page.span, quote) or (not tagged and is_cited(text, page.span, quote))


def _beside(page: Page, turn: Turn) -> int | None:
    """Somebody called by a role who acts just before a tagged quotation of the same paragraph."""
    ahead = [mention for mention in page.mentions if mention.subject and mention.span.end <= turn.start]
    if len(ahead) == 1 and ahead[0].kind is Kind.ROLE and ahead[0].determiner not in {"a", "an"}:
        return page.resolved.get(ahead[0].span.start)
    return None


def _differs(one: Mention, two: Mention | None) -> bool:
    many = {one.key, two.key} & {"they", "we"} if two is not None else set[str]()
    styled = two is not None and "" not in (one.determiner, two.determiner) and one.determiner != two.determiner
    return two is not None and (one.key != two.key or styled) and bool(many or Kind.PRONOUN not in (one.kind, two.kind))


def _tag(text: str, page: Page, place: int) -> Mention | None:
    quote = page.quotes[place]
    following = page.quotes[place + 1].outer.start if place + 1 < len(page.quotes) else page.span.end
    previous = page.quotes[place - 1].outer.end if place else page.span.start
    ending = quote.inner.of(text).rstrip()[-1:]
    after = Span(quote.outer.end, max(quote.outer.end, following))
    lead = Span(min(previous, quote.outer.start), quote.outer.start)
    before = tag_before(text, lead, page.mentions)
    if before is not None and lead.of(text).rstrip().endswith(":"):
        return before
    return tag_after(text, after, page.mentions, ending) or before


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
    tail = before.span.of(text).rstrip() if before is not None else ""
    if before is None or (before.quotes and tail[-1:] != ":"):
        return
    leads = tail[-1:] in ":," or re.search(r"\b(?:said|asked|spoke|replied|answered|cried|continued|added|began)\.$", tail)
    if leads and (tag := tag_before(text[: before.span.end - 1] + ":", before.span, before.mentions)):
        turn.sign, turn.teller = Sign.TAG, tag


def addressed(text: str, inner: Span) -> list[str]:
    """The words in a quotation that call on somebody, in lower case: names and roles set off by commas."""
    found: list[str] = []
    for match in _ADDRESS.finditer(text[inner.start : inner.end]):
        word = match["word"]
        goes_on = text[inner.start + match.end()] == "," and inner.start + match.end() + 1 < inner.end
        if match.group()[0] == "," and goes_on and _BESIDE_ROLE.search(
            text, max(inner.start, inner.start + match.start() - 60), inner.start + match.start()
        ):
            continue
        if word.lower() not in _SHORT and (word[0].isupper() or word in words.ROLES or word in _POLITE):
            found.append(word.lower())
    return found


_SHORT: Final = words.word_set("mr mrs dr st messrs")
_POLITE: Final = words.word_set("""
        sir madam ma’am ma'am miss mister dear darling father mother captain doctor officer
    """)
