"""What role nouns, titles and describing words say of a person: sex, age, and whether two can be meant for one.

Belongs here: the meaning of such words. Does not belong here: finding them (`mentions`).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aliases import forms_of
from aiuteur.film.bible import Sex


def role_class(head: str) -> frozenset[str]:
    """The role nouns that a text may use for the same person as `head`."""
    return next((group for group in words.SAME if head in group), frozenset({head}))


_TITLES_OF: Final = (
    (
        words.word_set("priest parson clergyman vicar curate friar monk abbot preacher"),
        frozenset({"father", "reverend", "rev", "brother"}),
    ),
    (words.word_set("nobleman baronet knight"), frozenset({"sir", "lord"})),
    (words.word_set("policeman detective officer"), frozenset({"inspector", "constable", "sergeant"})),
    (words.word_set("soldier officer"), frozenset({"colonel", "major", "captain", "general", "lieutenant"})),
)


def titles_of(head: str) -> frozenset[str]:
    """The titles that people called by a role noun bear: the priest is Father Somebody."""
    return role_class(head).union(*(titles for heads, titles in _TITLES_OF if head in heads))


_RELATIVES: Final = (
    (words.word_set("wife mother lady mamma mama mum mom"), words.word_set("mrs lady madame madam mme frau signora")),
    (words.word_set("husband father lord papa dad"), words.word_set("mr mister sir lord monsieur herr signor")),
    (words.word_set("daughter sister niece"), words.word_set("miss mlle mademoiselle")),
)


def relative_titles(head: str) -> frozenset[str]:
    """The titles that a relative of somebody with the same surname bears: Mr. Finch's wife is Mrs. Finch."""
    return frozenset[str]().union(*(titles for heads, titles in _RELATIVES if head in heads))


def sex_of_role(head: str) -> Sex:
    """What a role noun says about sex."""
    if head in words.MALE_ROLES:
        return Sex.MALE
    return Sex.FEMALE if head in words.FEMALE_ROLES else Sex.UNKNOWN


def sex_of_name(name: str, titles: Iterable[str]) -> Counter[Sex]:
    """What titles (strongly) and a first name (weakly) say about sex."""
    votes: Counter[Sex] = Counter()
    for title in titles:
        votes[Sex.MALE] += 5 * (title in words.MALE_TITLES or sex_of_role(title) is Sex.MALE)
        votes[Sex.MALE] += title in words.SOLDIERLY
        votes[Sex.FEMALE] += 5 * (title in words.FEMALE_TITLES or sex_of_role(title) is Sex.FEMALE)
    forms = forms_of(name.split(" ", maxsplit=1)[0].lower())
    votes[Sex.MALE] += 2 * bool(forms & words.MALE_NAMES)
    votes[Sex.FEMALE] += 2 * bool(forms & words.FEMALE_NAMES)
    return +votes


def grown(head: str) -> bool | None:
    """Whether a role noun is for grown people; None where it says nothing."""
    if head in words.CHILDISH:
        return False
    return True if head in words.GROWN else None


_OPPOSED: Final = (
    ({"old", "elderly", "aged"}, {"young", "little"}),
    ({"elder", "eldest", "oldest"}, {"younger", "youngest"}),
    ({"tall", "big", "large"}, {"small", "short", "little"}),
    ({"stout", "fat", "portly"}, {"thin", "lean", "slender", "slim"}),
    ({"rich", "wealthy"}, {"poor"}),
)


def contradicts(one: frozenset[str], two: set[str]) -> bool:
    """Whether two sets of describing words cannot be meant for one person."""
    return any((one & left and two & right) or (one & right and two & left) for left, right in _OPPOSED)
