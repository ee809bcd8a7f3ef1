"""Who of a cast is an animal, by what the text calls them: “a crow named Corvin”, “Pip was a mouse”, “said the toad”, the Fox.

Belongs here: weighing what the words say. Does not belong here: the words (`beasts`), how animals look (`aiuteur.craft.animals`).

People go by the names of animals too: Mr. Fox, Wolf Larsen, an old goat of a man. So every sign has a weight, and only somebody
for whom they add up to `_ENOUGH` is an animal.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.beasts import NOUNS

_ENOUGH: Final = 3.0
_SURE: Final = 4.0
"""What one outright word of the narration weighs."""
_SAID: Final = 2.0
"""What the same word weighs in somebody's speech, where it may be abuse or praise."""
_AMONG: Final = 1.5
"""What it weighs that somebody else of the cast is an animal, and a part of an animal's body."""
_IN_A_FABLE: Final = 2.5
"""What it weighs that several others are."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody: names, role nouns by frequency, titles; the narration near them; whether they tell the story."""

    names: tuple[str, ...]
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    near: str = ""
    narrator: bool = False


_NOUN: Final = "|".join(sorted(map(re.escape, NOUNS), key=lambda word: (-len(word), word)))
_MODS: Final = r"(?:(?!of\b|and\b|or\b|as\b|like\b|than\b|no\b|not\b)[\w’'-]+,?\s+){0,3}?"
_ANY: Final = rf"(?P<noun>(?i:{_NOUN}))\b"
_CREATURE: Final = rf"(?i:an?|the|our|my|one|this|that|another)\s+{_MODS}{_ANY}"
_ONE: Final = rf"{_CREATURE}(?![’'-])"
_NOT_OF: Final = (
    r"(?!\s+(?:of\s+(?:an?|the|his|her)\b|among\b|at\s+(?:heart|cards|business)|in\s+(?:sheep|a\s+trap)|to\b|for\b|when\b))"
)
"""What makes a figure of speech of it: a lion of a man, a fox at cards."""
_ENDS: Final = r"(?=\s*[,.;:!?—–…)”’\"]|\s*$|\s+(?:and|or|but|who|with|in|from|that|of|at|by|on|like|too|so|as)\b)"
"""What follows a noun that goes with no other: a pig, and no pig farmer."""
_HUMAN: Final = "man|woman|boy|girl|gentleman|lady|lad|lass|sailor|soldier|clerk|banker|lawyer|farmer"
_GIVING: Final = re.compile(
    r"\b(?:gave|give|gives|giving|handed|hands|showed|shows|told|tells|brought|brings|sold|lent|bought|left|sent|threw|offered|passed|"
    r"asked|read|taught|promised|to|for)\s+$"
)
_PARTS: Final = re.compile(
    r"\b(?:his|her|its|my)\s+(?:\w+\s+)?(?:paws?|tail|fur|snout|muzzle|beak|wings?|feathers|hoofs?|hooves|antlers|quills|prickles|claws|"
    r"shell|mane|trunk)\b"
)
"""What only animals have of their own; coat-tails and whiskers are people's."""
_NICKNAMED: Final = re.compile(
    r"\b(?:everybody|everyone|they|people|we|all|who|was|were|is|are|been|be|he|she|I|men|boys|often|always|and)\s+"
    r"(?:called|nicknamed|dubbed|known\s+as|calls?)\s+(?:(?!the\b|an?\b)[\w’'.-]+\s+){0,3}?(?:the|an?|that)\s+(?:\w+\s+){0,2}?"
    rf"(?P<noun>{_NOUN})\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""A nickname: “everybody called the watchman the old goat”."""
_ADDED: Final = frozenset({"old", "little", "young", "poor", "brer", "great", "big", "wise", "king", "queen", "brother",
    "sister"})
"""Words before a name that make nobody a person."""
_TITLED: Final = frozenset({"mr", "mrs", "miss", "ms", "dr", "doctor", "captain", "capt", "professor", "colonel", "sir",
    "madam", "inspector"})
_PEOPLES: Final = words.word_set("""
    fox wolf bull hart crane finch drake lark swan bird hawk pike trout lamb swallow nightingale sparrow partridge cock heron
    herring carp salmon robin wren hogg roe bear
""")
"""Animals that are people's surnames too."""
_FIRST: Final = frozenset({"robin", "wren", "drake", "lark"})
"""Animals that are people's first names too."""
_MR: Final = r"(?:(?:Mr|Mrs|Miss)\.?\s+)?(?:\w+\s+)?"
_STATEMENTS: Final = (
    (r"(?<!\w)NAME,?\s+(?:who\s+)?(?:was|is)\s+(?:\w+ly\s+|only\s+|just\s+)?" + _ONE + _NOT_OF + _ENDS, 1.0),
    (r"(?<!\w)NAME,\s+(?:an?|the|our)\s+" + _MODS + _ANY + r"(?=\s*[,.;:!?—–]|\s+who\b)", 1.0),
    (r"(?<!\w)NAME\s+the\s+(?:\w+\s+){0,2}?" + _ANY + r"(?![’'-])(?!\s+(?:had|which|that|\w+(?:er|or|man|men|smith))\b)", 0.75),
    (r"\b" + _ONE + r",?\s+(?:(?:who\s+|that\s+)?was\s+)?(?:named|called|by\s+the\s+name\s+of|known\s+as)\s+" + _MR +
     r"NAME(?!\w)", 1.0),
    (r"\b" + _CREATURE + r"(?:[’']s|,?\s+whose)\s+name\s+(?:was|is)\s+" + _MR + r"NAME(?!\w)", 1.0),
    (r"\b" + _ONE + r"\s+NAME(?=\s*[,.;:!?—–“]|\s+(?:" + "|".join(sorted(words.STRONG_SPEECH)) + r")\b)", 0.75),
    (r"(?<!\w)NAME(?!\w)(?P<before>[^.!?]*)[.!?]\s+(?:He|She)\s+(?:was|is)\s+(?:only\s+)?an?\s+" + _MODS + _ANY +
     r"(?![’'-])" + _NOT_OF + _ENDS, 0.5),
)
"""What says outright that NAME is an animal, and how surely: what may be said of a dog that somebody has is less than sure."""
_OTHER: Final = re.compile(rf"\b(?:{_NOUN})\b", re.IGNORECASE)
_A_PERSON: Final = (
    r"(?<!\w)NAME(?:,?\s+(?:who\s+)?(?:was|is)|[^.!?]*[.!?]\s+(?:He|She)\s+was)\s+an?\s+" + _MODS + rf"(?:{_HUMAN})\b"
)


def kinds(people: Sequence[Known], narrated: str, spoken: str) -> list[str | None]:
    """For each of a cast the noun of the animal it is, None for a person; `narrated` is a story without its speech."""
    nicknames = {found["noun"].lower() for found in _NICKNAMED.finditer(narrated) if NOUNS.get(found["noun"].lower())}
    alone = [_weights(person, narrated, spoken, nicknames) for person in people]
    found = [_heaviest(weights) for weights in alone]
    sure = {place for place, (_, weight) in enumerate(found) if weight >= _ENOUGH}
    company = [0.0, _AMONG, *[_IN_A_FABLE] * len(sure)]
    return [
        noun if noun and weight > 0 and weight + company[len(sure - {place})] >= _ENOUGH else None
        for place, (noun, weight) in enumerate(found)
    ]


def _heaviest(weights: dict[str, float]) -> tuple[str | None, float]:
    return max(weights.items(), key=lambda item: item[1]) if weights else (None, 0.0)


def _weights(person: Known, narrated: str, spoken: str, nicknames: set[str]) -> dict[str, float]:
    """What speaks for each animal that somebody may be, with what speaks against any."""
    weights: dict[str, float] = {}
    for noun, weight in (*_by_role(person, nicknames), *_by_name(person, narrated, spoken),
        *_by_statement(person, narrated, spoken)):
        weights[noun] = weights.get(noun, 0.0) + weight
    parts = _AMONG if _PARTS.search(person.near) else 0.0
    against = _against(person, narrated)
    return {noun: weight + parts - against for noun, weight in weights.items() if weight > 0}


def _by_role(person: Known, nicknames: set[str]) -> Iterator[tuple[str, float]]:
    called = [role if role in NOUNS else role.removesuffix("s") for role in person.roles]
    yield from ((role, _SURE) for role in dict.fromkeys(called) if role in NOUNS and role not in nicknames)


def _by_name(person: Known, narrated: str, spoken: str) -> Iterator[tuple[str, float]]:
    """A name that is an animal's noun: surely where it goes with an article, hardly where it goes with Mr. or a first name.

    Where people have such a name too, Mr. and a first name make a person of its bearer: Mr. Fox, Christopher Robin.
    """
    name = person.names[0] if person.names else ""
    parts = [part.strip(".").lower() for part in name.split()]
    titled = bool(_TITLED & {*parts, *person.titles})
    parts = [part for part in parts if part not in _TITLED]
    noun = named_noun(parts)
    if noun is None:
        return
    bare = name if not titled else " ".join(name.split()[1:]) or name
    articled, count = _articled(bare, narrated + "\n" + spoken)
    if articled > 1 or (articled and articled * 2 >= count):
        yield noun, _SURE
    elif noun not in _PEOPLES or (set(parts[:-1]) <= _ADDED and not titled and noun not in _FIRST):
        yield noun, _AMONG / 3 if titled else _AMONG if set(parts[:-1]) <= _ADDED else _AMONG * 2 / 3


def named_noun(parts: Sequence[str]) -> str | None:
    """The animal in a name: Fox, Peter Rabbit; of the Frog Prince the frog; none in Wolf Larsen."""
    if parts and parts[-1] in NOUNS:
        return parts[-1]
    royal = len(parts) > 1 and parts[-1] in words.ROLES | words.TITLES
    return parts[0] if royal and parts[0] in NOUNS else None


def _articled(name: str, text: str) -> tuple[int, int]:
    """How often a name goes with an article, and how often it is there at all."""
    every = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    articled = len(re.findall(rf"\b(?i:the|an?|this)\s+(?:[\w’'-]+\s+){{0,2}}?{re.escape(name)}(?!\w)(?!\s+[A-Z])", text))
    return articled, every


def _by_statement(person: Known, narrated: str, spoken: str) -> Iterator[tuple[str, float]]:
    """What the text says outright that somebody is; a Fox who stands beside the Goat is no goat."""
    own = named_noun([part.strip(".").lower() for name in person.names[:1] for part in name.split()])
    for text, weight in ((narrated, _SURE), (spoken, _SAID)):
        best: dict[str, float] = {}
        for name in person.names:
            for noun, share in _stated(re.escape(name), text):
                best[noun] = max(best.get(noun, 0.0), _SAID, weight * share)
        yield from ((noun, weight) for noun, weight in best.items() if own in {None, noun})
    if person.narrator:
        yield from ((found["noun"].lower(), 0.7 * _SURE) for found in re.finditer(rf"\bI\s+(?:am|was)\s+{_ONE}{_NOT_OF}",
            narrated))


def _stated(name: str, text: str) -> Iterator[tuple[str, float]]:
    for pattern, share in _STATEMENTS:
        for found in re.finditer(pattern.replace("NAME", name), text):
            given = share < 1 and _GIVING.search(text[max(0, found.start() - 12) : found.start()])
            if not given and not _OTHER.search(found.groupdict().get("before") or ""):
                yield found["noun"].lower(), share


def _against(person: Known, narrated: str) -> float:
    """What says that somebody is a person: they are called a man before any animal, or the text says that they are one."""
    animal = next((place for place, role in enumerate(person.roles) if role in NOUNS), None)
    human = next((place for place, role in enumerate(person.roles) if role in {"man", "woman", "boy", "girl"}), None)
    weight = 1.0 if human is not None and (animal is None or human < animal) else 0.0
    stated = any(
        re.search(_A_PERSON.replace("NAME", re.escape(name)), narrated) for name in person.names
    )
    return weight + _ENOUGH * stated
