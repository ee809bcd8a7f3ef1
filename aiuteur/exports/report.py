"""The report: a project's figures, or the studio's, as one page that opens from disk, on screen and on paper.

Belongs here: words and tables, and putting the page together. Does not belong here: the charts (`report_charts`), looks
(`report.html.j2`), or the numbers (`craft.figures.summary`).
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from math import expm1
from typing import Final

from jinja2 import Environment, StrictUndefined, Template

from aiuteur.craft.figures.comparing import Compared, Known
from aiuteur.craft.figures.drift import FULL_BASELINE
from aiuteur.craft.figures.effects import Effect
from aiuteur.craft.figures.forecast import Interval
from aiuteur.craft.figures.summary import Summary
from aiuteur.craft.figures.trends import Trend
from aiuteur.digest import Json
from aiuteur.exports import report_charts

NOTHING: Final = "–"
HEADS: Final = {
    "provider": "Providers", "model": "Models", "template": "Templates", "shot_type": "Kinds of shot", "character": "Characters",
}
_SERIES: Final = {"quality": "Score", "attempts": "Attempts", "cost": "Dollars"}
_MINUTE, _HOUR, _SMALL = 60, 3600, 0.001


def page(said: Summary, *, made: str = "") -> str:
    """The page as HTML, everything it needs within it; `made` says when, in words."""
    charts = _charts(said)
    return _template().render(
        said=said, made=made, cards=cards(said), trends=[trend_row(name, found) for name, found in said.trends.items()],
        notes=notes(said), ahead=forecast_rows(said), projects=said.projects, comparisons=[
            (name, head, comparison_rows(said.comparisons[name])) for name, head in HEADS.items() if said.comparisons.get(name)],
        rules=[rule_row(rule, found) for rule, found in said.rules.items()],
        charts=json.dumps(charts).replace("<", "\\u003c"), drawn=charts.keys(), plotly=_plotly() if charts else "",
    )


def cards(said: Summary) -> list[tuple[str, str, str]]:
    """The numbers at the top: what, how much, and its interval."""
    total = said.total
    if total is None:
        return []
    ahead = said.forecast
    return [
        ("completed shots", f"{total.shots:,}", f"of {total.shots + ahead.shots:,}" if ahead else ""),
        ("takes of clips", f"{total.takes:,}", ""),
        ("score of a take", number(total.score.value, ".3f"), between(total.score, ".3f")),
        ("attempts a shot", number(total.attempts.value, ".2f"), between(total.attempts, ".2f")),
        ("spent on clips", money(total.cost_usd), ""),
        ("an accepted second", money(total.per_second.value), between(total.per_second, ".2f", "$")),
        ("wasted", percent(total.waste), "of what clips cost" if total.waste is not None else ""),
    ]


def trend_row(name: str, found: Trend) -> dict[str, str]:
    """What is said of one series."""
    slope = NOTHING if found.slope is None else f"{100 * found.slope:+.3g}"
    within = NOTHING if found.low is None or found.high is None else f"{100 * found.low:+.3g} to {100 * found.high:+.3g}"
    return {
        "series": _SERIES[name], "claim": found.claim.value, "slope": slope, "interval": within,
        "p": "< 0.001" if found.p is not None and found.p < _SMALL else number(found.p, ".3f"),
        "memory": number(found.autocorrelation, ".2f"), "why": found.why,
    }


def rule_row(rule: str, found: Effect) -> dict[str, str]:
    """What a rule did to the score of first takes."""
    within = NOTHING if found.low is None or found.high is None else f"{found.low:+.3f} to {found.high:+.3f}"
    return {
        "rule": rule, "claim": found.claim, "design": found.design, "interval": within, "p": number(found.p, ".3f"),
        "shift": NOTHING if found.shift is None else f"{found.shift:+.3f}", "takes": f"{found.with_rule} / {found.without}",
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


def notes(said: Summary) -> list[str]:
    """What there is to say in sentences: the bottleneck, the drift, the chance of a first take, the source's own estimate."""
    found: list[str] = []
    if said.bottleneck is not None:
        found.append(said.bottleneck.sentence)
    if said.drift is not None:
        found.append(_drifted(said))
    ahead = said.forecast
    if ahead is not None and ahead.shots:
        found.append(f"A first take is accepted with a chance of {percent(ahead.first_pass)}; "
                     f"{ahead.stuck:.1f} of the shots left are expected to spend all attempts in vain.")
        if ahead.regression_attempts is not None:
            found.append(
                f"Drawn on as a straight line, the attempts of all shots together come to "
                f"{said.attempts_so_far + ahead.regression_attempts:,.0f} (an estimate without interval, kept for comparison).")
    fit = said.quality_line
    if fit is not None:
        found.append(f"A line through the scores moves by {100 * fit.slope:+.3g} over a hundred shots "
                     f"({100 * fit.low:+.3g} to {100 * fit.high:+.3g}, {fit.method}).")
    fit = said.attempts_growth
    if fit is not None:
        change, low, high = (expm1(100 * value) for value in (fit.slope, fit.low, fit.high))
        found.append(f"Failures a shot change by {change:+.0%} over a hundred shots ({low:+.0%} to {high:+.0%}, {fit.method}).")
    return found


def _drifted(said: Summary) -> str:
    drift = said.drift
    if drift is None:
        return ""
    level = f"The level of quality is that of the first {drift.baseline} shots"
    sure = "" if drift.sure else f" (below {FULL_BASELINE}, so the limits are wider and a drift is found later)"
    if drift.found.signal is None:
        return f"{level}{sure}; nothing has left it since."
    way = "upwards" if drift.found.up else "downwards"
    return f"{level}{sure}; shot {drift.ordinal} left it {way}: a {drift.found.signal.value}."


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


def number(value: float | None, form: str) -> str:
    """A number, or a dash where it is not known."""
    return NOTHING if value is None else format(value, form)


def money(value: float | None) -> str:
    """Dollars and cents; tenths of a cent below a dime."""
    return NOTHING if value is None else f"${value:,.2f}" if value == 0 or value >= 0.1 else f"${value:.4f}"  # noqa: PLR2004 - a dime


def percent(value: float | None) -> str:
    """A share in percent."""
    return NOTHING if value is None else f"{value:.0%}"


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"


def between(found: Known, form: str, sign: str = "") -> str:
    """The ends of an interval; nothing where there are none."""
    return "" if found.low is None or found.high is None else f"{sign}{found.low:{form}} to {sign}{found.high:{form}}"


def _charts(said: Summary) -> dict[str, Json]:
    """Every chart by the id of its place on the page; none where there is nothing to draw."""
    charts: dict[str, Json] = {}
    if said.shots:
        charts["quality"] = _chart(report_charts.curve(said.shots, "quality", said.states.get("quality")), "score", "shots")
        charts["attempts"] = _chart(report_charts.curve(said.shots, "attempts", said.states.get("attempts")), "attempts", "shots")
        if any(shot.cost_usd for shot in said.shots):
            charts["spending"] = _chart(report_charts.spending(said.shots, said.forecast if said.priced else None), "$", "shots")
    for name in HEADS:
        groups = said.comparisons.get(name, [])
        if len(groups) > 1:
            charts[f"by-{name}"] = _chart(report_charts.comparison(groups), "", "", rows=min(len(groups), report_charts.GROUPS))
    return charts


def _chart(traces: Sequence[report_charts.Trace], y: str, x: str, rows: int = 0) -> Json:
    return {"traces": list(traces), "x": x, "y": y, "rows": rows}


@cache
def _template() -> Template:
    text = files("aiuteur.exports").joinpath("report.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(text)


@cache
def _plotly() -> str:
    """The chart library's one script."""
    from plotly.offline import get_plotlyjs

    return get_plotlyjs()
