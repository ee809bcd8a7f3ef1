"""Production: what the film will cost from here, the clips, and their review."""

from typing import Final

from aiuteur_dagster.assets.stage import gate_check, stage_asset, stage_check

ASSETS: Final = tuple(stage_asset(name) for name in ("quote", "clips", "dailies"))
CHECKS: Final = (
    gate_check(),
    stage_check("clips", "clip_durations_match", "Every clip lasts as long as the shot list says."),
)
