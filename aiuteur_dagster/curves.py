"""Figures in the UI: every number under a constant name, so that it is plotted over the runs, and the learning curve to look at.

Belongs here: what `metrics` and `forecast` show. Does not belong here: the numbers (`aiuteur.stages`), or the other exhibits.
"""

import base64
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import dagster as dg

from aiuteur.film.figures import Forecast, Metrics
from aiuteur.film.noun import Noun
from aiuteur_dagster import labels
from aiuteur_dagster.reading import one

if TYPE_CHECKING:
    from aiuteur.craft.world import World

Values: TypeAlias = "dict[str, dg.MetadataValue[Any]]"


_OF_THE_RUN: Final = frozenset({labels.COST_USD, labels.SECONDS, labels.CALLS_MADE, labels.CALLS_REUSED})
"""Names that say on every asset what the run itself did; a lane's totals have others."""


def _metrics(world: "World") -> Values:
    """All numbers as a table, with what may be claimed of the curves, and each to be plotted."""
    found = one(world, Metrics, "metrics")
    if found is None:
        return {}
    rows = [dg.TableRecord({"figure": name.replace("_", " "), "value": f"{value:g}"}) for name, value in numbers(found).items()]
    for name, curve in (("quality", found.quality), ("attempts", found.attempts), ("cost", found.cost)):
        if curve.why:
            rows.append(dg.TableRecord({"figure": f"{name} is", "value": f"{curve.claim}: {curve.why}"}))
    return _plotted(found, dg.MetadataValue.table(rows))


def _forecast(world: "World") -> Values:
    """The learning curve as a picture, the warning where there is one, and each number to be plotted."""
    from aiuteur.exports.learning_curve import picture

    found, measured = one(world, Forecast, "forecast"), one(world, Metrics, "metrics")
    if found is None:
        return {}
    drawn = picture(found.curve, quality=measured.quality.claim if measured else "",
                    attempts=measured.attempts.claim if measured else "")
    words = f"\n\n**{found.warning}**" if found.warning else ""
    look = f"![learning curve](data:image/png;base64,{base64.b64encode(drawn).decode()}){words}"
    return _plotted(found, dg.MetadataValue.md(look))


def _plotted(found: Noun, look: "dg.MetadataValue[Any]") -> Values:
    shown: Values = {labels.LOOK: look}
    for name, value in numbers(found).items():
        shown[f"lane_{name}" if name in _OF_THE_RUN else _slope(name)] = dg.MetadataValue.float(value)
    return shown


def _slope(name: str) -> str:
    """The name of a number as it is plotted: beside Theil and Sen's slope stands that of least squares."""
    return f"{name.removesuffix('_fitted')}_least_squares_slope" if name.endswith("_fitted") else name


def numbers(found: Noun, before: str = "") -> dict[str, float]:
    """Every number of a noun, those of its parts as `part_name`; what is not known is left out."""
    made: dict[str, float] = {}
    for name, value in found.__dict__.items():
        if isinstance(value, Noun):
            made |= numbers(value, f"{before}{name}_")
        elif isinstance(value, int | float):
            made[before + name] = float(value)
    return made


SHOWN: Final[Mapping[str, Callable[["World"], Values]]] = MappingProxyType({"metrics": _metrics, "forecast": _forecast})
"""What there is to see of each, by stage."""
