"""How many attempts a shot takes: the hierarchical beta-geometric model, and what is believed of its parameters.

Belongs here: the distribution and its learning. Does not belong here: what attempts cost (`forecast`).

A shot's chance p of passing at each attempt is drawn from Beta(a, b); attempts end with the first pass, or at the cap. What is
believed of a and b is a weight for each point of a grid over the mean a/(a+b) and the strength a+b, so every integral is a sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CAP: Final = 8
"""No shot is attempted more often."""

_MEANS: Final[Floats] = (np.arange(40) + 0.5) / 40
_STRENGTHS: Final[Floats] = np.geomspace(0.6, 120.0, 20)
A: Final[Floats] = np.outer(_MEANS, _STRENGTHS).ravel()
B: Final[Floats] = np.outer(1 - _MEANS, _STRENGTHS).ravel()
FLAT: Final[Floats] = np.full(A.size, 1 / A.size)
"""Nothing believed: every mean and every order of magnitude of the strength alike."""

_OPEN_MIND: Final = 0.1
"""What of a learnt belief stays flat: the next project may be of a new kind."""

_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Record:
    """What a project's shots have shown: attempts of those accepted, and failures so far of those that are not (yet)."""

    accepted: Sequence[int] = ()
    failures: Sequence[int] = field(default=())


def likelihood(record: Record) -> Floats:
    """The logarithm of a record's likelihood at each point of the grid; an unfinished shot is censored at its failures.

    P(K > f) = B(a, b+f) / B(a, b) = Π (b+j) / (a+b+j) for j < f, and P(K = k) = P(K > k-1) · a / (a+b+k-1).
    """
    total = np.zeros_like(A)
    for value, count in _counted(record.accepted):
        total += count * (_failing(value - 1) + np.log(A / (A + B + value - 1)))
    for value, count in _counted(record.failures):
        total += count * _failing(value)
    return total


def updated(belief: Floats, record: Record) -> Floats:
    """What is believed after a record."""
    with np.errstate(divide="ignore"):
        log = np.log(belief) + likelihood(record)
    made: Floats = np.exp(log - log.max())
    return made / made.sum()


def learnt(records: Sequence[Record]) -> Floats:
    """What past projects teach about the next one: the mixture that explains them best, smoothed by a flat part.

    A few rounds of the EM algorithm for the mixing distribution (Laird 1978, JASA 73): each round the mean of the projects' own
    posteriors. Few rounds keep it smooth; no project, no lesson.
    """
    known = [record for record in records if record.accepted or any(record.failures)]
    if not known:
        return FLAT
    logs = [likelihood(record) for record in known]
    odds = [np.exp(log - log.max()) for log in logs]
    belief = FLAT
    for _ in range(_ROUNDS):
        shares = [belief * each / float(belief @ each) for each in odds]
        belief = np.mean([FLAT, *shares], axis=0)
    made: Floats = (1 - _OPEN_MIND) * belief + _OPEN_MIND * FLAT
    return made


def passing(belief: Floats) -> float:
    """The chance that a new shot's first attempt passes."""
    return float(belief @ (A / (A + B)))


def more(failures: int, cap: int = CAP) -> Floats:
    """Cumulated chances (grid, cap) that a shot with so many failures ends within 1, 2, … more attempts; 1 from the cap on."""
    left = max(0, cap - failures)
    chances = np.ones((A.size, cap))
    still = np.ones_like(A)
    for step in range(left - 1):
        still = still * (B + failures + step) / (A + B + failures + step)
        chances[:, step] = 1 - still
    return chances


def chance_within(belief: Floats, failures: int, tries: int) -> float:
    """The chance that a shot with so many failures passes within so many more tries."""
    own = updated(belief, Record(failures=(failures,)))
    still = np.ones_like(A)
    for step in range(tries):
        still = still * (B + failures + step) / (A + B + failures + step)
    return float(own @ (1 - still))


def _failing(times: int) -> Floats:
    """The logarithm of the chance that the first so many attempts fail, at each point of the grid."""
    total = np.zeros_like(A)
    for step in range(times):
        total += np.log((B + step) / (A + B + step))
    return total


def _counted(values: Sequence[int]) -> list[tuple[int, int]]:
    found, counts = np.unique(np.asarray(values, dtype=np.int64), return_counts=True)
    return [(int(value), int(count)) for value, count in zip(found, counts, strict=True)]
