"""The status of a lane: every item of every artifact, its state, version and what moved where it is stale.

Belongs here: which items ought to be there. Does not belong here: how staleness is derived (`aiuteur.craft.staleness`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from aiuteur.craft.staleness import Finding, State, Traced, derive, say
from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.film.stages import GRAPH
from aiuteur.stages.graph import STAGES
from aiuteur.stages.needs import label_of
from aiuteur.stages.treatment import is_screenplay

_NOT_FOR_SCREENPLAYS = ("treatment", "beats")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """One item of a lane: its state, its selected version (None where there is none), its cost, and what moved, in words."""

    artifact: str
    item: str
    label: str
    state: State
    version: int | None
    cost_usd: Decimal
    cause: str


def status(world: World, costs: Mapping[Key, Decimal]) -> list[ItemStatus]:
    """Every item that is or ought to be in a lane, in the order of the stage graph; `costs` are dollars by item."""
    expected = [key for stage in GRAPH for unit in STAGES[stage.name].units(world) for key in unit.keys if key.artifact != ORDER]
    expected += [Key("beats", item) for item in world.order("beats")]
    expected += [Key("shot_list", shot) for scene in world.order("scenes") for shot in world.order(scene)]
    traced = {key: _traced(found) for key, found in world.items.items()}
    findings = derive(traced, expected, [ORDER, *(stage.name for stage in GRAPH)])
    labels = {key: label_of(found) for key, found in world.items.items()}
    keys = dict.fromkeys([*expected, *(key for key in world.items if key.artifact != ORDER)])
    found = [_item(key, findings[key], world, labels, costs.get(key, _NOTHING)) for key in keys]
    if is_screenplay(world):
        found += [ItemStatus(name, "", "", State.NOT_APPLICABLE, None, _NOTHING, "") for name in _NOT_FOR_SCREENPLAYS]
    places = {stage.name: place for place, stage in enumerate(GRAPH)}
    return sorted(found, key=lambda one: places[one.artifact])


def _traced(found: Selected) -> Traced:
    return Traced(digest=found.digest, fields=found.fields, basis=found.basis, pinned=found.pinned, locked=found.locked)


def _item(key: Key, finding: Finding, world: World, labels: Mapping[Key, str], cost: Decimal) -> ItemStatus:
    found = world.items.get(key)
    cause = "; ".join(say(cause, labels) for cause in finding.causes) or ("upstream is not current" if finding.upstream else "")
    return ItemStatus(key.artifact, key.item, labels.get(key, ""), finding.state, found.n if found else None, cost, cause)
