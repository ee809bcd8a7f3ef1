"""When two names can be one person's: parts, nicknames, endings of endearment, slips of a letter.

Belongs here: comparing names. Does not belong here: who is called by them (`people`).
"""

from collections.abc import Mapping
from typing import Final

from aiuteur.craft.prose import words

_NICKNAMES: Final = (
    "robert rob bob bobby robbie",
    "william will bill billy willie",
    "james jim jimmy jamie",
    "john jack johnny",
    "richard dick rick richie",
    "edward ed eddie ted ned",
    "theodore ted teddy",
    "thomas tom tommy",
    "charles charlie chuck",
    "henry harry hank",
    "margaret maggie meg peggy",
    "elizabeth liz lizzie beth betty bess betsy eliza",
    "catherine katherine kate katie kitty cathy",
    "susan sue susie suzy sudie",
    "mary molly polly",
    "eleanor ellen nell nellie nora",
    "samuel sam sammy",
    "daniel dan danny",
    "michael mike mick mickey",
    "anthony tony",
    "joseph joe joey",
    "benjamin ben benny",
    "alexander alex sandy",
    "frederick fred freddie",
    "albert al bert",
    "andrew andy drew",
    "patrick pat paddy",
    "francis frank",
    "lawrence larry",
    "nicholas nick",
    "peter pete",
    "philip phil",
    "stephen steve",
    "walter walt",
    "dorothy dot dolly",
    "sarah sally",
    "martha patty mattie",
    "isabel isabella bella belle",
    "joanna joan jo",
    "josephine jo josie",
    "matilda tilly maud",
    "millicent millie",
    "abigail abby",
    "rebecca becky",
    "victoria vicky",
    "harriet hattie",
)


_NICK: Final[Mapping[str, frozenset[int]]] = {
    name: frozenset(place for place, group in enumerate(_NICKNAMES) if name in group.split())
    for group in _NICKNAMES
    for name in group.split()
}


def forms_of(first: str) -> frozenset[str]:
    """A first name in lower case with the names it is short for, and those that are short for it."""
    return frozenset({first}).union(*(_NICKNAMES[group].split() for group in _NICK.get(first, ())))


def alias(name: str, other: str) -> bool:
    """Whether two names can be one person's: all words of one in the other, nicknames and misspellings of one letter allowed."""
    if name == other:
        return True
    one, two = name.lower().split(" "), other.lower().split(" ")
    if len(one) > len(two):
        one, two = two, one
    if len(one) == 1:
        return any(_same_word(one[0], word) for word in two)
    return all(any(_same_word(word, match) for match in two) for word in one) or (
        one[-1] == two[-1] and _same_word(one[0], two[0])
    )


def _same_word(one: str, two: str) -> bool:
    if one == two or (one in _NICK and two in _NICK and _NICK[one] & _NICK[two]):
        return True
    short, long = sorted((one, two), key=len)
    if len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 4 and long[len(short) :] in _ENDINGS:  # noqa: PLR2004 - a handful, by the look of prose
        return True
    return len(short) == len(long) >= 5 and sum(a != b for a, b in zip(one, two, strict=True)) == 1  # noqa: PLR2004 - a handful, by the look of prose


_ENDINGS: Final = words.word_set("""
        a ie y ey ny my s ka sha ia iah ah
    """)
