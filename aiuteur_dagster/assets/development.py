"""Development: from the person's words to a screenplay that parses back to itself."""

from typing import Final

from aiuteur_dagster.assets.stage import stage_asset, stage_check

ASSETS: Final = tuple(stage_asset(name) for name in ("narrative", "brief", "treatment", "beats", "script"))
CHECKS: Final = (
    stage_check("script", "script_parses_back", "The Fountain text, parsed, gives the scenes it was written from."),
)
