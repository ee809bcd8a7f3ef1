"""The report: a project's figures, or the studio's, as one page that opens from disk, on screen and on paper.

Belongs here: the tables, and putting the page together. Does not belong here: the charts (`report_charts`), its sentences
(`report_notes`), how a number is written (`report_numbers`), looks (`report.html.j2`), or the numbers (`craft.figures.summary`).
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, cast

from jinja2 import Environment, StrictUndefined, Template

from aiuteur.craft.figures.agreement import Agreement
from aiuteur.craft.figures.comparing import Compared
from aiuteur.craft.figures.effects import Effect
from aiuteur.craft.figures.forecast import Interval
from aiuteur.craft.figures.summary import Summary
from aiuteur.craft.figures.trends import Trend
from aiuteur.digest import Json
from aiuteur.exports import report_charts
from aiuteur.exports.report_notes import notes
from aiuteur.exports.report_numbers import NOTHING, between, duration, money, number, percent, signed

HEADS: Final = {
    "provider": "Providers", "model": "Models", "template": "Templates", "shot_type": "Kinds of shot", "character": "Characters",
}
_SERIES: Final = {"quality": "Score", "attempts": "Attempts", "cost": "Dollars"}
_SMALL, _PARTED, _AROUND = 0.001, 3, 0.04


def page(said: Summary, *, made: str = "") -> str:
    """The page as HTML, everything it needs within it; `made` says when, in words."""
    charts = _charts(said)
    return _template().render(
        said=said, made=made, cards=cards(said), trends=[trend_row(name, found) for name, found in said.trends.items()],
        notes=notes(said), ahead=forecast_rows(said), projects=said.projects, comparisons=[
            (name, head, comparison_rows(said.comparisons[name])) for name, head in HEADS.items() if said.comparisons.get(name)],
        rules=[rule_row(rule, found) for rule, found in said.rules.items()],
        agreement=[agreement_row(name, found) for name, found in said.agreement.items()],
        charts=json.dumps(charts).replace("<", "\\u003c"), drawn=charts.keys(), plotly=_plotly() if charts else "",
        spark=sparkline,
    )


def cards(said: Summary) -> list[tuple[str, str, str]]:
    """The numbers at the top: what, how much, and its interval."""
    total = said.total
    if total is None:
        return []
    left = said.forecast.shots if said.forecast is not None else 0
    # A shot that moved on, or whose take a person rejected, was completed once and is no more.
    done = total.shots if said.whole is None else said.whole - left
    return [
        ("completed shots", f"{done:,}", f"of {done + left:,}" if said.forecast is not None else ""),
        ("takes of clips", f"{total.takes:,}", ""),
        ("score of a take", number(total.score.value, ".3f"), between(total.score, ".3f")),
        ("attempts a shot", number(total.attempts.value, ".2f"), between(total.attempts, ".2f")),
        ("spent on clips", money(total.cost_usd), ""),
        ("an accepted second", money(total.per_second.value), between(total.per_second, ".2f", "$")),
        ("wasted", percent(total.waste), "of what clips cost" if total.waste is not None else ""),
    ]


def trend_row(name: str, found: Trend) -> dict[str, str]:
    """What is said of one series."""
    slope = NOTHING if found.slope is None else signed(100 * found.slope)
    within = NOTHING if found.low is None or found.high is None else f"{signed(100 * found.low)} to {signed(100 * found.high)}"
    return {
        "series": _SERIES[name], "claim": found.claim.value, "slope": slope, "interval": within,
        "p": chance(found.p),
        "memory": number(found.autocorrelation, ".2f"), "why": found.why,
    }


def chance(p: float | None) -> str:
    """A p-value."""
    return "< 0.001" if p is not None and p < _SMALL else number(p, ".3f")


def rule_row(rule: str, found: Effect) -> dict[str, str]:
    """What a rule did to the score of first takes."""
    within = NOTHING if found.low is None or found.high is None else f"{found.low:+.3f} to {found.high:+.3f}"
    return {
        "rule": rule, "claim": found.claim, "design": found.design, "interval": within, "p": chance(found.p),
        "shift": NOTHING if found.shift is None else f"{found.shift:+.3f}", "takes": f"{found.with_rule} / {found.without}",
    }


def agreement_row(name: str, found: Agreement) -> dict[str, str]:
    """How far judge and people agree on one thing, and the pairs in which they part, the commonest first."""
    parted = sorted(((pair, count) for pair, count in found.confusion.items() if pair[0] != pair[1]), key=lambda one: -one[1])
    within = "" if found.low is None or found.high is None else f"{max(-1.0, found.low):.2f} to {min(1.0, found.high):.2f}"
    said = (f"{judge}, but {person} ({count})" for (judge, person), count in parted[:_PARTED])
    return {
        "what": name.replace("_", " "), "takes": f"{found.n:,}", "agreed": percent(found.agreed), "parted": "; ".join(said),
        "kappa": number(found.kappa, ".2f"), "kappa_in": within,
    }


def forecast_rows(said: Summary) -> list[dict[str, str]]:
    """The forecast as a table: attempts, dollars, time."""
    ahead = said.forecast
    if ahead is None or not ahead.shots:
        return []
    return [
        _ahead("attempts", ahead.attempts, lambda value: f"{value:,.0f}"),
        _ahead("dollars", ahead.cost_usd, money) if said.priced else {
            "what": "dollars", "median": "unknown", "half": "no attempt here has a known price yet", "most": ""},
        _ahead("time", ahead.seconds, duration),
    ]


def _ahead(what: str, found: Interval, shown: Callable[[float], str]) -> dict[str, str]:
    return {
        "what": what, "median": shown(found.median), "half": f"{shown(found.low50)} to {shown(found.high50)}",
        "most": f"{shown(found.low90)} to {shown(found.high90)}",
    }


def comparison_rows(groups: Sequence[Compared]) -> list[dict[str, str]]:
    """One comparison as a table."""
    return [
        {"name": group.name, "takes": f"{group.takes:,}", "shots": f"{group.shots:,}", "cost": money(group.cost_usd),
         "score": number(group.score.value, ".3f"), "score_in": between(group.score, ".3f"),
         "attempts": number(group.attempts.value, ".2f"), "attempts_in": between(group.attempts, ".2f"),
         "accepted": percent(group.accepted.value), "per_second": money(group.per_second.value),
         "per_second_in": between(group.per_second, ".2f", "$"), "waste": percent(group.waste)}
        for group in groups
    ]


def sparkline(values: Sequence[float]) -> str:
    """A series as a path in a field of 100 by 100: scores from 0.5 at the foot to 1 at the head."""
    step = 100 / max(1, len(values) - 1)
    points = [f"{step * at:.1f} {100 - 200 * (min(1.0, max(0.5, value)) - 0.5):.1f}" for at, value in enumerate(values)]
    return f"M{' L'.join(points)}"


def _charts(said: Summary) -> dict[str, Json]:
    """Every chart by the id of its place on the page; none where there is nothing to draw."""
    charts: dict[str, Json] = {}
    if said.shots:
        span = _span([shot.quality for shot in said.shots])
        charts["quality"] = _chart(report_charts.curve(said.shots, "quality"), "score", span=span)
        charts["attempts"] = _chart(report_charts.curve(said.shots, "attempts"), "attempts")
        if any(shot.cost_usd for shot in said.shots):
            ahead = said.forecast if said.priced else None
            charts["spending"] = _chart(report_charts.spending(said.shots, ahead), "$")
    for name in HEADS:
        groups = said.comparisons.get(name, [])
        if len(groups) > 1:
            rows, scores = min(len(groups), report_charts.GROUPS), [group.score for group in groups]
            span = _span([end for score in scores for end in (score.value, score.low, score.high)])
            charts[f"by-{name}"] = _chart(report_charts.comparison(groups), "", rows=rows, span=span)
    return charts


def _chart(traces: Sequence[report_charts.Trace], y: str, rows: int = 0, span: Sequence[float] = ()) -> Json:
    """A chart with what its axes say: `rows` of a comparison, else over the shots; scores from nought, or of a given span."""
    ends = [float(x) for trace in traces for x in cast("list[float | None]", trace["x"]) if x is not None]
    return {"traces": list(traces), "x": "shots", "y": y, "rows": rows, "span": list(span), "last": max([1.0, *ends])}


def _span(found: Sequence[float | None]) -> tuple[float, float] | tuple[()]:
    """The scores to show: all there are, a little around them, and no more than there can be."""
    scores = [score for score in found if score is not None]
    return (max(0.0, min(scores) - _AROUND), min(1.0, max(scores) + _AROUND)) if scores else ()


@cache
def _template() -> Template:
    text = files("aiuteur.exports").joinpath("report.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(text)


@cache
def _plotly() -> str:
    """The chart library's one script."""
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()
