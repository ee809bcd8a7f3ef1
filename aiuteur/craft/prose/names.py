"""Which capitalised words of a text are people's names, by what the text does with them.

Belongs here: finding name chains and weighing the evidence. Does not belong here: which names are one person (`people`).
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.aliases import forms_of
from aiuteur.craft.prose.segments import Span

_CAP: Final = r"[A-ZÀ-ÖØ-Þ][\w]*(?:[’'\-][A-ZÀ-Þ]\w+)*"
_INITIAL: Final = r"[A-HJ-Z]\.\s*"
CHAIN: Final = re.compile(
    rf"(?<![\w’'])(?P<titles>(?:(?:{words.TITLE_PATTERN})\s+)*)"
    rf"(?P<name>(?:{_INITIAL})*{_CAP}(?:\s+(?:{_INITIAL})*(?:(?:de|von|van|der|la|du|le|da)\s+)?{_CAP})*)"
)
_VERBS: Final = "|".join(sorted(words.STRONG_SPEECH, key=len, reverse=True))
_CLOSED: Final = r"[”»\"’'」]"
_SAID_BEFORE: Final = re.compile(
    rf"{_CLOSED}\s*(?:\w+ly\s+)?(?:{'|'.join(sorted(words.SPEECH))})\s+(?:(?:the|old|young|poor|little)\s+)*$", re.IGNORECASE
)
_SAID_AFTER: Final = re.compile(rf"\s+(?:\w+ly\s+)?(?:{_VERBS})\b", re.IGNORECASE)
ACTS: Final = re.compile(
    r"\s+(?:\w+ly\s+|then\s+|never\s+|only\s+|just\s+|now\s+)?(?:\w{2,}ed|was|had|is|has|sat|stood|ran|"
    r"went|came|took|gave|felt|knew|saw|held|"
    r"thought|made|got|put|let|found|left|kept|began|rose|lay|fell|turned|spoke|broke|drew|threw|woke|awoke|wore|shook|bent|led|"
    r"met|sold|bought|brought|caught|ate|drank|read|wrote|sang|won|lost|swung|sprang|leapt|crept|slept|wept|heard|stopped|looked|"
    r"walks|looks|stands|sits|turns|takes|goes|comes|opens|smiles|nods|runs|could|would|did|does|will)\b"
)
_BODILY: Final = re.compile(
    r"(?:\s+from\s+(?:the\s+)?\w+)?\s+(?:\w+ly\s+)?(?:sat|stood\s+up|knelt|nodded|smiled|laughed|frowned|shrugged|grinned|sighed|blinked|"
    r"pushed|pulled|leaned|leant|climbed|walked|grabbed|looked\s+(?:at|up|down|away|over|round|around|back|out|from)|stared|glanced|swallowed|yawned|wiped|rubbed|scratched|stepped|"
    r"crouched|squatted|pressed|knocked|tapped|jumped|pointed|waved|listened|coughed|sniffed|snorted|winced|hesitated)\b|"
    r"\s+from\s+(?:the\s+)?[a-z]+\s+(?:stood|was|had|came|went|ran|held|took)\b|,?\s+who\b"
)
"""What bodies do, and hardly anything else: done twice, it makes somebody of a name on no list."""
_OWNS: Final = re.compile(
    r"[’']s?\s+(?:\w+\s+)?(?:face|eyes?|hands?|head|hair|voice|arms?|lips|mouth|fingers?|shoulders?|heart|mind|mother|"
    r"father|wife|husband|brother|sister|son|daughter|coat|hat|smile|gaze|feet|knees|friend)\b"
)
_PLACED: Final = re.compile(
    r"\b(?:in|at|near|through|into|across|towards?|around|outside|via|throughout|inside)\s+(?:the\s+)?$", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"\b(?:the|a|an|these|those|any|some|every)\s+$", re.IGNORECASE)
_NAMED: Final = re.compile(r"\b(?:named|called|name(?:’s|'s| is| was)|known as|nicknamed|christened)\s+[“‘\"']?$", re.IGNORECASE)


@dataclass(slots=True)
class Evidence:
    """What the text says for and against one capitalised chain being a person."""

    score: float = 0.0
    count: int = 0
    narrated: int = 0
    initial: int = 0
    titles: Counter[str] = field(default_factory=Counter[str])
    first: int = 1 << 60
    spoken_to: int = 0
    acts: int = 0
    said: int = 0
    articled: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """One occurrence of a capitalised chain: the whole span with its titles, the name alone, and the titles in lower case."""

    span: Span
    name: str
    titles: tuple[str, ...]


def chains(text: str, within: Span) -> Iterator[Chain]:
    """Every run of capitalised words in a stretch that could be a name, leading titles apart, possessive endings cut."""
    for found in CHAIN.finditer(text, within.start, within.end):
        titles = tuple(title.strip(". ").lower() for title in found["titles"].split())
        yield Chain(Span(found.start(), found.end()), re.sub(r"\s+", " ", found["name"]), titles)


class Quoted:
    """Tells whether an offset lies inside one of some spans that are in order and do not overlap."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]

    def __contains__(self, offset: int) -> bool:
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self._ends[place]


_PLAIN: Final = re.compile(r"(?<![\w’'])[a-zà-ÿ]\w+")


_AMID: Final = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]\w+")
"""A capital that no beginning of a sentence asks for: such a word is a name, however often the word itself is used."""


def people_names(text: str, spans: Sequence[Span], quoted: Quoted) -> dict[str, Evidence]:
    """The names of people in the paragraphs given (without titles) and the evidence for each."""
    plain = Counter(word for span in spans for word in _PLAIN.findall(text, span.start, span.end))
    amid = {word.lower() for span in spans for word in _AMID.findall(text, span.start, span.end)}
    for word in amid:
        del plain[word]
    found: defaultdict[str, Evidence] = defaultdict(Evidence)
    for chain in (chain for span in spans for chain in chains(text, span)):
        for name, titles, start in _readings(chain, plain):
            _weigh(found[name], text, Span(start, chain.span.end), titles, quoted)
    sure = {name for name, evidence in found.items() if _is_person(name, evidence, plain)}
    full = {name for name in sure if " " in name}
    sure |= {
        name
        for name in found
        if any(name in longer.split(" ") for longer in full) and not _common(name.lower(), found[name], plain)
    }
    kept = {name: evidence for name, evidence in found.items() if name in sure or _extends(name, evidence, sure)}
    return {name: evidence for name, evidence in kept.items() if evidence.titles or not _of_a_family(name, found)}


def _of_a_family(name: str, found: Mapping[str, Evidence]) -> bool:
    """Whether a name begins with a surname: Hale House is a house of the Hales."""
    first, _, rest = name.partition(" ")
    alone = found.get(first)
    return bool(rest and alone is not None and alone.titles.keys() & _BEFORE_SURNAMES)


def _common(lower: str, evidence: Evidence, plain: Counter[str]) -> bool:
    """Whether a part of a name is more often an ordinary word."""
    return lower in _NEVER or plain[lower] > evidence.count


def _extends(name: str, evidence: Evidence, sure: set[str]) -> bool:
    """Whether a longer name holds one that is surely a person's, and nothing that names a place or a day."""
    parts = name.split(" ")
    seen = evidence.titles or evidence.initial < evidence.count or sure.issuperset(parts)
    return len(parts) > 1 and bool(seen) and bool(sure & set(parts)) and not any(part.lower() in _NEVER for part in parts)


def _readings(chain: Chain, plain: Counter[str]) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The name in a chain, without a sentence's first word that is no name ("When Della")."""
    parts = chain.name.split(" ")
    start = chain.span.end - len(chain.name)
    while len(parts) > 1 and not chain.titles and _ordinary(parts[0], plain):
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts[0].isupper() or len(parts[0]) > 1 or len(parts) > 1:
        yield " ".join(parts), chain.titles, chain.span.start if chain.titles else start


def _ordinary(word: str, plain: Counter[str]) -> bool:
    lower = word.lower()
    return lower in _FUNCTION or (plain[lower] > 0 and lower not in words.MALE_NAMES and lower not in words.FEMALE_NAMES)


def _weigh(evidence: Evidence, text: str, span: Span, titles: tuple[str, ...], quoted: Quoted) -> None:
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 60]
    speech = span.start in quoted
    evidence.count += 1
    evidence.narrated += not speech
    evidence.first = min(evidence.first, span.start)
    evidence.titles.update(titles)
    evidence.initial += bool(re.search(r"(?:^|[.!?…”“‘\"(:⁠—\n*_]\s*)$", before))
    honoured = bool(titles) and titles[-1] in words.HONORIFICS
    evidence.score += 3 * honoured
    tagged = bool(_SAID_BEFORE.search(before))
    evidence.said += tagged
    evidence.narrated += tagged and speech
    evidence.score += 3 * tagged
    if not speech:
        acts = bool(ACTS.match(after)) and not _PLACED.search(before)
        evidence.acts += acts
        said = bool(_SAID_AFTER.match(after))
        evidence.said += said
        bodily = bool(_BODILY.match(after)) and not _ARTICLE.search(before) and not _PLACED.search(before)
        evidence.score += 3 * said + max(0.8 * acts, 1.2 * bodily) + 1.5 * bool(_OWNS.match(after))
    else:
        evidence.score += 0.4 * bool(ACTS.match(after)) + 0.8 * (
            " " in text[span.start : span.end] and not _PLACED.search(before)
        )
        if _vocative(before, after):
            evidence.spoken_to += 1
            evidence.score += 1.2
    evidence.score += 3 * bool(_NAMED.search(before)) - 1.2 * bool(_PLACED.search(before))
    evidence.articled += bool(_ARTICLE.search(before))


def _vocative(before: str, after: str) -> bool:
    """Whether what stands between the two is addressed: set off by commas, or alone with a mark after it."""
    led = re.search(r"(?:[,⁠—–]\s*(?:my\s+)?(?:dear\s+|old\s+|poor\s+|good\s+|darling\s+)*|[“‘\"'«(]\s*(?:\w+,?\s+)?)$", before)
    return bool(led and re.match(r"\s*[,.!?;⁠—–…”’\"'»]", after) and not re.match(r"[’']s\b", after))


def _is_person(name: str, evidence: Evidence, plain: Counter[str]) -> bool:
    parts = [part.lower() for part in name.split(" ")]
    if len(parts) == 1 and parts[0] in _BARE:
        return evidence.score >= 3 and evidence.acts + evidence.said >= 2  # noqa: PLR2004 - a title used as a name, again and again
    place = parts[-1] in words.PLACE_WORDS or (len(parts) > 1 and parts[0] in words.PLACE_WORDS)
    if place or all(part in _NEVER for part in parts):
        return False
    if len(parts) == 1:
        lower = parts[0]
        if lower in _FUNCTION or (evidence.initial == evidence.count and plain[lower] and not evidence.titles):
            return False
        if plain[lower] > evidence.count and not evidence.titles:
            return False
    known = bool(forms_of(parts[0]) & (words.MALE_NAMES | words.FEMALE_NAMES))
    if len(parts) == 1 and not (evidence.narrated or evidence.titles or known) and evidence.initial == evidence.count:
        return False
    spoken_of = evidence.articled * (not evidence.said)
    return evidence.score - spoken_of + 1.2 * known + 0.1 * (evidence.count - evidence.initial) >= 2  # noqa: PLR2004 - two independent signs


_GRAMMAR: Final = words.word_set("""
        the a an and but or nor for so yet if when while as at by in on of to from with without into upon after before
        since until though although because that this these those there here then now once he she it they we you i his
        her its their our your my me him them us who whom whose which what where why how all any both each every few
        many more most much no none not nothing one only other some such than too very well yes oh ah o ha hey hello
        hush hark lo alas dear come go let do does did don’t don't is are was were be been being have has had will
        would shall should may might must can could perhaps maybe never always ever also even still just like unlike
        under over above below between among through across along behind beyond near against about around out up down off
        away back again first second third next last soon later meanwhile suddenly instead indeed however therefore
        thus hence god lord heaven hell christ jesus sir madam ma’am mister good great old young little poor mr mrs
        miss dr two three four five six seven eight nine ten eleven twelve another someone somebody anyone anybody
        everyone everybody nobody something anything everything today tomorrow tonight yesterday please thank thanks
        sorry okay ok right left chapter part book scene act i’m i'm i’ll i'll i’ve i've i’d i'd it’s it's he’s he's
        she’s she's they’re they're we’re we're you’re you're that’s that's there’s there's what’s what's let’s let's
    """)
_FUNCTION: Final = _GRAMMAR - words.MALE_NAMES - words.FEMALE_NAMES
_BEFORE_SURNAMES: Final = words.word_set("mr mrs miss ms lord dr doctor professor colonel major general")
_BARE: Final = (words.KIN | words.HONORIFICS) - {
    "sir",
    "lord",
    "m",
    "h",
    "general",
    "major",
    "private",
    "count",
    "saint",
    "chief",
}
_NEVER: Final = words.ADJECTIVE_NATIONS | (words.CALENDAR - words.FEMALE_NAMES) | words.PLACE_WORDS | _FUNCTION | words.TITLES
