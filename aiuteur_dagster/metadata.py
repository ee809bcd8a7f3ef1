"""What the UI shows of a materialization: the figures of the stage's report, and something to look at.

Belongs here: constant names for figures, so that the UI plots them. Does not belong here: pictures, words and tables
(`aiuteur_dagster.exhibits`). Everything here goes to the event log, so it is small.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import dagster as dg

from aiuteur.lane import Lane
from aiuteur_dagster import labels
from aiuteur_dagster.exhibits import exhibit
from aiuteur_dagster.reading import called
from aiuteur_dagster.resources.studio import Studio

if TYPE_CHECKING:
    from aiuteur.craft.gating import Gate
    from aiuteur.registry.interrupts import InterruptRow
    from aiuteur.stages.run import StageReport

_ID: Final = re.compile(r"\b[a-z2-7]{12}\b")
_NAMED: Final = 12
_ROWS: Final = 60
_SINCE: Final = MappingProxyType({
    "there was none": "there was none yet", "drawn up anew": "it is drawn up anew each time",
    "remake asked for": "somebody asked for it again",
})
"""Reasons as they read after *since*; the others do as they are."""

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
    told = [f"- waiting: {sentence}" for sentence in report.waits]
    made = reasons(report.notes, called(report.world)) or "- nothing made: all of it is current"
    found[labels.NOTES] = dg.MetadataValue.md("\n".join([made, *told]))
    return found


def approval(gate: "Gate", lane: Lane) -> Shown:
    """What a person needs to know to open a gate; nothing where it is open."""
    if not gate.closed:
        return {}
    needs = gate.needs_usd
    return {
        "needs_usd": dg.MetadataValue.text("unknown") if needs is None else dg.MetadataValue.float(float(needs)),
        "fingerprint": dg.MetadataValue.text(gate.fingerprint),
        "remedy": dg.MetadataValue.text(f"aiuteur allow {lane}, or the command approve_spend with this fingerprint"),
    }


def interrupts(found: "Sequence[InterruptRow]", lane: Lane) -> Shown:
    """What waits for a person, as a table with the ids that an answer names; nought is told too."""
    rows = [
        dg.TableRecord({
            "id": str(one.id), "waits": one.kind, "what": one.item or str(lane), "why": one.reason, "remedy": one.remedy,
        }) for one in found
    ]
    shown: Shown = {labels.WAITING: dg.MetadataValue.int(len(rows))}
    if not rows:
        return shown
    answer = dg.MetadataValue.md(f"`aiuteur resolve {lane} ID`, or the command `resolve_interrupt` with the id")
    return shown | {labels.INTERRUPTS: dg.MetadataValue.table(rows[:_ROWS]), "answer": answer}


def reasons(notes: Sequence[str], names: Mapping[str, str]) -> str:
    """Why items were made, as markdown: one line a reason and what it holds for, ids by the names people know."""
    found: dict[str, list[str]] = {}
    for note in notes:
        item, _, reason = _ID.sub(lambda match: names.get(match[0], match[0]), note).partition(": ")
        found.setdefault(reason, []).append(item.replace("/", " "))
    return "\n".join(f"- since {_since(reason)}: {_some(items)}" for reason, items in found.items())


def _since(reason: str) -> str:
    moved = reason.removeprefix("stale: ")
    return _SINCE.get(reason, reason if moved == reason else f"this moved: {moved}")


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
