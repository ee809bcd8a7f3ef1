"""Places: one module per family, each a set of functions that build one kind of place on a stage."""

from aiuteur.models.animatic.art.places import air
from aiuteur.models.animatic.art.stage import Stage


def build(stage: Stage) -> None:
    """Build the stage's kind of place."""
    air.sky(stage)
    stage.ground((0.4, 0.38, 0.33), (0.45, 0.43, 0.4))
