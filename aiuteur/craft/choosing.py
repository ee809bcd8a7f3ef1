"""Choosing pieces to a length by their weights, and citing the chosen ones as passages.

Belongs here: which pieces are kept. Does not belong here: what they weigh (`weighing`).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from aiuteur.craft.pieces import Piece
from aiuteur.film.noun import Passage


def distance(one: frozenset[int], two: frozenset[int]) -> float:
    """Jaccard distance of two sets: 0 for the same, 1 for nothing in common."""
    return 1.0 - len(one & two) / len(one | two) if one | two else 0.0


def choose(pieces: Sequence[Piece], weights: Sequence[float], budget: float) -> list[Piece]:
    """The pieces to keep, in order: about `budget` seconds of them, spread over the whole story, the last always among them."""
    if not pieces:
        return []
    if sum(piece.seconds for piece in pieces) <= budget:
        return list(pieces)
    strata = _strata(pieces, budget)
    masses = [sum(sorted((weights[piece.order] for piece in stratum), reverse=True)[:4]) for stratum in strata]
    ends = (pieces[0].order, pieces[-1].order) if pieces[0].seconds + pieces[-1].seconds <= budget / 2 else (pieces[-1].order,)
    kept = {order for end in ends for order in _whole(end, pieces)}
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
    return [pieces[low:high] for low, high in pairwise(bounds) if high > low]


def _fill(stratum: Sequence[Piece], pieces: Sequence[Piece], weights: Sequence[float], share: float, kept: set[int]) -> float:
    used = 0.0
    left = {piece.order for piece in stratum} - kept
    while left:
        cost = {order: sum(pieces[part].seconds for part in _whole(order, pieces) if part not in kept) for order in left}
        fits = [order for order in left if used + cost[order] <= share + 1.0]
        if not fits:
            break
        best = max(fits, key=lambda order: (_drawn(order, pieces, weights, kept) / pieces[order].seconds ** 0.6, -order))
        kept.update(_whole(best, pieces))
        left -= kept
        used += cost[best]
    return used


def _whole(order: int, pieces: Sequence[Piece]) -> range:
    """The pieces that make one sentence with a piece, where a tag of speech breaks into it: they are kept together."""
    first = last = order
    while first and (before := _spoken_before(first, pieces)) is not None and pieces[before].goes_on:
        first = before
    while pieces[last].goes_on and last + 1 < len(pieces):
        last += 1
    return range(first, last + 1)


def _spoken_before(order: int, pieces: Sequence[Piece]) -> int | None:
    return order - 1 if pieces[order].spoken and pieces[order - 1].spoken else None


def _drawn(order: int, pieces: Sequence[Piece], weights: Sequence[float], kept: set[int]) -> float:
    """A piece's weight, more where its neighbour is kept: an answer belongs to its question, a line to the line before."""
    value = weights[order]
    if order - 1 in kept:
        before = pieces[order - 1]
        value *= 1.6 if before.spoken and before.text.endswith("?") and pieces[order].spoken else 1.25
    elif _LEANS.match(pieces[order].text):
        value *= 0.7 if pieces[order].spoken else 0.35
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
        parts = [part for part in _whole(piece.order, pieces) if part not in kept]
        if piece.order in parts and (cost := sum(pieces[part].seconds for part in parts)) <= room:
            kept.update(parts)
            room -= cost


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
