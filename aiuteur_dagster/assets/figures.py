"""Figures: a lane in numbers."""

from typing import Final

from aiuteur_dagster.assets.stage import stage_asset

ASSETS: Final = (stage_asset("metrics"), stage_asset("forecast"))
