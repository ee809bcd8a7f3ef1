"""Proxies in the UI: how shots go together and characters look like their key images, in numbers that judge nothing.

Belongs here: their form beside the dailies. Does not belong here: comparing pictures (`aiuteur.stages.kinship`).
"""

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import dagster as dg

if TYPE_CHECKING:
    from aiuteur.stages.kinship import Proxy

Values: TypeAlias = "dict[str, dg.MetadataValue[Any]]"

LOOK: Final = "proxies"
ROWS: Final = 24


def proxies(found: "Sequence[Proxy]") -> Values:
    """The mean of each proxy under its name, to be plotted, and the pairs that are least alike; nothing where there are none."""
    if not found:
        return {}
    by_name: dict[str, list[float]] = defaultdict(list)
    for one in found:
        by_name[one.name].append(one.value)
    least = sorted(found, key=lambda one: one.value)[:ROWS]
    records = [
        dg.TableRecord({"proxy": one.name, "shot": one.shot, "against": one.against, "likeness": one.value}) for one in least
    ]
    means: Values = {name: dg.MetadataValue.float(round(fmean(values), 4)) for name, values in sorted(by_name.items())}
    return {LOOK: dg.MetadataValue.table(records), **means}
