"""What the UI shows of a materialization: the figures of the stage's report, and something to look at.

Belongs here: constant names for figures, so that the UI plots them. Does not belong here: pictures, words and tables
(`aiuteur_dagster.exhibits`). Everything here goes to the event log, so it is small.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import dagster as dg

from aiuteur_dagster import labels
from aiuteur_dagster.exhibits import exhibit
from aiuteur_dagster.reading import called
from aiuteur_dagster.resources.studio import Studio

if TYPE_CHECKING:
    from aiuteur.stages.run import StageReport

_ID: Final = re.compile(r"\b[a-z2-7]{12}\b")
_NAMED: Final = 12

Shown: TypeAlias = "dict[str, dg.MetadataValue[Any]]"


def shown(report: "StageReport", studio: Studio) -> Shown:
    """All of one materialization's metadata."""
    return figures(report) | exhibit(report, studio)


def figures(report: "StageReport") -> Shown:
    """The report as plain numbers: what it is now, what was made this time, what it cost and how long it took."""
    found: Shown = {
        labels.DATA_VERSION: dg.MetadataValue.text(report.data_version),
        labels.VERSION: dg.MetadataValue.int(report.version),
        labels.ITEMS: dg.MetadataValue.int(report.items),
        labels.MADE: dg.MetadataValue.int(report.made),
        labels.CALLS_MADE: dg.MetadataValue.int(report.calls_made),
        labels.CALLS_REUSED: dg.MetadataValue.int(report.calls_reused),
        labels.COST_USD: dg.MetadataValue.float(float(report.cost_usd)),
        labels.SECONDS: dg.MetadataValue.float(round(report.seconds, 3)),
    }
    if report.notes:
        found[labels.NOTES] = dg.MetadataValue.md(reasons(report.notes, called(report.world)))
    return found


def reasons(notes: Sequence[str], names: Mapping[str, str]) -> str:
    """Why items were made, as markdown: one line a reason with the items it holds for, ids by the names people know."""
    found: dict[str, list[str]] = {}
    for note in notes:
        item, _, reason = _ID.sub(lambda match: names.get(match[0], match[0]), note).partition(": ")
        found.setdefault(reason, []).append(item)
    return "\n".join(f"- {reason}: {_some(items)}" for reason, items in found.items())


def _some(items: Sequence[str]) -> str:
    more = len(items) - _NAMED
    return ", ".join(items[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def measured(measures: Mapping[str, float | int | str | bool]) -> Shown:
    """A check's measurements, each as the value it is."""
    return {name: _value(value) for name, value in measures.items()}


def _value(value: float | str | bool) -> dg.MetadataValue[Any]:  # noqa: FBT001 - one of the kinds of value
    if isinstance(value, bool):
        return dg.MetadataValue.bool(value)
    if isinstance(value, int):
        return dg.MetadataValue.int(value)
    return dg.MetadataValue.float(value) if isinstance(value, float) else dg.MetadataValue.text(value)
