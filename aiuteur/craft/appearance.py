"""How people look: traits and clothes from the words near them in the text, and from their name where the text is silent.

Belongs here: vocabulary of bodies, and values derived from a name. Does not belong here: clothes (`costume`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from aiuteur.craft import bodies
from aiuteur.craft.costume import chance
from aiuteur.craft.pieces import clean
from aiuteur.craft.prose import words
from aiuteur.craft.prose.quotes import Quote
from aiuteur.craft.prose.roles import sex_of_name, sex_of_role
from aiuteur.craft.prose.segments import Span, sentences
from aiuteur.craft.prose.story import Person, Story
from aiuteur.film.bible import Age, Build, PhysicalTraits, Sex, VoiceProfile

_AGES: Final[Mapping[Age, str]] = {
    Age.CHILD: "child boy girl kid baby schoolboy schoolgirl infant lad lass little",
    Age.TEEN: "teenager youth teenage adolescent",
    Age.YOUNG: "young youthful student apprentice maiden",
    Age.ELDERLY: "old elderly aged ancient grey-haired gray-haired white-haired grandmother grandfather granny hermit "
    "wrinkled venerable sixty seventy eighty",
}


_BUILDS: Final[Mapping[Build, str]] = {
    Build.TALL: "tall lanky towering gaunt",
    Build.SLIGHT: "slight small thin slender slim frail little mite lean fragile delicate petite",
    Build.STOUT: "stout fat portly plump corpulent heavy round large",
    Build.STALWART: "stalwart broad-shouldered burly muscular strong sturdy powerful brawny massive",
}


_STYLES: Final[Mapping[Sex, tuple[str, ...]]] = {
    Sex.FEMALE: ("long", "bun", "bob", "braid", "wavy", "curly"),
    Sex.MALE: ("short", "parted", "curly", "swept", "cropped", "wavy"),
    Sex.UNKNOWN: ("short", "bob", "curly", "wavy"),
}


_FACES: Final = ("oval", "round", "square", "long", "heart")


_EYES: Final = ("brown", "blue", "grey", "green", "hazel")


_SKINS: Final = ("fair", "light", "olive", "tan", "brown", "dark")


_TEEN: Final = re.compile(
    r"\b(?:of|about|only|was|aged)\s+(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|1[3-9])\b"
)


_FEW_YEARS: Final = re.compile(
    r"\b(?:was|is|only|just|barely|aged|turned|of)\s+(?:only\s+|just\s+|about\s+|barely\s+)?"
    r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|[3-9]|1[0-2])"
    r"(?=\s*(?:[.,;!?—–]|$)|\s+(?:years?(?:\s+old|\s+of\s+age)|and|but|when|then|that\s+(?:year|summer|winter|spring|autumn)))"
    r"(?!,?\s+(?:\w+\s+)?(?:o[’']clock|hours|minutes|miles|days|feet))",
    re.IGNORECASE,
)
"""A child's age as it is told of the child."""
_CALLED: Final = re.compile(r"(?:an?|the|his|her|their|my)\s", re.IGNORECASE)
_MET: Final = 60
"""In how many of their first paragraphs people are looked at."""
_LISTED: Final = re.compile(r"\bchildren\b[^.!?:]{0,90}:\s*(?P<names>[^.!?]+)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def near_text(story: Story, person: Person) -> str:
    """The sentences of narration that a person is mentioned in first: what is said of how they look."""
    found: list[str] = []
    said: dict[int, list[Quote]] = {}
    for quote in story.quotes:
        said.setdefault(quote.paragraph, []).append(quote)
    for number in person.paragraphs[:_MET]:
        shown = story.mentioned.get(number, ())
        for sentence in sentences(story.text, story.paragraphs[number]):
            first = next((who for mention, who in shown if sentence.holds(mention.span.start) and who is not None), None)
            if first == person.index:
                found.append(clean(_told(story.text, sentence, said.get(number, ()))))
    return " ".join(found)


def _told(text: str, sentence: Span, quotes: Sequence[Quote]) -> str:
    """A sentence without what is said in it: people tell of others, and of long ago."""
    parts, start = list[str](), sentence.start
    for quote in quotes:
        if quote.outer.end > sentence.start and quote.outer.start < sentence.end:
            parts.append(text[start : max(start, quote.outer.start)])
            start = quote.outer.end
    return " ".join([*parts, text[start : sentence.end]])


def _where_met(story: Story, person: Person) -> str:
    """The paragraphs in which a person is first met: a novel need not be read again for each of its people."""
    return "\n".join(story.paragraphs[number].of(story.text) for number in person.paragraphs[:_MET])


def told_of(story: Story, person: Person) -> str:
    """The clauses that a person's names begin, wherever in a sentence: “Ned, who was only six”."""
    names = "|".join(re.escape(name) for name in sorted({person.name, *person.aliases}, key=len, reverse=True))
    text = _where_met(story, person)
    clauses = re.finditer(rf"(?<!\w)(?:{names})(?!\w),?(?P<clause>[^.!?,;:]*)", text)
    listed = " ".join(found["names"] for found in _LISTED.finditer(text))
    child = " child." if re.search(rf"(?<!\w)(?:{names})(?!\w)", listed) else ""
    return ". ".join(found["clause"].strip() for found in clauses) + "." + child


def seen_as(story: Story, person: Person, told: str) -> Person:
    """A person with the sex that their first name tells, else their pronouns, else what they are called: “Roth, an old man”."""
    named = sex_of_name(person.name, ())
    if person.sex is not Sex.UNKNOWN:
        misread = named and person.sex not in named and person.sex not in sex_of_name("", person.titles)
        return replace(person, sex=next(iter(named))) if misread and len(named) == 1 else person
    votes = named + sex_of_name("", (*person.titles, *person.roles))
    before = re.findall(rf"([^\W\d_]+)\s+{re.escape(person.name)}(?!\w)", _where_met(story, person))
    called = [word for clause in told.split(". ") if _CALLED.match(clause) for word in _WORD.findall(clause)[1:5]]
    for word in (*before, *called):
        votes[sex_of_role(word.lower())] += 2
    del votes[Sex.UNKNOWN]
    male, female = votes[Sex.MALE], votes[Sex.FEMALE]
    return person if male == female else replace(person, sex=Sex.MALE if male > female else Sex.FEMALE)


def traits_of(person: Person, near: str, taken: Sequence[PhysicalTraits], told: str = "") -> PhysicalTraits:
    """A body and face: words of the text first, the rest from the name, never the same hair and face as somebody before.

    `near` is what is said where they are, `told` what is said of themselves.
    """
    said = {word.lower() for word in _WORD.findall(near)}
    own = {*person.modifiers, *person.roles, *person.titles}
    sex = person.sex
    age = _age(person, own, near, told)
    build = (
        next((build for build, shown in _BUILDS.items() if own & set(shown.split())), None)
        or tuple(Build)[chance(person.name, "build", 5)]
    )
    hair = bodies.hair_colour(near) or (
        "grey" if age is Age.ELDERLY else ("brown", "black", "blond", "auburn", "red", "brown")[chance(person.name, "hair", 6)]
    )
    worn_so = bodies.hair_style(near)
    style = worn_so or _STYLES[sex][chance(person.name, "style", len(_STYLES[sex]))]
    face = _FACES[chance(person.name, "face", len(_FACES))]
    worn = {(other.hair_colour, other.hair_style, other.face) for other in taken}
    for step in range(30):
        if (hair, style, face) not in worn:
            break
        face = _FACES[(chance(person.name, "face", 5) + step) % 5]
        style = worn_so or _STYLES[sex][(chance(person.name, "style", 9) + step // 5) % len(_STYLES[sex])]
    return PhysicalTraits(
        sex=sex,
        age=age,
        build=build,
        skin=_SKINS[chance(person.name, "skin", 3)],
        hair_colour=hair,
        hair_style=style,
        face=face,
        facial_hair=_facial(person, said, sex, age),
        eyes=_EYES[chance(person.name, "eyes", 5)],
        distinguishing=bodies.marks(near),
    )


def _age(person: Person, own: set[str], near: str, told: str) -> Age:
    """The years that are told, else the words for a person; a name that goes with “little” is a child's."""
    if _FEW_YEARS.search(told) or told.endswith(" child."):
        return Age.CHILD
    if _TEEN.search(near):
        return Age.TEEN
    if (grown := bodies.grown_age(near)) is not None:
        return grown
    if person.named and "little" in person.modifiers and not person.titles:
        return Age.CHILD
    elder = bool(set(person.roles) & (words.GROWN | words.POLICE))
    ages = {age: shown for age, shown in _AGES.items() if not (elder and age in {Age.CHILD, Age.TEEN})}
    return next((age for age, shown in ages.items() if own & set(shown.split()) - {"little"}), Age.ADULT)


def _facial(person: Person, said: set[str], sex: Sex, age: Age) -> str:
    if sex is not Sex.MALE or age in {Age.CHILD, Age.TEEN}:
        return "none"
    for word, kind in (
        ("beard", "beard"),
        ("bearded", "beard"),
        ("moustache", "moustache"),
        ("mustache", "moustache"),
        ("whiskers", "sideburns"),
    ):
        if word in said:
            return kind
    return ("none", "none", "moustache", "beard" if age is Age.ELDERLY else "none", "sideburns")[chance(person.name, "beard", 5)]


def voice_of(person: Person, traits: PhysicalTraits) -> VoiceProfile:
    """A voice of one's own: pitch by sex and age, rate and variant by name."""
    base = {Sex.FEMALE: 62, Sex.MALE: 36, Sex.UNKNOWN: 50}[traits.sex]
    pitch = (
        base
        + {Age.CHILD: 20, Age.TEEN: 8, Age.YOUNG: 3, Age.ADULT: 0, Age.ELDERLY: -6}[traits.age]
        + chance(person.name, "pitch", 13)
        - 6
    )
    letter, count = ("f", 5) if traits.sex is Sex.FEMALE else ("m", 7)
    return VoiceProfile(
        pitch=max(0, min(99, pitch)),
        rate=150 + chance(person.name, "rate", 31),
        variant=f"{letter}{1 + chance(person.name, 'voice', count)}",
    )
