"""What the Dagster UI reads beside the work itself: kinds, owners, pools and the names of metadata.

Belongs here: leaf constants with their reasons. Does not belong here: anything that the stage graph already says (groups, order,
what a stage reads: `aiuteur.film.stages`).
"""

from types import MappingProxyType
from typing import Final

from aiuteur.film.stages import StageSpec

# At most three a stage, the UI's limit; the first is what the artifact is, the second who makes it.
_IS: Final = MappingProxyType({
    "narrative": "text", "brief": "json", "treatment": "markdown", "beats": "markdown", "script": "fountain",
    "bible": "image", "scenes": "table", "shot_list": "table", "looks": "table", "prompts": "text", "frames": "image",
    "quote": "table", "clips": "video", "dailies": "table", "film": "video", "metrics": "table",
    "forecast": "image",
})

# A pool holds back steps, not calls: it keeps two lanes from drawing at once on one machine. Calls are limited in the studio.
_POOLS: Final = MappingProxyType({
    "bible": "illustrator", "frames": "illustrator", "clips": "cinematographer", "film": "assembly",
})

# Constant names, so that the UI plots one asset's figures over its versions and lines assets up beside each other.
VERSION: Final = "version"
ITEMS: Final = "items"
MADE: Final = "made"
CALLS_MADE: Final = "calls_made"
CALLS_REUSED: Final = "calls_reused"
COST_USD: Final = "cost_usd"
SECONDS: Final = "seconds"
DATA_VERSION: Final = "data_version"
NOTES: Final = "notes"
LOOK: Final = "look"
FILE: Final = "file"
FILES: Final = "files"
FILM_SECONDS: Final = "film_seconds"
SHOTS: Final = "shots"
WAITING: Final = "waiting"
INTERRUPTS: Final = "interrupts"

TERMINAL_TAG: Final = "aiuteur/terminal"
"""On runs of `aiuteur make`: their worker is the terminal's own process, so nobody but it can keep them alive."""

HOME_TAG: Final = "aiuteur/home"
"""Which store a terminal works in: several may share a database, and each can only tell its own dead from its living."""

LANE_TAG: Final = "aiuteur/lane"
"""On runs that are about a lane and of no partition of it: a project's beginning, a command."""

PLAN_TAG: Final = "aiuteur/plan"
"""On runs that the sensor `stale` asked for: the fingerprint of the plan."""

WORLD_TAG: Final = "aiuteur/world"
"""On the same runs: the state the lane was planned in, so that a run that changed nothing is known again."""

WHY_TAG: Final = "aiuteur/why"
"""On the same runs: the first reason, short enough for a tag."""

UNITS_TAG: Final = "aiuteur/units"
"""On the same runs: how many units the plan named."""

SPENDS_TAG: Final = "aiuteur/spends"
NOTHING: Final = "nothing"
"""On a run that may spend nothing, whatever budget there is: a sensor asked for it where only what is free is automatic."""

ANEW_TAG: Final = "aiuteur/anew"
"""On a run that makes its assets again although nothing moved: figures, which also follow from the ledger."""

SUPERSEDED_TAG: Final = "aiuteur/superseded"
"""On a run that a newer plan took out of the queue: it was not stopped by a person."""

FAILURE_TAG: Final = "aiuteur/failure"
PERMANENT: Final = "permanent"
"""On a run that failed in a way that the same call would again: nothing is gained by trying it once more."""

TAG_LENGTH: Final = 63
"""What a tag's value may be long: Dagster's own limit for definitions, kept for runs too, so that every launcher takes them."""


def kinds(stage: StageSpec) -> set[str]:
    """What the artifact is, and which role makes it (nobody: it is computed)."""
    return {_IS[stage.name], stage.roles[0] if stage.roles else "python"}


def owner(stage: StageSpec) -> str:
    """The department, as a Dagster team."""
    return f"team:{stage.group}"


def pool(stage: StageSpec) -> str | None:
    """The pool whose slots the stage's step takes; None for stages that cost next to nothing."""
    return _POOLS.get(stage.name)


def one_version(stage: StageSpec) -> str:
    """The description in the UI: what one version of the artifact is, per what, and made from what."""
    per = {"lane": "of the lane"}.get(stage.item, f"for each {stage.item.replace('/', ' and ')}")
    made_from = f" Made from {_listed(stage.reads)}." if stage.reads else " Given by a person."
    return f"One version is {stage.does}, {per}.{made_from}"


def _listed(names: tuple[str, ...]) -> str:
    *head, last = (name.replace("_", " ") for name in names)
    return f"{', '.join(head)} and {last}" if head else last
