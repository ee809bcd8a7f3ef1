"""The jobs that make a lane: the whole chain, and the part that shows what the film will look like.

Belongs here: which assets a job covers. Does not belong here: the order of stages, which follows from what each reads.
"""

from typing import Final

import dagster as dg

from aiuteur.film.stages import STAGES

_PREVIS: Final = ("development", "art_department", "previs")

film: Final = dg.define_asset_job(
    "film", selection=dg.AssetSelection.assets(*STAGES),
    description="The whole chain: from the narrative to the film and its figures.",
)
previs: Final = dg.define_asset_job(
    "previs", selection=dg.AssetSelection.groups(*_PREVIS),
    description="Up to the frames: the script, the bible, the shot list and what every shot will look like. No clip is made.",
)
