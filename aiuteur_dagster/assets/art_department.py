"""The art department: the bible, which says who and what the film shows and draws each once."""

from typing import Final

from aiuteur_dagster.assets.stage import stage_asset

ASSETS: Final = (stage_asset("bible"),)
