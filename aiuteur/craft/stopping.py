"""Stopping: whether trying a shot again is worth it, from how its own takes and the project's have fared.

Belongs here: the forecast and the sentence. Does not belong here: the loop that obeys it (`aiuteur.stages.takes`).

A shot's chance of an accepted take is taken for Beta distributed over the shots of a project, and each shot's tries for
independent given its chance; after n failures in a row its chance is Beta(a, b + n), and that of at least one success in k more
tries 1 − B(a, b + n + k) / B(a, b + n) (the beta-geometric model; Fader and Hardie 2007, Journal of Interactive Marketing 21).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Prior:
    """How chances are spread over the shots of a project: Beta(`wins`, `losses`)."""

    wins: float
    losses: float


@dataclass(frozen=True, slots=True)
class Tried:
    """How a shot fared: takes that failed, and whether one was accepted after them (else it is still open, or was given up)."""

    failed: int
    accepted: bool


UNKNOWN: Final = Prior(1.5, 1.0)
"""Before a project has a history: two or three takes a shot, with a wide spread."""

_MEANS: Final = tuple(step / 20 for step in range(1, 20))
_STRENGTHS: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
_ENOUGH: Final = 5
"""Shots below which a project's own history says too little."""


def chance(prior: Prior, failures: int, tries: int) -> float:
    """The chance of at least one accepted take in `tries` more, after `failures` in a row."""
    if tries <= 0:
        return 0.0
    losses = prior.losses + failures
    return 1 - math.exp(_log_beta(prior.wins, losses + tries) - _log_beta(prior.wins, losses))


def learnt(history: Sequence[Tried]) -> Prior:
    """The prior that makes a project's history likeliest, by a grid of means and strengths; `UNKNOWN` below five shots.

    Shots that were given up count as failures so far, not as shots that cannot succeed. The grid is weighed by the unknown
    prior's own belief about the mean, so that a few shots do not swing it.
    """
    if len(history) < _ENOUGH:
        return UNKNOWN
    grid = [Prior(mean * strength, (1 - mean) * strength) for mean in _MEANS for strength in _STRENGTHS]
    return max(grid, key=lambda prior: _likelihood(prior, history))


def said(prior: Prior, failures: int, tries: int) -> str:
    """The forecast as a sentence."""
    more = "One more try has" if tries == 1 else f"{_NUMBERS.get(tries, str(tries)).capitalize()} more tries have"
    return f"{more} a {chance(prior, failures, tries):.0%} chance of an accepted take."


_NUMBERS: Final = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


def _likelihood(prior: Prior, history: Iterable[Tried]) -> float:
    mean = prior.wins / (prior.wins + prior.losses)
    own = (UNKNOWN.wins - 1) * math.log(mean) + (UNKNOWN.losses - 1) * math.log(1 - mean)
    return own + sum(
        _log_beta(prior.wins + one.accepted, prior.losses + one.failed) - _log_beta(prior.wins, prior.losses) for one in history
    )


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
