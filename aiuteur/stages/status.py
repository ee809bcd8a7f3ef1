"""The status of a lane: every item of every artifact, its state, version and cost, and what moved where it is stale.

Belongs here: which items ought to be there. Does not belong here: how staleness is derived (`aiuteur.craft.staleness`).
"""

from dataclasses import dataclass
from decimal import Decimal

from aiuteur.craft.staleness import Finding, State, derive, say
from aiuteur.craft.world import Key, World
from aiuteur.film.stages import GRAPH
from aiuteur.stages.graph import STAGES
