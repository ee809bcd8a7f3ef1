"""Whom each mention of the narration points to, paragraph by paragraph, as a reader keeps track of people.

Belongs here: resolving names, roles and pronouns in order. Does not belong here: quotations and their speakers (`dialogue`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.allusions import allusive
from aiuteur.craft.prose.descriptions import described, telling
from aiuteur.craft.prose.identity import describes
from aiuteur.craft.prose.mentions import Kind, Mention, stems
from aiuteur.craft.prose.names import ACTS
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.roles import relative_titles, sex_of_role
from aiuteur.craft.prose.segments import sentence_around
from aiuteur.craft.prose.someone import Someone
from aiuteur.craft.prose.speakers import pronoun_sex
from aiuteur.film.bible import Sex


class Resolver:
    """Keeps track of who was mentioned last while the paragraphs go by; what it learns of people goes into the registry."""

    def __init__(self, text: str, registry: Registry) -> None:
        self.text = text
        self.registry = registry
        self.told: dict[int, int] = {}

    def resolve(
        self, found: Sequence[Mention], number: int, narrator: int | None, tellers: frozenset[int] = frozenset()
    ) -> dict[int, int]:
        """The person each mention of a paragraph points to, by the mention's offset; who points to nobody is left out.

        `tellers` are the offsets of those that tags name: who answers is not who spoke in the paragraph before.
        """
        resolved: dict[int, int] = {}
        last = hero = None
        for place, mention in enumerate(found):
            if self._only_alluded(mention):
                continue
            self._learn_name(mention, last, resolved)
            following = found[place + 1] if place + 1 < len(found) else None
            person = self._named_next(mention, following)
            if person is None:
                answers = mention.span.start in tellers and mention.key in words.GENERIC
                answered = self.told.get(number - 1) if answers else None
                person = self._described(mention, (last, hero), resolved)
                person = self._whom(mention, last, resolved, narrator, answered) if person is None else person
            if person is None:
                continue
            self._say(person, mention)
            person = self.registry.at(person).index
            resolved[mention.span.start] = person
            if mention.span.start in tellers:
                self.told[number] = person
            own = mention.kind is Kind.PRONOUN and mention.key in {"i", "me", "my"}
            if own or mention.kind is not Kind.PRONOUN or mention.subject or self._answers(mention):
                leads = self._answers(mention) or (mention.subject and not self._before(mention, _SUBORDINATE))
                self.registry.touch(person, number, mention.span.start, acts=mention.subject, leads=leads)
            if mention.kind is Kind.ROLE:
                self._describe(self.registry.at(person), mention)
            elif mention.kind is Kind.NAME and (aside := _ASIDE.match(self.text, mention.span.end)):
                self.registry.at(person).context |= stems(aside[1])
            self._vote(last, mention, resolved)
            last = mention
            hero = mention if mention.kind is Kind.NAME and mention.subject else hero
        return resolved

    def _described(self, mention: Mention, before: Sequence[Mention | None], resolved: Mapping[int, int]) -> int | None:
        """Whom a role noun says something more of: whoever was just mentioned, or else whom the sentence is about."""
        said = (one for one in before if one is not None and one.span.start in resolved and describes(self.text, one, mention))
        return next((resolved[one.span.start] for one in said), None)

    def _answers(self, mention: Mention) -> bool:
        """Whether somebody is told or asked something, and so is the next to do or say something."""
        return not mention.subject and self._before(mention, _TOLD)

    def _before(self, mention: Mention, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern leads right up to a mention."""
        return bool(pattern.search(self.text, max(0, mention.span.start - 16), mention.span.start))

    def _only_alluded(self, mention: Mention) -> bool:
        """Whether a mention is of somebody not met so far, and only in a simile, a thing that never was, or by a far realm."""
        if mention.kind is Kind.NAME:
            index = self.registry.by_name.get(mention.key)
            known = index is not None and bool(self.registry.at(index).paragraphs)
        elif mention.kind is Kind.ROLE and ACTS.match(self.text, mention.span.end):
            return False
        elif mention.kind is Kind.ROLE:
            known = mention.determiner not in {"a", "an"} and self.registry.has_role(mention.key)
        else:
            return False
        return not known and allusive(self.text, mention.span, subject=mention.subject)

    def _learn_name(self, mention: Mention, last: Mention | None, resolved: Mapping[int, int]) -> None:
        """Make one the person just spoken of and the name the text gives them: "his name was Tom", "they called her Pip"."""
        if mention.kind is not Kind.NAME or last is None or last.span.start not in resolved:
            return
        bearer, named = self.registry.at(resolved[last.span.start]), self.registry.at(self.registry.by_name[mention.key])
        between = self.text[last.span.end : mention.span.start]
        called = not between.strip() and self._before(last, _CALL)
        called = called or (last.determiner in {"a", "an"} and self._before(mention, _THIS_WAS))
        called = called or bool((_NAME_IS if last.possessive else _CALLED).match(between))
        if called and not bearer.names and bearer.may_be(named.sex):
            self.registry.merge(bearer.index, named.index)

    def _named_next(self, mention: Mention, following: Mention | None) -> int | None:
        """Who bears the name right after a role noun: "my friend Ann", "a boy called Tom", "our partner, Mr. Finch,"."""
        if mention.kind is not Kind.ROLE or mention.possessive or following is None or following.kind is not Kind.NAME:
            return None
        between = self.text[mention.span.end : following.span.start]
        titled = between.strip() == "," and following.determiner != "" and mention.determiner in {"my", "our", "his", "her"}
        aside = between.strip() == "," and bool(_SET_OFF.match(self.text, following.span.end))
        if following.possessive or not (titled or aside or not between.strip() or _CALLED.match(between)):
            return None
        index = self.registry.by_name.get(following.key)
        if index is None or not self.registry.at(index).may_be(sex_of_role(mention.key)):
            return None
        person = self.registry.at(index)
        person.companion |= mention.key in words.CLOSE and mention.determiner in {"my", "our"}
        return None if person.narrator else person.index

    def _whom(
        self, mention: Mention, last: Mention | None, resolved: Mapping[int, int], narrator: int | None, answered: int | None
    ) -> int | None:
        if mention.kind is Kind.PRONOUN:
            return self._pronoun(mention, narrator, self._doer(mention, last, resolved))
        if mention.kind is Kind.ROLE:
            owner = self._owner(mention, last, resolved, narrator)
            others = frozenset(self.registry.at(one).index for one in (narrator, owner, answered) if one is not None)
            return described(self.registry, mention, owner, others)
        return self.registry.named(mention) if mention.kind is Kind.NAME else None

    def _owner(self, mention: Mention, last: Mention | None, resolved: Mapping[int, int], narrator: int | None) -> int | None:
        """Whom the determiner of a description points to: "his" wife, "Finch's" clerk."""
        if mention.determiner in {"my", "our"}:
            return narrator
        if last is not None and last.possessive and last.span.end <= mention.span.start <= last.span.end + 3:
            return resolved.get(last.span.start)
        sex = pronoun_sex(mention.determiner)
        return self._latest(sex, narrator) if sex is not Sex.UNKNOWN else None

    def _doer(self, mention: Mention, last: Mention | None, resolved: Mapping[int, int]) -> int | None:
        """Who does something to a pronoun, which is then somebody else: "My father told him"."""
        if last is None or not last.subject or mention.subject or mention.possessive or mention.key.endswith("self"):
            return None
        between = self.text[last.span.end : mention.span.start]
        return resolved.get(last.span.start) if _DOES_TO.match(between) else None

    def _pronoun(self, mention: Mention, narrator: int | None, doer: int | None) -> int | None:
        if mention.key in {"i", "me", "my"}:
            return narrator
        sex = pronoun_sex(mention.key)
        if sex is Sex.UNKNOWN:
            return None
        found = self._latest(sex, narrator, doer)
        if found is None and (mention.subject or self._answers(mention)):
            found = self._unsaid(sex)
        return found

    def _unsaid(self, sex: Sex) -> int:
        """Somebody whom the text calls "he" or "she" before it says who that is."""
        person = self.registry.create()
        person.sexes[sex] += 1
        person.roles["man" if sex is Sex.MALE else "woman"] += 1
        person.unsaid = True
        return person.index

    def _say(self, person: int, mention: Mention) -> None:
        """Let the first name or noun of their sex say who somebody is of whom only pronouns, or "his wife", have spoken."""
        said = self.registry.at(person)
        shown = mention.subject or mention.determiner == "this"
        if said.paragraphs or mention.kind is Kind.PRONOUN or mention.determiner in {"a", "an"} or not shown:
            return
        for index in reversed(self.registry.recent):
            before = self.registry.at(index)
            spouse = not before.names and any(relative_titles(role) & said.titles.keys() for role in before.roles)
            if (before.unsaid or spouse) and said.sex in (before.sex, Sex.UNKNOWN) and not said.narrator:
                before.unsaid = False
                self.registry.merge(said.index, before.index)
                return

    def _latest(self, sex: Sex, *others: int | None) -> int | None:
        ruled_out = {self.registry.at(other).index for other in others if other is not None}
        for index in reversed(self.registry.recent):
            person = self.registry.at(index)
            if not person.narrator and person.index not in ruled_out and person.may_be(sex):
                return person.index
        return None

    def _describe(self, person: Someone, mention: Mention) -> None:
        if (not person.roles and not person.names) or mention.determiner in {"a", "an"}:
            person.context |= stems(sentence_around(self.text, mention.span))
        person.roles[mention.key] += 1
        person.modifiers |= mention.modifiers
        person.context |= telling(mention)
        sex = sex_of_role(mention.key)
        if sex is not Sex.UNKNOWN:
            person.sexes[sex] += 3

    def _vote(self, last: Mention | None, mention: Mention, resolved: Mapping[int, int]) -> None:
        """A pronoun soon after a single mention votes on that person's sex."""
        sex = pronoun_sex(mention.key) if mention.kind is Kind.PRONOUN else Sex.UNKNOWN
        aside = mention.key in {"him", "her"} and not mention.possessive
        if sex is Sex.UNKNOWN or aside or last is None or last.kind is Kind.PRONOUN or mention.span.start - last.span.end > 160:  # noqa: PLR2004 - a handful, by the look of prose
            return
        person = self.registry.at(resolved[last.span.start]) if last.span.start in resolved else None
        if person is not None and not person.narrator and last.subject:
            person.sexes[sex] += 1


_CALLED: Final = re.compile(
    r"\s*,?\s*(?:(?:who\s+)?(?:(?:was|is)\s+)?(?:called|named)|by\s+the\s+name\s+of|of\s+the\s+name\s+of|whose\s+name\s+(?:is|was))\s+$"
)
_NAME_IS: Final = re.compile(
    r"(?:[’']s)?\s+(?:(?:own|real|full|first|Christian)\s+)?name(?:,[^,.;!?]{3,60},)?\s+(?:is|was|being)\s+(?:\w+ly\s+)?$"
)
_TOLD: Final = re.compile(r"\b(?:told|asked|answered|assured|begged|warned|informed|reminded)\s+$")
_DOES_TO: Final = re.compile(r"\s+(?:\w+ly\s+)?\w+\s+(?:\w+\s+)?(?:(?:to|at|for|with|from|of|by|on|after|over)\s+)?$")
_SUBORDINATE: Final = re.compile(r"\b(?:when|while|that|which|whom|because|before|until|than|where)\s+$")
"""What makes a subject one of a clause by the way, after which "he" and "she" are still whom they were."""

_THIS_WAS: Final = re.compile(r"[.!?;:]\s+(?:This|That|It|Here)\s+(?:was|is)\s+$")
_SET_OFF: Final = re.compile(r",|\s+who\b")
_CALL: Final = re.compile(r"\b(?:call(?:ed|s)?|named?|christened)\s+$")
_ASIDE: Final = re.compile(r",\s+((?:of|the|a|an|who|from|in)\s[^,.;]{3,60})")
