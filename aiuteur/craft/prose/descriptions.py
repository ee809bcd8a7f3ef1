"""Whom a description points to: "the stout man", "his wife", "a boy with a lamp", "Finch's clerk".

Belongs here: choosing among the people met so far, or bringing in somebody new. Does not belong here: finding descriptions
(`mentions`), who turns out to be one person later on (`identity`).
"""

from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.mentions import Mention, stems
from aiuteur.craft.prose.people import Registry
from aiuteur.craft.prose.roles import contradicts, grown, relative_titles, role_class, sex_of_role, titles_of
from aiuteur.craft.prose.someone import Someone
from aiuteur.film.bible import Sex

_NOBODY: Final = frozenset({"no", "some", "one", "its"})
_NEW: Final = frozenset({"a", "an", "another"})


def described(registry: Registry, mention: Mention, owner: int | None, others: frozenset[int]) -> int | None:
    """The person a description points to, brought in if need be; None where it points to nobody in particular.

    `owner` is whom its determiner points to: "his", "my", "Finch's"; `others` are those whom it cannot mean.
    """
    if mention.determiner in _NOBODY:
        return None
    if mention.determiner in _NEW:
        again = _seen_before(registry, mention)
        return again if again is not None else _introduce(registry, mention, None)
    if owner is not None and (known := _of_owner(registry, mention, owner)) is not None:
        return known
    fits = [person for person in _met(registry) if person.index not in others and _fits(registry, person, mention)]
    if (near := _near(registry, mention, others)) is not None:
        for person in fits:
            if not person.names and mention.key in person.roles and registry.at(near).may_be(person.sex):
                registry.merge(near, person.index)
        return near
    if mention.key in words.ARRIVING and (fresh := [person for person in fits if not person.names]):
        return max(fresh, key=lambda person: person.first if person.paragraphs else -1).index
    if fits:
        return max(fits, key=lambda person: _fitness(registry, person, mention)).index
    hinted = _hinted(registry, mention, others)
    return hinted if hinted is not None else _introduce(registry, mention, owner)


def _met(registry: Registry) -> list[Someone]:
    return [person for person in registry.people if person.merged is None and (person.present or not person.names)]


def _of_owner(registry: Registry, mention: Mention, owner: int) -> int | None:
    """Somebody known whom a possessive description points to: a companion lately named, a relative by role or by surname."""
    if mention.key in words.CLOSE:
        near = [index for index in registry.recent if registry.at(index).names and index != owner]
        near = [index for index in near if not registry.at(index).narrator]
        own = registry.at(owner).narrator
        return max(near, key=lambda index: registry.at(index).mentioned, default=None) if own else next(reversed(near), None)
    titles = relative_titles(mention.key)
    surnames = {name.split(" ")[-1] for name in registry.at(owner).names}
    kin = [
        person
        for person in _met(registry)
        if titles & person.titles.keys() and surnames & {name.split(" ")[-1] for name in person.names} and person.index != owner
    ]
    if not kin and titles:
        kin = [one for one in _met(registry) if titles & one.titles.keys() and _has_family(registry, one)]
    if not kin and mention.key in words.YOUNGER:
        kin = [one for one in _met(registry) if _is_child(one, surnames, sex_of_role(mention.key)) and one.index != owner]
    return kin[0].index if len(kin) == 1 else None


def _is_child(person: Someone, surnames: set[str], sex: Sex) -> bool:
    """Whether somebody bears a first name before one of these surnames, and no title of the head of a house."""
    first = any(name.split(" ")[-1] in surnames and " " in name for name in person.names)
    return first and person.may_be(sex) and person.titles.keys() <= words.MISSES | {"young", "little", "master"}


def _has_family(registry: Registry, person: Someone) -> bool:
    """Whether somebody else in the story bears a person's surname."""
    surnames = {name.split(" ")[-1] for name in person.names}
    return any(surnames & {name.split(" ")[-1] for name in one.names} for one in _met(registry) if one.index != person.index)


def _seen_before(registry: Registry, mention: Mention) -> int | None:
    """Somebody introduced once more, by the same words as before: "a thin man with a brass lamp"."""
    return next(
        (
            person.index
            for person in registry.people
            if person.merged is None
            and mention.key in person.roles
            and mention.determiner != "another"
            and mention.modifiers & person.modifiers
            and len(mention.tail & person.context) > 1
        ),
        None,
    )


def _introduce(registry: Registry, mention: Mention, owner: int | None) -> int:
    person = registry.create()
    person.roles[mention.key] += 1
    person.modifiers |= mention.modifiers
    person.context |= telling(mention)
    person.of, person.anew = owner, mention.determiner in _NEW
    sex = sex_of_role(mention.key)
    person.sexes[sex] += 3 * (sex is not Sex.UNKNOWN)
    person.sexes[Sex.MALE] += mention.key in words.SOLDIERLY
    return person.index


def _fits(registry: Registry, person: Someone, mention: Mention) -> bool:
    if not person.may_be(sex_of_role(mention.key)) or (person.narrator and mention.determiner != "the"):
        return False
    if not same_age(person, mention):
        return False
    rank, known = (words.RANKED & one for one in ({mention.key, *mention.modifiers}, {*person.roles, *person.modifiers}))
    if rank:
        return bool(rank & known)
    overlap = bool(telling(mention) & person.context)
    if called_so(person, mention.key):
        return not _other(person, mention) and not contradicts(mention.modifiers, person.modifiers)
    if mention.key not in words.GENERIC or not person.paragraphs or (person.companion and mention.key in words.CALLING):
        return False
    if telling(mention):
        return overlap
    return person.index in (registry.recent[-4:] if person.names else registry.recent)


def called_so(person: Someone, head: str) -> bool:
    """Whether a person goes by this role noun, one that is used for the same people, or the title of such people."""
    return bool(role_class(head) & person.roles.keys() or titles_of(head) & (person.titles.keys() | person.roles.keys()))


def _other(person: Someone, mention: Mention) -> bool:
    """Whether a noun that says hardly anything describes somebody otherwise: the tall man is not the old man."""
    words_said = telling(mention)
    return mention.key in words.GENERIC and bool(words_said and person.modifiers) and not words_said & person.context


def telling(mention: Mention) -> frozenset[str]:
    """What a description says beyond its noun, by stems: "the stout man with a lamp"."""
    if mention.key in words.CALLING and mention.determiner in {"my", "our"}:
        return frozenset()
    return mention.tail | stems(" ".join(sorted(mention.modifiers - words.VAGUE)))


def same_age(person: Someone, mention: Mention) -> bool:
    """Whether a description may be of somebody as grown, or as young, as a person is known to be."""
    age = grown(mention.key)
    small = bool(person.modifiers & {"young", "little"})
    if age is not None and (not age) in {known for role in person.roles if (known := grown(role)) is not None} and not small:
        return False
    young = small or any(grown(role) is False or role in words.YOUTHFUL for role in person.roles)
    old = person.modifiers & {"old"} or person.roles or person.titles.keys() - words.MISSES - {"little", "young"}
    return age is not False or bool(young or not old)


def _fitness(registry: Registry, person: Someone, mention: Mention) -> tuple[float, int]:
    described_so = len(telling(mention) & person.context)
    sex = sex_of_role(mention.key)
    sure = sex is not Sex.UNKNOWN and person.sex is sex
    calling = mention.key in words.CALLING and person.anew and person.acts > 0 and person.roles.keys() <= words.GENERIC
    recency = registry.recent.index(person.index) if person.index in registry.recent else -1
    misfit = len(mention.modifiers - person.modifiers) if person.modifiers else 0
    known = 2.0 * called_so(person, mention.key) + 1.4 * calling + 1.0 * sure
    return 3.0 * described_so + known - 0.5 * misfit + 0.15 * recency, -person.index


def _hinted(registry: Registry, mention: Mention, others: frozenset[int]) -> int | None:
    """Somebody named lately whose story has the words of a description."""
    hint = stems(" ".join([*sorted(mention.modifiers), *([mention.key] if mention.key not in words.GENERIC else [])]))
    sex = sex_of_role(mention.key)
    hinted = [
        index
        for index in registry.recent
        if index not in others
        if registry.at(index).names and hint & registry.at(index).context and registry.at(index).may_be(sex)
    ]
    return hinted[-1] if hinted else None


def _near(registry: Registry, mention: Mention, others: frozenset[int]) -> int | None:
    """Whom "my" or "our" assistant points to: somebody named whom the text names near the noun."""
    if mention.determiner not in {"my", "our"} or mention.key in words.KIN | words.GENERIC:
        return None
    met = [person for person in _met(registry) if not person.narrator and person.index not in others]
    near = [person for person in met if person.near[mention.key] and person.may_be(sex_of_role(mention.key))]
    return max(near, key=lambda one: (one.near[mention.key] / sum(one.names.values()), -one.index)).index if near else None
