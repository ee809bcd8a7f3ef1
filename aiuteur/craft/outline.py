"""Condensing: which pieces of a story tell it best in the time there is, as a treatment's variants and as beats.

Belongs here: weighing and choosing pieces, and grouping the chosen ones. Does not belong here: reading the text (`prose`),
writing scenes (`screenwriting`).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from aiuteur.craft.choosing import choose, cited, distance, passages
from aiuteur.craft.feelings import feeling, intensity
from aiuteur.craft.pieces import Piece, clean, pieces_of
from aiuteur.craft.prose.reading import read
from aiuteur.craft.prose.story import Story
from aiuteur.craft.prose.surroundings import settings
from aiuteur.craft.timing import content_seconds
from aiuteur.craft.weighing import Angle, weigh
from aiuteur.film.brief import Brief, InputMode, Narrative
from aiuteur.film.story import Beat, TreatmentVariant, Turn

LEAST_DIFFERENCE: Final = 0.3
"""Jaccard distance of kept pieces that two variants of a treatment must have, where the story is long enough."""


_SECONDS_PER_BEAT: Final = 11.0


ANGLES: Final = (
    Angle("faithful", 1.0, 1.0, 1.0, 1.0),
    Angle("character", 1.45, 1.8, 0.8, 0.6),
    Angle("suspense", 0.75, 0.8, 2.2, 1.3),
)


def variants(narrative: Narrative, brief: Brief) -> tuple[TreatmentVariant, ...]:
    """Three treatments of a narrative from different angles, pairwise at least 30 % apart where the story has six pieces."""
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
        moved = last is not None and (where[last.paragraph] != where[piece.paragraph] or piece.paragraph - last.paragraph > 6)  # noqa: PLR2004 - a handful, by the look of prose
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
    found = settings(story.narration, english=story.script.english)
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
