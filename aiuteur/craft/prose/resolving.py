"""Whom each mention of the narration points to, paragraph by paragraph, as a reader keeps track of people.

Belongs here: resolving names, roles and pronouns in order. Does not belong here: quotations and their speakers (`dialogue`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.prose.identity import describes
from aiuteur.craft.prose.mentions import Kind, Mention, stems
from aiuteur.craft.prose.people import Registry, Someone
from aiuteur.craft.prose.roles import sex_of_role
from aiuteur.craft.prose.segments import sentence_around
from aiuteur.craft.prose.speakers import pronoun_sex
from aiuteur.film.bible import Sex


class Resolver:
    """Keeps track of who was mentioned last while the paragraphs go by; what it learns of people goes into the registry."""

    def __init__(self, text: str, registry: Registry) -> None:
        self.text = text
        self.registry = registry

    def resolve(self, found: Sequence[Mention], number: int, narrator: int | None) -> dict[int, int]:
        """The person each mention of a paragraph points to, by the mention's offset; who points to nobody is left out."""
        resolved: dict[int, int] = {}
        last: Mention | None = None
        for mention in found:
            person = self._whom(mention, last, resolved, narrator)
            if person is None:
                continue
            person = self.registry.at(person).index
            resolved[mention.span.start] = person
            if (
                (mention.kind is Kind.PRONOUN and mention.key in {"i", "me", "my"})
                or mention.kind is not Kind.PRONOUN
                or mention.subject
            ):
                self.registry.touch(person, number, mention.span.start, acts=mention.subject)
            if mention.kind is Kind.ROLE:
                self._describe(self.registry.at(person), mention)
            elif mention.kind is Kind.NAME and (aside := _ASIDE.match(self.text, mention.span.end)):
                self.registry.at(person).context |= stems(aside[1])
            self._vote(last, mention, resolved)
            last = mention
        return resolved

    def _whom(self, mention: Mention, last: Mention | None, resolved: Mapping[int, int], narrator: int | None) -> int | None:
        if mention.kind is Kind.PRONOUN:
            return self._pronoun(mention, narrator)
        if last is not None and last.span.start in resolved and describes(self.text, last, mention):
            return resolved[last.span.start]
        return self.registry.resolve(mention, narrator)

    def _pronoun(self, mention: Mention, narrator: int | None) -> int | None:
        if mention.key in {"i", "me", "my"}:
            return narrator
        sex = pronoun_sex(mention.key)
        if sex is Sex.UNKNOWN:
            return None
        for index in reversed(self.registry.recent):
            person = self.registry.at(index)
            if not person.narrator and index != narrator and person.may_be(sex):
                return person.index
        return None

    def _describe(self, person: Someone, mention: Mention) -> None:
        if (not person.roles and not person.names) or mention.determiner in {"a", "an"}:
            person.context |= stems(sentence_around(self.text, mention.span))
        person.roles[mention.key] += 1
        person.modifiers |= mention.modifiers
        person.context |= mention.tail
        sex = sex_of_role(mention.key)
        if sex is not Sex.UNKNOWN:
            person.sexes[sex] += 3

    def _vote(self, last: Mention | None, mention: Mention, resolved: Mapping[int, int]) -> None:
        """A pronoun soon after a single mention votes on that person's sex."""
        sex = pronoun_sex(mention.key) if mention.kind is Kind.PRONOUN else Sex.UNKNOWN
        if sex is Sex.UNKNOWN or last is None or last.kind is Kind.PRONOUN or mention.span.start - last.span.end > 160:  # noqa: PLR2004 - a handful, by the look of prose
            return
        person = self.registry.at(resolved[last.span.start]) if last.span.start in resolved else None
        if person is not None and not person.narrator and last.subject:
            person.sexes[sex] += 1


_ASIDE: Final = re.compile(r",\s+((?:of|the|a|an|who|from|in)\s[^,.;]{3,60})")
