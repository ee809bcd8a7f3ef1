"""Production: what the film will cost from here, the clips, and their review."""

from typing import Final

from aiuteur.craft.review import FAMILIES
from aiuteur.lane import Lane
from aiuteur_dagster.assets.stage import gate_check, review_check, stage_asset, stage_check
from aiuteur_dagster.metadata import Shown, interrupts
from aiuteur_dagster.resources.studio import Studio


def _waiting(studio: Studio, lane: Lane) -> Shown:
    """What waits for a person on the lane, and how to answer it."""
    return interrupts(studio.desk.waiting(lane), lane)


ASSETS: Final = (stage_asset("quote"), stage_asset("clips"), stage_asset("dailies", finish=_waiting))
CHECKS: Final = (
    gate_check(),
    *(review_check(f"gates_{family}", f"Every selected take passes the measured gates of its {family}.") for family in FAMILIES),
    review_check("takes_accepted", "Every selected take was accepted by its verdict."),
    stage_check("clips", "clip_durations_match", "Every clip lasts as long as the shot list says."),
)
