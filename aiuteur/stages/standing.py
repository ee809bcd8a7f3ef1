"""How a stage's artifact stands on a lane: its data version, which runs and sensors tell Dagster.

Belongs here: the digest of ordered items that both must agree on. Does not belong here: whether an item is stale
(`aiuteur.stages.needs`).
"""

from collections.abc import Sequence

from aiuteur.craft.world import Selected, World
from aiuteur.digest import digest
from aiuteur.film.watch import Standing
from aiuteur.stages.work import Unit


def standing(stage: str, units: Sequence[Unit], world: World) -> Standing:
    """How an artifact stands; `units` are those of its stage in this world."""
    selected: list[Selected] = [found for unit in units for key in unit.keys if (found := world.items.get(key)) is not None]
    return Standing(
        digest([[str(found.key), found.digest] for found in selected]), max((found.n for found in selected), default=0),
        sum(1 for found in selected if found.key.artifact == stage),
    )
