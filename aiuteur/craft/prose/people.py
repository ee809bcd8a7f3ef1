"""Who is in the story: the registry of persons, and the merging of names, titles and roles into them.

Belongs here: which mentions are one person, and what their words say about sex. Does not belong here: who speaks
(`speakers`), how they look (`appearance`).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aliases import alias
from aiuteur.craft.prose.mentions import Mention
from aiuteur.craft.prose.names import Evidence
from aiuteur.craft.prose.roles import role_class, sex_of_name
from aiuteur.craft.prose.someone import Someone
from aiuteur.film.bible import Sex

_WEAK: Final = 1
"""What a title says of sex that either may bear: a captain is mostly a man."""


class Registry:
    """The persons met so far; names are registered at once, roles as the reading goes."""

    def __init__(self, names: Mapping[str, Evidence]) -> None:
        self.people: list[Someone] = []
        self.by_name: dict[str, int] = {}
        self.recent: list[int] = []
        self._titled: dict[tuple[str, str], int] = {}
        for name in sorted(names, key=lambda name: (-len(name.split(" ")), names[name].first)):
            self._enter(name, names[name])

    def _enter(self, name: str, evidence: Evidence) -> None:
        """Register everybody who goes by a name: its Mr., its Mrs. and its Miss are three; the bare name is the commonest's."""
        styles: dict[str, Counter[str]] = {}
        for title, count in evidence.titles.items():
            styles.setdefault(_style(title), Counter())[title] += count
        bare = evidence.count - evidence.titles.total()
        taken: set[int] = set()
        for style, titles in sorted(styles.items(), key=lambda item: (-item[1].total(), item[0])) or [("", Counter[str]())]:
            family = len(styles) > 1 and style in {"lady", "man"}
            home = self._same(name, titles, taken, family=family)
            person = self.people[home] if home is not None else self.create()
            person.names[name] += titles.total() + bare
            person.titles.update(titles)
            person.sexes.update(sex_of_name(name, titles))
            person.present |= evidence.narrated > 0 or evidence.spoken_to > 0
            if name.lower() in words.KIN:
                person.roles[name.lower()] += 1
            taken.add(person.index)
            self._titled[style, name] = person.index
            self.by_name.setdefault(name, person.index)
            bare = 0

    def _same(self, name: str, titles: Counter[str], taken: set[int], *, family: bool) -> int | None:
        """Who is registered under a name or one like it; the Mr. and the Mrs. of a family are nobody who has no such title."""
        sexes = sex_of_name(name, titles)
        sex = sexes.most_common(1)[0][0] if sexes else Sex.UNKNOWN
        group = role_class(name.lower())
        styles = {_style(title) for title in titles}
        fits = [
            person
            for person in self.people
            if person.may_be(sex)
            and person.index not in taken
            and not (styles and (person.titles or family) and styles.isdisjoint(map(_style, person.titles)))
            and (any(alias(name, other) for other in person.names) or any(title in group for title in person.titles))
        ]
        return max(fits, key=lambda person: (sum(person.names.values()), -person.index)).index if fits else None

    def create(self) -> Someone:
        """A new, unknown person."""
        person = Someone(len(self.people))
        self.people.append(person)
        return person

    def at(self, index: int) -> Someone:
        """The person that an index stands for, after mergers."""
        person = self.people[index]
        while person.merged is not None:
            person = self.people[person.merged]
        return person

    def merge(self, kept: int, gone: int) -> None:
        """Make two persons one."""
        one, two = self.at(kept), self.at(gone)
        if one.index == two.index:
            return
        for counter, other in ((one.names, two.names), (one.titles, two.titles), (one.roles, two.roles)):
            counter.update(other)
        one.sexes.update(two.sexes)
        one.modifiers |= two.modifiers
        one.context |= two.context
        one.near += two.near
        one.mentioned += two.mentioned
        one.acts += two.acts
        one.lines += two.lines
        one.narrator |= two.narrator
        one.companion |= two.companion
        one.present |= two.present
        one.anew |= two.anew
        one.tale &= two.tale
        one.of = two.of if one.of is None else one.of
        one.first = min(one.first, two.first)
        one.paragraphs = sorted(one.paragraphs + two.paragraphs)
        two.merged = one.index

    def entitle(self, name: str, role: str) -> None:
        """Note what the text says that a named person is: our captain Ann Hale is whom it calls Captain Hale."""
        person = self.at(self.by_name[name])
        person.roles[role] += 1
        for other in self.people:
            titled = other.merged is None and other.index != person.index and role in other.titles
            if titled and other.sexes.total() <= _WEAK and any(alias(one, two) for one in other.names for two in person.names):
                self.merge(person.index, other.index)

    def has_role(self, head: str) -> bool:
        """Whether somebody met so far is called by this role noun or one like it."""
        group = role_class(head)
        return any(person.merged is None and person.paragraphs and group & person.roles.keys() for person in self.people)

    def narrator(self) -> Someone:
        """The first-person narrator, made when first needed."""
        for person in self.people:
            if person.narrator and person.merged is None:
                return person
        person = self.create()
        person.narrator = True
        return person

    def touch(self, index: int, paragraph: int, offset: int, *, acts: bool, leads: bool) -> None:
        """Note that somebody was mentioned: who leads becomes the most recent, others stand just behind."""
        person = self.at(index)
        person.mentioned += 1
        person.acts += acts
        person.first = min(person.first, offset)
        if not person.paragraphs or person.paragraphs[-1] != paragraph:
            person.paragraphs.append(paragraph)
        others = [other for other in self.recent[-11:] if other != person.index]
        last = others[-1:] if not leads and self.recent[-1:] != [person.index] else []
        self.recent = [*others[: len(others) - len(last)], person.index, *last]

    def named(self, mention: Mention) -> int | None:
        """Whom a name points to, None where nobody bears it with the title it has."""
        index = self._titled.get((_style(mention.determiner), mention.key), self.by_name.get(mention.key))
        if index is None:
            return None
        sexes = sex_of_name("", [mention.determiner])
        person = self.at(index)
        return person.index if sexes.total() <= _WEAK or person.may_be(sexes.most_common(1)[0][0]) else None


def _style(title: str) -> str:
    """Which of a family a title tells apart: its ladies, its unmarried daughters, its men."""
    if title in words.MISSES:
        return "miss"
    return "lady" if title in words.FEMALE_TITLES else "man" if title else ""
