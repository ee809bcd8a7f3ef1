"""Lanes as Dagster partitions: one dynamic definition, keys like `project@branch`.

Belongs here: the partitions definition. Does not belong here: what a valid key is (`aiuteur.lane`) or which lanes there are (the
registry knows; `aiuteur_dagster.sensors.lanes` tells Dagster). Two dimensions would be a full cross product of projects and
branches, full of lanes that never were; shots are rows of the registry, not partitions.
"""

from typing import Final

import dagster as dg

LANES: Final = "lanes"
lanes: Final = dg.DynamicPartitionsDefinition(name=LANES)
