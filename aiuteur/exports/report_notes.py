"""The report's sentences: the bottleneck, the drift, the judge, the chance of a first take, the source's own estimate.

Belongs here: saying what the summary holds. Does not belong here: tables (`report`), or what may be claimed (`craft.figures`).
"""

from math import expm1
from typing import Final

from aiuteur.craft import anchors
from aiuteur.craft.anchors import Drifted
from aiuteur.craft.figures.drift import FULL_BASELINE
from aiuteur.craft.figures.summary import JudgeReport, Summary
from aiuteur.exports.report_numbers import percent

_FEW: Final = 0.05
"""Shots below which none is said to be expected."""


def notes(said: Summary) -> list[str]:
    """What there is to say in sentences: the bottleneck, the drift, the chance of a first take, the source's own estimate."""
    found: list[str] = []
    if said.bottleneck is not None:
        found.append(said.bottleneck.sentence)
    if said.drift is not None:
        found.append(_drifted(said))
    if said.judge is not None:
        found.append(_judged(said.judge))
    ahead = said.forecast
    if ahead is not None and ahead.shots:
        vain = f"{ahead.stuck:.1f}" if ahead.stuck >= _FEW else "none"
        found.append(f"A first take is accepted with a chance of {percent(ahead.first_pass)}; "
                     f"{vain} of the {ahead.shots} shots left are expected to spend all attempts in vain.")
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


def _judged(judge: JudgeReport) -> str:
    """What the anchors say of the judge."""
    of = f"{judge.readings} readings of {judge.anchors} anchors by {judge.judge}"
    drift = judge.found
    if drift.judge is None:
        return f"{of}: nothing is claimed of a judge below {anchors.LEAST} readings."
    way = "kinder" if drift.judge > 0 else "stricter"
    if drift.who in {Drifted.JUDGE, Drifted.BOTH}:
        both = drift.who is Drifted.BOTH
        work = f"; the work changed by {drift.work:+.3f} besides" if both else "; what scores rose or fell is its doing"
        return f"{of}: the judge grew {abs(drift.judge):.3f} {way}{work}."
    work = f", so that the work's change by {drift.work:+.3f} is its own" if drift.who is Drifted.WORK else ""
    return f"{of}: the judge has not drifted ({drift.judge:+.3f}, which chance may do){work}."
