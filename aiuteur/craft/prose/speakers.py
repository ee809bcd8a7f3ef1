"""Who says each quotation: tags and beats where the text gives them, and the likeliest turn-taking where it does not.

Belongs here: from quotations and mentions to speakers. Does not belong here: finding either (`quotes`, `mentions`).

A run of dialogue is decided as a whole: each turn gives every person of the run a score (a tag, a beat, being addressed,
nearness), and a best path is found over pairs of neighbouring speakers, in which people answer each other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.mentions import Kind, Mention
from aiuteur.craft.prose.segments import Span
from aiuteur.film.bible import Sex

_VERB: Final = re.compile(r"[^\W\d_]+(?:-in)?")
OWN_NAME: Final = re.compile(
    r"\b(?:[Mm]y name,?(?: is|[’']s)|I am|I[’']m|(?<!please )(?<!do )[Cc]alls? me|me as)"
    r"(?:\W+\w+ \w+,\W+is)?\s+(?:the\s+)?(?:(?:Mr|Mrs|Miss|"
    r"Dr|Captain)\.?\s+)?([A-Z]\w+(?:\s+[A-Z]\w+)*)"
)
_WEAK: Final = words.SPEECH - words.STRONG_SPEECH


class Sign(IntEnum):
    """How strongly the text says who speaks."""

    NONE = 0
    BEAT = 1
    TAG = 2


@dataclass(slots=True)
class Turn:
    """One speaker's turn: some quotes of one paragraph, the mention that tells the speaker (if any), and who is addressed.

    `calls_teller` are the calls in quotations told within this one; `own_name` the name a speaker gives as their own;
    `beside` an unnamed subject of the same paragraph, who must be the speaker.
    """

    paragraph: int
    quotes: list[int]
    start: int
    end: int = 0
    sign: Sign = Sign.NONE
    teller: Mention | None = None
    told: int | None = None
    continues: bool = False
    addressed: list[str] = field(default_factory=list[str])
    to: Mention | None = None
    calls_teller: list[str] = field(default_factory=list[str])
    own_name: str | None = None
    beside: int | None = None


def tag_after(text: str, gap: Span, found: Sequence[Mention], ending: str) -> Mention | None:
    """The mention that a tag after a quotation names: "said X", "X said", "he announced"; None where the gap is no tag.

    `ending` is the last character of the quotation: after a full stop only an inverted tag can follow.
    """
    clause = _first_clause(text, gap)
    shown = clause.of(text)
    inside = [mention for mention in found if clause.start <= mention.span.start < clause.end and not mention.possessive]
    verb = next((word for word in _VERB.finditer(shown) if word.group().lower() in words.SPEECH), None)
    if verb is None or not inside:
        return None
    at = clause.start + verb.start()
    before = [mention for mention in inside if mention.span.end <= at]
    if not before:
        lead = re.sub(r"\w+ly\b|[\s,⁠—–]", "", text[clause.start : at])
        after = next((one for one in inside if _LEADS_TO.fullmatch(text, clause.start + verb.end(), one.span.start)), None)
        return after if not lead and after is not None else None
    subject = before[0]
    lead = text[clause.start : subject.span.start].strip(" ,\t\n⁠—–").lower()
    between = text[before[-1].span.end : at].split()
    full_stop = ending in ".。"
    if (len(lead.split()) > 2 and subject.kind is not Kind.PRONOUN) or (full_stop and verb.group().lower() in _WEAK):  # noqa: PLR2004 - a handful, by the look of prose
        return None
    return subject if len(between) <= 6 or verb.group().lower() in words.STRONG_SPEECH else None  # noqa: PLR2004 - a handful, by the look of prose


_LEADS_TO: Final = re.compile(r"\W{0,2}(?:(?:the|poor|dear|good|little|young|old|both|only)\s+)*")
"""What may stand between an inverted verb of speech and who speaks."""


def _first_clause(text: str, gap: Span) -> Span:
    end = re.compile(r"[.!?;:…]\s|[.!?…]$").search(text, gap.start, gap.end)
    return Span(gap.start, end.start() if end else gap.end)


def tag_before(text: str, gap: Span, found: Sequence[Mention]) -> Mention | None:
    """The mention that leads to a quotation ("she turned and said," "the doctor said to Ann:"), None where nothing does."""
    shown = text[gap.start : gap.end].rstrip()
    if not shown or shown[-1] not in ",:—-⁠–":
        return None
    starts = [mark.end() for mark in re.finditer(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?…][”»\"]?\s+", shown)]
    start = gap.start + (starts[-1] if starts else 0)
    inside = [mention for mention in found if start <= mention.span.start < gap.end and not mention.possessive]
    verbs = [verb for verb in _VERB.finditer(shown, start - gap.start) if verb.group().lower() in words.SPEECH]
    subjects = [mention for mention in inside if mention.subject]
    if not verbs:
        return subjects[0] if subjects and shown[-1] == ":" else None
    at = gap.start + verbs[-1].start()
    verb_end = gap.start + verbs[-1].end()
    after = [one for one in inside if one.span.start > verb_end and _LEADS_TO.fullmatch(text, verb_end, one.span.start)]
    if after:
        return after[0]
    before = [mention for mention in subjects if mention.span.end <= at]
    return before[-1] if before else (subjects[0] if subjects else None)


def addressee_of_tag(text: str, gap: Span, found: Sequence[Mention], speaker: Mention) -> Mention | None:
    """Whom a tag says the speaker speaks to: "said to Sue", "asked her"."""
    for mention in found:
        if mention is not speaker and gap.holds(mention.span.start):
            before = text[max(gap.start, mention.span.start - 12) : mention.span.start]
            if re.search(r"\b(?:to|asked|told|answered|assured|reminded|at)\s+$", before) and not mention.possessive:
                return mention
    return None


@dataclass(frozen=True, slots=True)
class Scene:
    """What a run of dialogue is decided from.

    The candidates and each turn's scores by candidate; whether a turn continues the one before, the paragraphs of narration
    before it, whether a question went before, who may join in unannounced (None: the text says who speaks), and whom the
    narration before it speaks of (None: no narration that speaks of anybody).
    """

    candidates: tuple[int, ...]
    scores: tuple[Mapping[int, float], ...]
    continues: tuple[bool, ...]
    gaps: tuple[int, ...]
    asked: tuple[bool, ...]
    invited: tuple[frozenset[int] | None, ...]
    shown: tuple[frozenset[int] | None, ...]


_SAYS_SO: Final = -1.7
"""The penalty for going on where a tag or a beat says who speaks: they may well go on."""

_BEAM: Final = 16
"""Pairs of speakers kept from turn to turn; the best path has never been among the others."""


def best_path(scene: Scene) -> list[int]:
    """The speakers of a run's turns: the path with the greatest sum of scores and of turn-taking, found by dynamic programming.

    A state is the pair of the last two speakers; answering (A, B, A) is rewarded, going on without a tag is penalised.
    """
    people = scene.candidates
    if not people or not scene.scores:
        return [-1] * len(scene.scores)
    best: dict[tuple[int, int], float] = {(-1, person): scene.scores[0].get(person, 0.0) for person in people}
    back: list[dict[tuple[int, int], tuple[int, int]]] = []
    for step in range(1, len(scene.scores)):
        fresh: dict[tuple[int, int], float] = {}
        links: dict[tuple[int, int], tuple[int, int]] = {}
        for state, value in best.items():
            for person in people:
                score = value + scene.scores[step].get(person, 0.0) + _step(state, person, scene, step)
                target = (state[1], person)
                if target not in fresh or score > fresh[target] + 1e-9:
                    fresh[target], links[target] = score, state
        best = dict(sorted(fresh.items(), key=lambda item: (-item[1], item[0]))[:_BEAM])
        back.append(links)
    state = max(best, key=lambda pair: (best[pair], -pair[1], -pair[0]))
    path = [state[1]]
    for links in reversed(back):
        state = links[state]
        path.append(state[1])
    return path[::-1]


def _step(state: tuple[int, int], person: int, scene: Scene, step: int) -> float:
    last_but_one, last = state
    if scene.continues[step]:
        return 6.0 if person == last else -6.0
    loosened = 0.5 ** scene.gaps[step]
    if person == last:
        return (-2.5 if scene.invited[step] is not None else _SAYS_SO) * 0.15 ** scene.gaps[step]
    shown = scene.shown[step]
    met = scene.shown[step - 1] or frozenset()
    gone = (shown is not None and person not in shown) or (len(met) > 1 and person not in met)
    if person == last_but_one and not gone:
        return (2.0 if scene.asked[step] else 1.5) * loosened
    invited = scene.invited[step]
    joins = last_but_one < 0 or invited is None or person in invited or person in (shown or ())
    return 0.0 if joins else -1.5 * loosened


def pronoun_sex(word: str) -> Sex:
    """The sex a pronoun says."""
    if word in {"he", "him", "his", "himself"}:
        return Sex.MALE
    return Sex.FEMALE if word in {"she", "her", "hers", "herself"} else Sex.UNKNOWN
