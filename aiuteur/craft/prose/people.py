"""Who is in the story: the registry of persons, and the merging of names, titles and roles into them.

Belongs here: which mentions are one person, and what their words say about sex. Does not belong here: who speaks
(`speakers`), how they look (`appearance`).
"""

from collections.abc import Mapping

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aliases import alias
from aiuteur.craft.prose.mentions import Kind, Mention, stems
from aiuteur.craft.prose.names import Evidence
from aiuteur.craft.prose.roles import contradicts, grown, role_class, sex_of_name, sex_of_role, titles_of
from aiuteur.craft.prose.someone import Someone
from aiuteur.film.bible import Sex


class Registry:
    """The persons met so far; names are registered at once, roles as the reading goes."""

    def __init__(self, names: Mapping[str, Evidence]) -> None:
        self.people: list[Someone] = []
        self.by_name: dict[str, int] = {}
        self.recent: list[int] = []
        for name in sorted(names, key=lambda name: (-len(name.split(" ")), names[name].first)):
            self._enter(name, names[name])

    def _enter(self, name: str, evidence: Evidence) -> None:
        home = self._same(name, evidence)
        person = self.people[home] if home is not None else self.create()
        person.names[name] += evidence.count
        person.titles.update(evidence.titles)
        person.sexes.update(sex_of_name(name, evidence.titles))
        self.by_name[name] = person.index

    def _same(self, name: str, evidence: Evidence) -> int | None:
        sexes = sex_of_name(name, evidence.titles)
        sex = sexes.most_common(1)[0][0] if sexes else Sex.UNKNOWN
        group = role_class(name.lower())
        fits = [
            person
            for person in self.people
            if person.may_be(sex)
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
        one.first = min(one.first, two.first)
        one.paragraphs = sorted(one.paragraphs + two.paragraphs)
        two.merged = one.index

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

    def touch(self, index: int, paragraph: int, offset: int, *, acts: bool) -> None:
        """Note that somebody was mentioned: a subject becomes the most recent, others stand just behind the last subject."""
        person = self.at(index)
        person.mentioned += 1
        person.acts += acts
        person.first = min(person.first, offset)
        if not person.paragraphs or person.paragraphs[-1] != paragraph:
            person.paragraphs.append(paragraph)
        others = [other for other in self.recent[-11:] if other != person.index]
        last = others[-1:] if not acts else []
        self.recent = [*others[: len(others) - len(last)], person.index, *last]

    def resolve(self, mention: Mention, speaker: int | None = None) -> int | None:
        """Whom a name or a role noun points to, None where it points to nobody in particular; pronouns are the reader's work."""
        if mention.kind is Kind.NAME:
            return self._named(mention)
        if mention.kind is Kind.ROLE:
            return self._role(mention, speaker)
        return None

    def _named(self, mention: Mention) -> int | None:
        index = self.by_name.get(mention.key)
        if index is None:
            return None
        person = self.at(index)
        title_sex = sex_of_name("", [mention.determiner])
        if title_sex and not person.may_be(title_sex.most_common(1)[0][0]):
            return next(
                (
                    other.index
                    for other in self.people
                    if other.merged is None
                    and other.titles[mention.determiner]
                    and any(alias(mention.key, name) for name in other.names)
                ),
                None,
            )
        return person.index

    def _role(self, mention: Mention, speaker: int | None) -> int | None:
        if mention.determiner in {"no", "some", "one", "its"}:
            return None
        if mention.determiner in {"a", "an", "another"}:
            again = self._seen_before(mention)
            return again if again is not None else self._introduce(mention)
        if mention.key in words.CLOSE and mention.determiner in {"my", "our", "his", "her", "their"}:
            known = [index for index in self.recent if self.at(index).names and not self.at(index).narrator]
            return max(known, key=lambda index: self.at(index).mentioned, default=None)
        fits = [
            person for person in self.people if person.merged is None and person.index != speaker and self._fits(person, mention)
        ]
        if mention.key in words.ARRIVING and (fresh := [person for person in fits if not person.names] or fits):
            return max(fresh, key=lambda person: person.first if person.paragraphs else -1).index
        if fits:
            return max(fits, key=lambda person: self._fitness(person, mention)).index
        if mention.determiner in {"his", "her", "their"} and mention.key not in words.KIN:
            return None
        hint = stems(" ".join([*sorted(mention.modifiers), mention.key]))
        hinted = [
            index
            for index in self.recent
            if self.at(index).names and hint & self.at(index).context and self.at(index).may_be(sex_of_role(mention.key))
        ]
        if mention.determiner in {"my", "our"} and mention.key not in words.KIN:
            near = [
                person
                for person in self.people
                if person.merged is None and person.index != speaker and person.near[mention.key] and not person.narrator
            ]
            hinted = (
                [max(near, key=lambda person: (person.near[mention.key] / sum(person.names.values()), -person.index)).index]
                if near
                else hinted
            )
        return hinted[-1] if hinted else self._introduce(mention)

    def _seen_before(self, mention: Mention) -> int | None:
        """Somebody introduced once more, by the same words as before: "a thin man with a brass lamp"."""
        return next(
            (
                person.index
                for person in self.people
                if person.merged is None
                and mention.key in person.roles
                and mention.determiner != "another"
                and mention.modifiers & person.modifiers
                and len(mention.tail & person.context) > 1
            ),
            None,
        )

    def _introduce(self, mention: Mention) -> int:
        person = self.create()
        person.roles[mention.key] += 1
        person.modifiers |= mention.modifiers
        person.context |= mention.tail
        sex = sex_of_role(mention.key)
        if sex is not Sex.UNKNOWN:
            person.sexes[sex] += 3
        return person.index

    def _fits(self, person: Someone, mention: Mention) -> bool:
        if not person.may_be(sex_of_role(mention.key)) or (person.narrator and mention.determiner != "the"):
            return False
        group = role_class(mention.key)
        if grown(mention.key) is not None and grown(mention.key) in {
            not known for role in person.roles if (known := grown(role)) is not None
        }:
            return False
        if (
            grown(mention.key) is False
            and not any(grown(role) is False for role in person.roles)
            and (person.modifiers & {"old"} or person.roles or person.titles["old"])
        ):
            return False
        if any(role in group for role in person.roles) or titles_of(mention.key) & person.titles.keys():
            return not contradicts(mention.modifiers, person.modifiers)
        if mention.key not in words.GENERIC or not person.paragraphs or (person.companion and mention.key in words.CALLING):
            return False
        return bool(mention.modifiers & person.modifiers or mention.tail & person.context) or person.index in (
            self.recent[-4:] if person.names else self.recent
        )

    def _fitness(self, person: Someone, mention: Mention) -> tuple[float, int]:
        group = role_class(mention.key)
        described = len(mention.modifiers & person.modifiers) + len(mention.tail & person.context)
        same = any(role in group for role in person.roles) or bool(titles_of(mention.key) & person.titles.keys())
        sex = sex_of_role(mention.key)
        sure = sex is not Sex.UNKNOWN and person.sex is sex
        calling = mention.key in words.CALLING and bool(words.GENERIC & person.roles.keys())
        recency = self.recent.index(person.index) if person.index in self.recent else -1
        misfit = len(mention.modifiers - person.modifiers) if person.modifiers else 0
        return 3.0 * described + 2.0 * same + 1.5 * calling + 1.0 * sure - 0.5 * misfit + 0.15 * recency, -person.index
