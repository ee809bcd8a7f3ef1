"""What automation knows of a lane: how far its project lets it go, where it stands, what it asks for, and what went wrong.

Belongs here: plain values that sensors, the watch and the registry hand to each other. Does not belong here: finding them out
(`aiuteur.watch`) or deciding by them (`aiuteur_dagster.sensors`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiuteur.lane import Lane

WITHIN_BUDGET: Final = "within_budget"
AUTO: Final = "free"
"""What the studio does by itself where nobody said otherwise: whatever costs nothing."""

MAX_FAILURES: Final = 3
"""How often one plan may fail before its lane stops asking, where nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project lets the studio do by itself: `auto` is off, free or within_budget."""

    auto: str = AUTO
    max_failures: int = MAX_FAILURES
    webhook: str | None = None

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> "Policy":
        """The policy in a project's settings, each part with its default."""
        webhook, most = settings.get("webhook"), settings.get("max_failures")
        return cls(
            str(settings.get("auto") or AUTO), most if isinstance(most, int) and most > 0 else MAX_FAILURES,
            webhook if isinstance(webhook, str) and webhook else None,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A lane that may have work: its revision moved since it was planned (`moved`), or its last plan was not empty.

    `fingerprint` is that plan's, `cast` whether anybody but the built-in studio may be cast, `changed_at` when a person last did
    something that may matter, `held` why the lane waits for one.
    """

    lane: Lane
    revision: int
    moved: bool
    fingerprint: str
    policy: Policy
    cast: bool = True
    changed_at: datetime | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where automation stands with a lane after a look at it."""

    lane: Lane
    revision: int
    empty: bool
    fingerprint: str
    ended_runs: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """An artifact as a lane has it now: the digest of its ordered (item, content) pairs, its newest version, how many items."""

    data_version: str
    version: int
    items: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a lane asks for: the plan's fingerprint, the state of the lane it was made in, and the stages to run, with reasons.

    `units` is how many the plan names, `waiting` says what of it waits for a person, `spends` whether the run may pay.
    """

    lane: Lane
    revision: int
    fingerprint: str
    world: str
    stages: tuple[str, ...]
    reasons: tuple[str, ...]
    units: int = 0
    waiting: tuple[str, ...] = ()
    spends: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A lane that moved since it was last reported: how each artifact stands now, those first that differ from the report."""

    lane: Lane
    revision: int
    standing: Mapping[str, Standing]
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Permitted:
    """Something that waited on a lane and may go on: since when, and why."""

    lane: Lane
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Swept:
    """How far a sweep has come: lanes looked at, those that were missed, and the last one (None: it has been through all)."""

    looked_at: int
    missed: tuple[Lane, ...]
    last: Lane | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that failed: of which lane and by which plan (empty for a person's), the class of the studio error, its sentence."""

    lane: Lane
    run_id: str
    fingerprint: str
    error: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A failure that was written down: whether the same run would fail again, and a sentence for the log."""

    permanent: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Drained:
    """What became of a command from the inbox."""

    done: bool
    sentence: str
