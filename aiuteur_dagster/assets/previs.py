"""Previsualisation: from scenes to the frames that every clip starts from."""

from typing import Final

from aiuteur_dagster.assets.stage import stage_asset, stage_check

ASSETS: Final = tuple(stage_asset(name) for name in ("scenes", "shot_list", "looks", "prompts", "frames"))
CHECKS: Final = (
    stage_check("frames", "every_shot_has_a_frame", "Every shot of the shot list has its start frame."),
)
