"""What a check of a lane's artifacts answers.

Belongs here: the shape. Does not belong here: any check (`aiuteur.stages.checks`, `aiuteur.stages.reviews`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: whether it passed, the sentence that says so, the numbers it went by, and how `grave` a failure is."""

    passed: bool
    sentence: str
    measures: Mapping[str, float] = field(default_factory=dict[str, float])
    grave: bool = True
