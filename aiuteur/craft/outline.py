"""Condensing: which pieces of a story tell it best in the time there is, as a treatment's variants and as beats.

Belongs here: weighing and choosing pieces, and grouping the chosen ones. Does not belong here: reading the text (`prose`), writing
scenes (`screenwriting`).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.feelings import feeling, intensity
from aiuteur.craft.pieces import Piece, clean, pieces_of
from aiuteur.craft.prose.reading import Story, read
from aiuteur.craft.prose.surroundings import place_cues, settings, time_cue, weather_cue
from aiuteur.craft.timing import content_seconds
from aiuteur.film.brief import Brief, InputMode, Narrative
from aiuteur.film.noun import Passage
from aiuteur.film.story import Beat, TreatmentVariant, Turn

LEAST_DIFFERENCE: Final = 0.3
"""Jaccard distance of kept pieces that two variants of a treatment must have, where the story is long enough."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SMALL: Final = frozenset(
    [
        "the",
        "and",
        "was",
        "were",
        "had",
        "has",
        "have",
        "for",
        "not",
        "but",
        "with",
        "his",
        "her",
        "him",
        "she",
        "they",
        "them",
        "that",
        "this",
        "from",
        "you",
        "your",
        "are",
        "all",
        "one",
        "out",
        "into",
        "there",
        "what",
        "when",
        "who",
        "would",
        "could",
        "been",
        "their",
        "then",
        "than",
        "its",
        "our",
        "upon",
        "which",
        "very",
        "more",
        "some",
        "said",
        "will",
    ]
)
_SECONDS_PER_BEAT: Final = 11.0


@dataclass(frozen=True, slots=True)
class Angle:
    """A way to tell a story: what weighs more in it."""

    name: str
    speech: float
    lead: float
    tension: float
    setting: float


ANGLES: Final = (
    Angle("faithful", 1.0, 1.0, 1.0, 1.0),
    Angle("character", 1.45, 1.8, 0.8, 0.6),
    Angle("suspense", 0.75, 0.8, 2.2, 1.3),
)


def variants(narrative: Narrative, brief: Brief) -> tuple[TreatmentVariant, ...]:
    """Three treatments of a narrative with different angles, pairwise at least 30 % apart where the story has six pieces or more."""
    story, pieces = read(narrative.text), pieces_of(narrative.text)
    made: list[TreatmentVariant] = []
    kept: list[frozenset[int]] = []
    for angle in ANGLES:
        chosen = _distinct(story, pieces, brief, angle, kept)
        kept.append(frozenset(piece.order for piece in chosen))
        made.append(_variant(story, chosen, angle))
    return tuple(made)


def _distinct(story: Story, pieces: Sequence[Piece], brief: Brief, angle: Angle, kept: Sequence[frozenset[int]]) -> list[Piece]:
    weights = weigh(story, pieces, angle)
    budget = content_seconds(brief.length_seconds)
    total = sum(piece.seconds for piece in pieces)
    few = len(pieces) < 6  # noqa: PLR2004 - too short to tell in several ways
    if few or brief.input_mode is InputMode.AS_IS:
        return choose(pieces, weights, budget)
    if kept:
        budget = min(budget, 0.62 * total)
    chosen = choose(pieces, weights, budget)
    used = Counter(order for earlier in kept for order in earlier)
    for step in range(1, 9):
        mine = frozenset(piece.order for piece in chosen)
        if all(distance(mine, earlier) >= LEAST_DIFFERENCE for earlier in kept):
            break
        chosen = choose(
            pieces,
            [weight * (1 - 0.11 * step) ** used[piece.order] for weight, piece in zip(weights, pieces, strict=True)],
            budget,
        )
    return chosen


def distance(one: frozenset[int], two: frozenset[int]) -> float:
    """Jaccard distance of two sets: 0 for the same, 1 for nothing in common."""
    return 1.0 - len(one & two) / len(one | two) if one | two else 0.0


def weigh(story: Story, pieces: Sequence[Piece], angle: Angle) -> list[float]:
    """How telling each piece is: lexical centrality, who is in it, feeling and its change, reveals, first appearances, place in the story."""
    central = _centrality(pieces)
    cast = story.cast()
    leads = {name.lower() for person in cast[:3] for name in (person.name, *person.aliases) for name in name.split(" ")} - {"the"}
    lead_indices = {person.index for person in cast[:3]}
    introduced = {person.first for person in cast[:8]}
    found: list[float] = []
    last = 0.0
    for piece in pieces:
        strong = intensity(piece.text)
        lead = piece.speaker in lead_indices or any(word.lower() in leads for word in _WORD.findall(piece.text))
        value = (
            0.6 + central[piece.order] + angle.tension * (0.5 * abs(strong) + 0.35 * abs(strong - last)) + 0.4 * angle.lead * lead
        )
        value *= angle.speech if piece.spoken else angle.setting
        value += 0.8 * any(piece.span.holds(offset) for offset in introduced) + _reveal(piece) + angle.setting * _sets(piece)
        value *= _length_fit(piece)
        last = 0.7 * last + 0.3 * strong
        found.append(value * _position(piece.order, len(pieces)))
    return found


def _centrality(pieces: Sequence[Piece]) -> list[float]:
    bags = [{word for word in _WORD.findall(piece.text.lower()) if word not in _SMALL} for piece in pieces]
    spread = Counter(word for bag in bags for word in bag)
    top = max(spread.values(), default=1)
    raw = [
        sum(math.log1p(spread[word]) / math.log1p(top) * (spread[word] > 1) for word in bag) / math.sqrt(len(bag) + 2)
        for bag in bags
    ]
    most = max(raw, default=1.0) or 1.0
    return [value / most for value in raw]


def _sets(piece: Piece) -> float:
    """What a told sentence is worth for saying where, when and in which weather the story goes on."""
    if piece.spoken:
        return 0.0
    place = any(weight >= 1 for _, weight, _ in place_cues(piece.text))
    return 0.6 * place + 0.35 * (time_cue(piece.text) is not None) + 0.25 * (weather_cue(piece.text) is not None)


_REVEAL: Final = re.compile(
    r"\b(?:never|always|died|dead|love|loved|secret|truth|last|at last|suddenly|for the first time|masterpiece|kill|gone|sold|"
    r"promise|marry|arrest|note|letter|found|because|only)\b",
    re.IGNORECASE,
)


def _reveal(piece: Piece) -> float:
    return 0.18 * min(3, len(_REVEAL.findall(piece.text))) + 0.2 * piece.text.rstrip().endswith("?") * piece.spoken


def _length_fit(piece: Piece) -> float:
    """Short sentences cut better than long ones; a line of more than nine seconds holds a shot too long."""
    return 1.0 / (1.0 + max(0.0, piece.seconds - 4.0) / 9.0)


def _position(order: int, count: int) -> float:
    share = order / max(1, count - 1)
    return (0.9 + 0.35 * share) * (1.3 if share < 0.05 else 1.0)  # noqa: PLR2004 - the opening; the rest weighs more towards the end


def choose(pieces: Sequence[Piece], weights: Sequence[float], budget: float) -> list[Piece]:
    """The pieces to keep in order: spread over the whole story, the last always kept, about `budget` seconds of screen time together."""
    if not pieces:
        return []
    if sum(piece.seconds for piece in pieces) <= budget:
        return list(pieces)
    strata = _strata(pieces, budget)
    masses = [sum(sorted((weights[piece.order] for piece in stratum), reverse=True)[:4]) for stratum in strata]
    kept: set[int] = (
        {pieces[-1].order, pieces[0].order} if pieces[0].seconds + pieces[-1].seconds <= budget else {pieces[-1].order}
    )
    spent = sum(pieces[order].seconds for order in kept)
    for place, stratum in enumerate(strata):
        share = (budget - spent) * masses[place] / max(1e-9, sum(masses[place:]))
        used = _fill(stratum, pieces, weights, share, kept)
        spent += used
    _top_up(pieces, weights, budget - spent, kept)
    return [piece for piece in pieces if piece.order in kept]


def _strata(pieces: Sequence[Piece], budget: float) -> list[Sequence[Piece]]:
    count = max(1, min(len(pieces) // 3 or 1, round(budget / 12)))
    bounds = [round(place * len(pieces) / count) for place in range(count + 1)]
    return [pieces[low:high] for low, high in zip(bounds, bounds[1:], strict=False) if high > low]


def _fill(stratum: Sequence[Piece], pieces: Sequence[Piece], weights: Sequence[float], share: float, kept: set[int]) -> float:
    used = 0.0
    left = {piece.order for piece in stratum} - kept
    while left:
        fits = [order for order in left if used + pieces[order].seconds <= share + 1.0]
        if not fits:
            break
        best = max(fits, key=lambda order: (_drawn(order, pieces, weights, kept) / pieces[order].seconds ** 0.6, -order))
        kept.add(best)
        left.discard(best)
        used += pieces[best].seconds
    return used


def _drawn(order: int, pieces: Sequence[Piece], weights: Sequence[float], kept: set[int]) -> float:
    """A piece's weight, more where its neighbour is kept: an answer belongs to its question, a line to the line before."""
    value = weights[order]
    if order - 1 in kept:
        before = pieces[order - 1]
        value *= 1.6 if before.spoken and before.text.endswith("?") and pieces[order].spoken else 1.25
    elif _LEANS.match(pieces[order].text):
        value *= 0.55
    return value * (
        1.5
        if order + 1 in kept and pieces[order].spoken and pieces[order].text.endswith("?")
        else 1.15
        if order + 1 in kept
        else 1.0
    )


_LEANS: Final = re.compile(r"(?:He|She|It|They|His|Her|That|This|Then|But|And|So|Because|Him|Them|Those|These)\b")


def _top_up(pieces: Sequence[Piece], weights: Sequence[float], room: float, kept: set[int]) -> None:
    for piece in sorted(pieces, key=lambda piece: (-weights[piece.order] / piece.seconds, piece.order)):
        if room < 1.0:
            return
        if piece.order not in kept and piece.seconds <= room:
            kept.add(piece.order)
            room -= piece.seconds


def _variant(story: Story, chosen: Sequence[Piece], angle: Angle) -> TreatmentVariant:
    prose = " ".join(_as_prose(story, piece) for piece in chosen)
    return TreatmentVariant(
        angle=angle.name, logline=_logline(chosen), prose=prose or clean(story.text[:400]), passages=passages(chosen)
    )


def _as_prose(story: Story, piece: Piece) -> str:
    if not piece.spoken:
        return piece.text
    speaker = story.person(piece.speaker)
    return f"{speaker.name if speaker else 'A voice'}: “{piece.text}”"


def _logline(chosen: Sequence[Piece]) -> str:
    told = [piece for piece in chosen if not piece.spoken] or list(chosen)
    return max(told, key=lambda piece: (min(len(piece.text), 160), -piece.order)).text if told else "…"


def passages(chosen: Sequence[Piece]) -> tuple[Passage, ...]:
    """The kept pieces as passages of the narrative, neighbours joined."""
    found: list[Passage] = []
    last: Piece | None = None
    for piece in chosen:
        if last is not None and piece.order == last.order + 1 and piece.quote == last.quote:
            found[-1] = Passage(start=found[-1].start, end=piece.span.end)
        else:
            found.append(Passage(start=piece.span.start, end=piece.span.end))
        last = piece
    return tuple(found)


def cited(pieces: Sequence[Piece], cited_passages: Sequence[Passage]) -> list[Piece]:
    """The pieces that passages cite: those with at least half of their characters inside one."""
    found: list[Piece] = []
    spans = sorted((passage.start, passage.end) for passage in cited_passages)
    for piece in pieces:
        covered = sum(
            max(0, min(end, piece.span.end) - max(start, piece.span.start))
            for start, end in spans
            if start < piece.span.end and end > piece.span.start
        )
        if covered * 2 >= piece.span.end - piece.span.start:
            found.append(piece)
    return found


def beats(narrative: Narrative, brief: Brief, variant: TreatmentVariant) -> tuple[Beat, ...]:
    """The beats a variant leads to, each with the passages it cites; their seconds add up to the film's content."""
    pieces = pieces_of(narrative.text)
    kept = cited(pieces, variant.passages) or list(pieces)
    total = content_seconds(brief.length_seconds)
    groups = _groups(narrative.text, kept, total)
    spent = [max(0.5, sum(piece.seconds for piece in group)) for group in groups]
    shares = _shares(spent, total)
    turns = _turns(groups)
    return tuple(
        Beat(
            id="",
            text=_beat_text(group),
            turn=turn,
            emotion=feeling(" ".join(piece.text for piece in group)),
            passages=passages(group),
            seconds=seconds,
        )
        for group, turn, seconds in zip(groups, turns, shares, strict=True)
    )


def _shares(spent: Sequence[float], total: float) -> list[float]:
    whole = sum(spent)
    shares = [round(total * part / whole, 3) for part in spent]
    shares[-1] = round(total - sum(shares[:-1]), 3)
    return shares


def _groups(text: str, kept: Sequence[Piece], total: float) -> list[list[Piece]]:
    """Kept pieces in groups of about eleven seconds, cut where the place, the time or the paragraph changes most."""
    if not kept:
        return []
    count = max(1, min(len(kept), round(total / _SECONDS_PER_BEAT)))
    target = sum(piece.seconds for piece in kept) / count
    where = _settings_by_paragraph(text)
    groups: list[list[Piece]] = [[]]
    spent = 0.0
    for piece in kept:
        last = groups[-1][-1] if groups[-1] else None
        moved = last is not None and (where[last.paragraph] != where[piece.paragraph] or piece.paragraph - last.paragraph > 6)  # noqa: PLR2004
        if (
            last is not None
            and (spent >= target or (moved and spent >= 0.5 * target))
            and not (last.quote is not None and last.quote == piece.quote)
        ):
            groups.append([])
            spent = 0.0
        groups[-1].append(piece)
        spent += piece.seconds
    if len(groups) > 1 and sum(piece.seconds for piece in groups[-1]) < 0.3 * target:
        last = groups.pop()
        groups[-1] += last
    return groups


def _settings_by_paragraph(text: str) -> Mapping[int, tuple[str, str]]:
    story = read(text)
    found = settings(story.narration)
    return {number: (setting.place.kind.value, setting.time.value) for number, setting in enumerate(found)}


def _turns(groups: Sequence[Sequence[Piece]]) -> list[Turn]:
    count = len(groups)
    turns = [Turn.RISING] * count
    strengths = [sum(abs(intensity(piece.text)) for piece in group) / len(group) for group in groups]
    if count > 2:  # noqa: PLR2004 - enough for a middle
        late = range(max(1, math.floor(0.6 * count)), count - 1) or range(count - 1, count)
        climax = max(late, key=lambda place: (strengths[place], place))
        turns[count // 2] = Turn.MIDPOINT
        turns[1] = Turn.INCITING
        if climax > 1:
            turns[climax - 1] = Turn.CRISIS if climax - 1 > 1 else turns[climax - 1]
        turns[climax] = Turn.CLIMAX
    turns[-1] = Turn.RESOLUTION
    turns[0] = Turn.SETUP if count > 1 else Turn.CLIMAX
    return turns


def _beat_text(group: Sequence[Piece]) -> str:
    told = [piece.text for piece in group if not piece.spoken]
    spoken = [piece.text for piece in group if piece.spoken]
    return " ".join((told or spoken)[:2])
