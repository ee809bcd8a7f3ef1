"""Production: what the film will cost from here, the clips, and their review."""

from typing import Final

from aiuteur.craft.review import FAMILIES
from aiuteur_dagster.assets.stage import gate_check, review_check, stage_asset, stage_check

ASSETS: Final = tuple(stage_asset(name) for name in ("quote", "clips", "dailies"))
CHECKS: Final = (
    gate_check(),
    *(review_check(f"gates_{family}", f"Every selected take passes the measured gates of its {family}.") for family in FAMILIES),
    review_check("takes_accepted", "Every selected take was accepted by its verdict."),
    stage_check("clips", "clip_durations_match", "Every clip lasts as long as the shot list says."),
)
