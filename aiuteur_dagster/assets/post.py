"""Post-production: the film, as it goes out."""

from typing import Final

import dagster as dg

from aiuteur.lane import Lane
from aiuteur_dagster import labels
from aiuteur_dagster.assets.stage import stage_asset, stage_check
from aiuteur_dagster.metadata import Shown
from aiuteur_dagster.resources.studio import Studio


def _delivered(studio: Studio, lane: Lane) -> Shown:
    """Write the film to its folder, where a person finds it, while it is played for its check."""
    studio.play(lane)
    delivery = studio.deliver(lane)
    return {
        labels.FILE: dg.MetadataValue.path(delivery.folder / "film.mp4"),
        labels.FILES: dg.MetadataValue.json([str(file) for file in delivery.files]),
    }


ASSETS: Final = (stage_asset("film", finish=_delivered),)
CHECKS: Final = (
    stage_check("film", "film_plays", "The film plays to its end, is in length, and is neither black nor silent."),
)
