"""Reading a story: one pass from text to paragraphs, people, and speech with its speakers.

Belongs here: the order of the steps and what comes out. Does not belong here: any single step.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from aiuteur.craft.prose.dialogue import Cast, decide, heard, who_is_called
from aiuteur.craft.prose.identity import denied_names, is_call, join
from aiuteur.craft.prose.language import Script, plain_case, script_of, window
from aiuteur.craft.prose.lexis import lexis
from aiuteur.craft.prose.mentions import Kind, Mention, mentions, stems
from aiuteur.craft.prose.names import Quoted, people_names
from aiuteur.craft.prose.naming import naming
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.quotes import Quote, gaps, quotes
from aiuteur.craft.prose.resolving import Resolver
from aiuteur.craft.prose.segments import Span, paragraphs
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import Sign, Turn
from aiuteur.craft.prose.stated import roles_near, stated_roles
from aiuteur.craft.prose.story import Person, Speech, Story
from aiuteur.craft.prose.turns import Page, turns


@lru_cache(maxsize=4)
def read(text: str) -> Story:
    """Understand a narrative; a very long one is read in full at its ends and in its most telling stretches between."""
    spans, whole = window(text, paragraphs(text))
    shown = plain_case(text, spans)
    script = script_of(text)
    reader = _Reader(shown, spans, script)
    reader.run()
    reader.name_voices()
    return reader.story(text, whole=whole)


class _Reader:
    def __init__(self, text: str, spans: Sequence[Span], script: Script) -> None:
        self.text = text
        self.spans = list(spans)
        self.script = script
        self.quotes = quotes(text, self.spans)
        outer = [quote.outer for quote in self.quotes if quote.told_by is None]
        self.registry = Registry(people_names(text, self.spans, Quoted(outer)) if script.english else {})
        self.resolver = Resolver(text, self.registry)
        self.lexis = lexis(text, self.registry.by_name)
        if self.lexis.aliases is not None:
            for name, role in roles_near(text, self.spans, self.lexis.aliases):
                self.registry.at(self.registry.by_name[name]).near[role] += 1
            for name, role in stated_roles(text, self.spans, self.lexis.aliases):
                self.registry.entitle(name, role)
        self.doubtful = frozenset(word for quote in self.quotes for word in denied_names(quote.inner.of(text)))
        self.main: dict[int, Page] = {}
        self.told: dict[int, Page] = {}
        self.listeners: set[int] = set()
        self.apart: set[frozenset[int]] = set()
        self.speakers: dict[int, int] = {}
        self.signs: dict[int, Sign] = {}

    def run(self) -> None:
        by_paragraph: dict[int, list[Quote]] = {}
        for quote in self.quotes:
            by_paragraph.setdefault(quote.paragraph, []).append(quote)
        narrator = self._narrator(by_paragraph)
        for number, span in enumerate(self.spans):
            self._page(number, span, by_paragraph.get(number, []), narrator)
        stream = turns(self.text, list(self.main.values()))
        for _ in range(2):
            self._speak(stream, self.main, narrator)
            self._link(stream, self.main)
        self._speak(stream, self.main, narrator)
        met = len(self.registry.people)
        self._tales(by_paragraph)
        for person in self.registry.people[met:]:
            person.tale = True
        self._link(stream, self.main)

    def _narrator(self, by_paragraph: Mapping[int, Sequence[Quote]]) -> int | None:
        """The first-person narrator, where narration outside quotations says "I" in more than a paragraph or two."""
        if not self.script.english:
            return None
        told = said = 0
        for number, span in enumerate(self.spans):
            outside = " ".join(gap.of(self.text) for gap in gaps(span, by_paragraph.get(number, [])))
            told += len(outside) > 40  # noqa: PLR2004 - more than a tag
            said += bool(re.search(r"\b(?:I|my|me)\b", outside))
        return self.registry.narrator().index if said >= max(min(2, told), 0.08 * told, 1) else None

    def _page(self, number: int, span: Span, quoted: Sequence[Quote], narrator: int | None) -> None:
        outside = gaps(span, quoted)
        found = (
            [mention for gap in outside for mention in mentions(self.text, gap, self.lexis)]
            if self.script.english
            else []
        )
        top = tuple(quote for quote in quoted if quote.told_by is None)
        inner = tuple(quote for quote in quoted if quote.told_by is not None)
        resolved: dict[int, int] = {}
        self.main[number] = page = Page(number, span, tuple(outside), tuple(found), top, resolved, inner)
        told = turns(self.text, [page])
        tellers = frozenset(turn.teller.span.start for turn in told if turn.teller is not None and turn.sign is Sign.TAG)
        resolved.update(self.resolver.resolve(found, number, narrator, tellers))
        for turn in told:
            if turn.teller is not None and turn.teller.span.start in resolved and turn.teller.kind is not Kind.PRONOUN:
                words_said = " ".join(self.quotes[quote].inner.of(self.text) for quote in turn.quotes)
                self.registry.at(resolved[turn.teller.span.start]).context |= stems(" ".join(_CAPITAL.findall(words_said)))

    def _speak(
        self, stream: Sequence[Turn], pages: Mapping[int, Page], narrator: int | None, absent: frozenset[int] = frozenset()
    ) -> None:
        narrator = self.registry.at(narrator).index if narrator is not None else None
        absent = frozenset(self.registry.at(person).index for person in absent) - {narrator}
        cast = Cast(self.registry, who_is_called(self.registry), absent, self.doubtful, heard(stream, pages, self.registry))
        for turn, speaker in zip(stream, decide(self.text, pages, stream, cast, narrator), strict=True):
            for quote in turn.quotes:
                self.speakers[quote] = speaker
                self.signs[quote] = turn.sign
            turn.told = speaker

    def _link(self, stream: Sequence[Turn], pages: Mapping[int, Page]) -> None:
        """Join names to the unnamed people they belong to, as what is said to and of them shows."""
        said = {turn.start: " ".join(self.quotes[quote].inner.of(self.text) for quote in turn.quotes) for turn in stream}
        join(self.text, said, pages, stream, self.registry, self.apart)

    def _tales(self, by_paragraph: Mapping[int, Sequence[Quote]]) -> None:
        """Decide the quotations that somebody tells within a tale, where "I" is the teller."""
        tales: dict[int, dict[int, Page]] = {}
        for number in sorted(by_paragraph):
            quoted = by_paragraph[number]
            inner = tuple(quote for quote in quoted if quote.told_by is not None)
            top = [quote for quote in quoted if quote.told_by is None]
            outer = next((quote for quote in top if inner and quote.index == inner[0].told_by), top[-1] if top else None)
            goes_on = any(quote.continues for quote in by_paragraph.get(number + 1, ()))
            if outer is None or not (inner or goes_on or outer.continues):
                continue
            teller = self.speakers.get(outer.index, self._carried(outer.index))
            if teller is None or teller < 0:
                continue
            if number - 1 not in self.told:
                self.registry.recent = []
            self.told[number] = self._told_page(number, outer, inner, teller)
            tales.setdefault(self.registry.at(teller).index, {})[number] = self.told[number]
        for teller, pages in tales.items():
            if any(page.quotes for page in pages.values()):
                self._tale(pages, teller)

    def _tale(self, pages: Mapping[int, Page], teller: int) -> None:
        """Decide one teller's quotations, in which no other narrator and nobody who only listens has a part."""
        stream = turns(self.text, list(pages.values()))
        absent = (frozenset(person.index for person in self.registry.people if person.narrator) | self.listeners) - {teller}
        self._speak(stream, pages, teller, absent)
        self._link(stream, pages)
        self._speak(stream, pages, teller, absent)

    def _told_page(self, number: int, outer: Quote, inner: tuple[Quote, ...], teller: int) -> Page:
        span = Span(outer.outer.start + 1, outer.outer.end)
        outside = gaps(span, inner)
        every = [mention for gap in outside for mention in mentions(self.text, gap, self.lexis)]
        found = [mention for mention in every if not is_call(self.text, mention)]
        self.listeners |= {
            self.registry.at(self.registry.by_name[mention.key]).index
            for mention in every
            if mention.kind is Kind.NAME and mention not in found
        }
        return Page(number, span, tuple(outside), tuple(found), inner, self.resolver.resolve(found, number, teller))

    def _carried(self, index: int) -> int | None:
        """The speaker of the nearest decided quotation before an outer quote that only holds told ones."""
        for before in range(index - 1, max(-1, index - 60), -1):
            if self.quotes[before].told_by is None and before in self.speakers:
                return self.speakers[before]
        return None

    def name_voices(self) -> None:
        """Where a language hides who speaks, let two voices take turns, paragraph by paragraph or sentence by sentence."""
        unknown = [quote for quote in self.quotes if self.speakers.get(quote.index) == -1]
        if not unknown or self.script.english:
            return
        voices = [self.registry.create() for _ in range(2 if len(unknown) > 1 else 1)]
        for voice, place in zip(voices, ("first", "second"), strict=False):
            voice.roles["voice"] += 1
            voice.modifiers.add(place)
            voice.acts = 1
        turn = 0
        for before, quote in zip([None, *unknown], unknown, strict=False):
            turn += before is not None and not self._goes_on(before, quote)
            self.speakers[quote.index] = voices[turn % len(voices)].index

    def _goes_on(self, before: Quote, quote: Quote) -> bool:
        """Whether somebody is still speaking: into the next paragraph, or after words between that end no sentence."""
        if quote.continues or before.paragraph != quote.paragraph:
            return quote.continues
        return not _ENDED.search(self.text[before.outer.end : quote.outer.start])

    def story(self, text: str, *, whole: bool) -> Story:
        """What was read, frozen."""
        speeches: list[Speech] = []
        for quote in self.quotes:
            if quote.index not in self.speakers:
                continue
            speaker = self.speakers[quote.index]
            if not quote.inner.of(text).strip():
                continue
            if speaker >= 0:
                self.registry.at(speaker).lines += 1
            speeches.append(Speech(quote, self.registry.at(speaker).index if speaker >= 0 else None, self.signs[quote.index]))
        people = tuple(self._person(person) for person in self.registry.people if person.merged is None)
        mentioned = {
            number: tuple((mention, self._at(page, mention)) for mention in page.mentions) for number, page in self.main.items()
        }
        spoken = {speech.quote.index for speech in speeches}
        narration = tuple(
            " ".join(gap.of(self.text) for gap in gaps(page.span, [quote for quote in page.quotes if quote.index in spoken]))
            for page in self.main.values()
        )
        return Story(
            text, self.script, tuple(self.spans), people, tuple(speeches), tuple(self.quotes), narration, mentioned, whole
        )

    def _at(self, page: Page, mention: Mention) -> int | None:
        found = page.resolved.get(mention.span.start)
        return self.registry.at(found).index if found is not None else None

    def _person(self, person: Someone) -> Person:
        name, aliases = naming(person)
        return Person(
            person.index,
            name,
            aliases,
            person.sex,
            tuple(role for role, _ in person.roles.most_common()),
            tuple(title for title, _ in person.titles.most_common()),
            tuple(sorted(person.modifiers)),
            person.mentioned,
            person.acts,
            person.lines,
            person.narrator,
            bool(person.names),
            person.first,
            tuple(person.paragraphs),
        )


_ENDED: Final = re.compile(r"[。．.!?！？؟।]")
_CAPITAL: Final = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
