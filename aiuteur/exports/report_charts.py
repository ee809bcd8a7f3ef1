"""The charts of the report, as plain descriptions that plotly.js draws: which points, lines and bands.

Belongs here: traces. Does not belong here: the page around them (`report`), or the numbers (`craft.figures`).

Colours are names (`dot`, `line`, `band`, …) that the page's script replaces, so that one description serves light,
dark and paper.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final

from aiuteur.craft.figures.comparing import Compared, Known
from aiuteur.craft.figures.facts import ShotFigures
from aiuteur.craft.figures.forecast import Forecast
from aiuteur.craft.figures.running import Running
from aiuteur.digest import Json

MOST: Final = 1_000
"""Dots drawn; of more shots each is the median of several."""

GROUPS: Final = 12
"""Groups in a chart of a comparison; the table beside it has them all."""

_REACH: Final = 1.959964
_STEPS: Final = 60

Trace = dict[str, Json]


def curve(shots: Sequence[ShotFigures], series: str) -> list[Trace]:
    """A series over the completed shots: dots, and the least squares line in its 95 % band where there is one."""
    dots, state = condensed(shots, series), Running()
    for shot in shots:
        value = _value(shot, series)
        state = state if value is None else state.add(value, float(shot.ordinal))
    traces = _line(state, float(shots[-1].ordinal)) if shots else []
    traces.append({
        "type": "scatter", "mode": "markers", "name": "shots", "x": [x for x, _, _ in dots], "y": [y for _, y, _ in dots],
        "text": [label for _, _, label in dots], "hovertemplate": "%{text}<br>%{y:.3g}<extra></extra>",
        "marker": {"color": "dot", "size": 6, "opacity": 0.75},
    })
    return traces


def condensed(shots: Sequence[ShotFigures], series: str) -> list[tuple[float, float, str]]:
    """At most `MOST` points (ordinal, value, what it is): shots, or medians of as many as fit; unknown values left out."""
    known = [(shot, value) for shot in shots if (value := _value(shot, series)) is not None]
    block = max(1, -(-len(known) // MOST))
    if block == 1:
        return [(float(shot.ordinal), value, f"shot {shot.shot}, number {shot.ordinal}") for shot, value in known]
    parts = [known[at:at + block] for at in range(0, len(known), block)]
    return [
        (float(median(shot.ordinal for shot, _ in part)), float(median(value for _, value in part)),
         f"median of shots {part[0][0].ordinal} to {part[-1][0].ordinal}") for part in parts
    ]


def spending(shots: Sequence[ShotFigures], ahead: Forecast | None) -> list[Trace]:
    """Dollars added up over the completed shots, and where they are forecast to end."""
    total, sums = 0.0, list[float]()
    for shot in shots:
        total += shot.cost_usd or 0.0
        sums.append(total)
    block = max(1, -(-len(sums) // MOST))
    xs: list[Json] = [0, *(shot.ordinal for shot in shots[block - 1::block])]
    ys: list[Json] = [0, *sums[block - 1::block]]
    traces: list[Trace] = [{
        "type": "scatter", "mode": "lines", "name": "spent", "x": xs, "y": ys, "line": {"color": "line", "width": 2},
        "hovertemplate": "%{x} shots: $%{y:.2f}<extra></extra>",
    }]
    if ahead is not None and ahead.shots:
        traces += _fan(len(shots), total, ahead)
    return traces


def comparison(groups: Sequence[Compared]) -> list[Trace]:
    """Score and dollars an accepted second of the largest groups, each with its interval, side by side."""
    shown = groups[:GROUPS][::-1]
    names: list[Json] = [group.name for group in shown]
    return [
        _intervals(names, [group.score for group in shown], "x", "%{y}: %{x:.3f}<extra>score</extra>"),
        _intervals(names, [group.per_second for group in shown], "x2", "%{y}: $%{x:.3f}<extra>an accepted second</extra>"),
    ]


def _value(shot: ShotFigures, series: str) -> float | None:
    return {"quality": shot.quality, "attempts": float(shot.attempts), "cost": shot.cost_usd}[series]


def _line(state: Running, last: float) -> list[Trace]:
    xs = [1 + (last - 1) * step / (_STEPS - 1) for step in range(_STEPS)] if last > 1 else []
    found = [(x, y, error) for x in xs if (y := state.at(x)) is not None and (error := state.error_at(x)) is not None]
    if not found:
        return []
    upper, lower = ([y + sign * _REACH * error for _, y, error in found] for sign in (1, -1))
    ends: list[Json] = [x for x, _, _ in found]
    return [
        {"type": "scatter", "mode": "lines", "x": [*ends, *ends[::-1]], "y": [*upper, *lower[::-1]], "fill": "toself",
         "fillcolor": "band", "line": {"width": 0}, "hoverinfo": "skip", "name": "95 % band"},
        {"type": "scatter", "mode": "lines", "x": ends, "y": [y for _, y, _ in found], "line": {"color": "line", "width": 2},
         "name": "least squares", "hovertemplate": "line: %{y:.3g}<extra></extra>"},
    ]


def _fan(done: int, spent: float, ahead: Forecast) -> list[Trace]:
    """Where the sum may end: nine tenths of all futures, half of them, and the median."""
    start, end, cost = done, done + ahead.shots, ahead.cost_usd
    return [
        *({"type": "scatter", "mode": "lines", "x": [start, end, end, start], "y": [spent, spent + high, spent + low, spent],
           "fill": "toself", "fillcolor": colour, "line": {"width": 0}, "hoverinfo": "skip", "name": f"{share} of futures"}
          for low, high, colour, share in ((cost.low90, cost.high90, "fan", "90 %"), (cost.low50, cost.high50, "fan50", "50 %"))),
        {"type": "scatter", "mode": "lines+markers", "x": [start, end], "y": [spent, spent + cost.median], "name": "forecast",
         "line": {"color": "ahead", "width": 2, "dash": "dot"}, "hovertemplate": "%{x} shots: $%{y:.2f}<extra>median</extra>"},
    ]


def _intervals(names: Sequence[Json], numbers: Sequence[Known], axis: str, hover: str) -> Trace:
    plus: list[Json] = [None if one.value is None or one.high is None else one.high - one.value for one in numbers]
    minus: list[Json] = [None if one.value is None or one.low is None else one.value - one.low for one in numbers]
    return {
        "type": "scatter", "mode": "markers", "x": [one.value for one in numbers], "y": list(names), "xaxis": axis, "yaxis": "y",
        "error_x": {
            "type": "data", "symmetric": False, "array": plus, "arrayminus": minus, "color": "bar", "thickness": 2, "width": 0,
        },
        "marker": {"color": "dot", "size": 9}, "hovertemplate": hover,
    }
