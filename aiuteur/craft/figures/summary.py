"""The summary: everything that is said of a project's or the studio's figures, worked out once wherever it is shown.

Belongs here: putting trends, drift, forecast and comparisons together. Does not belong here: fetching (`aiuteur.figures`), or
showing (`aiuteur.exports.report`, the terminal, the orchestra), or any statistic itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiuteur.craft.anchors import Drift as JudgeDrift
from aiuteur.craft.anchors import Readings
from aiuteur.craft.anchors import drift as drifted
from aiuteur.craft.figures.agreement import Agreement, agreements
from aiuteur.craft.figures.bottleneck import Bottleneck, Finished, bottleneck
from aiuteur.craft.figures.comparing import Compared, compared
from aiuteur.craft.figures.drift import FULL_BASELINE, Drift, baseline, unbounded, watch
from aiuteur.craft.figures.effects import Effect, effect
from aiuteur.craft.figures.facts import Facts, ProjectFacts, ShotFigures, forecast_of
from aiuteur.craft.figures.fits import Fit, growth, line
from aiuteur.craft.figures.forecast import Forecast
from aiuteur.craft.figures.running import Running
from aiuteur.craft.figures.trends import Claim, Trend, together, trend

SERIES: Final = ("quality", "attempts", "cost")


@dataclass(frozen=True, slots=True)
class DriftReport:
    """What the control charts of quality say: how many shots the level comes from, and the ordinal of the shot they spoke at."""

    baseline: int
    sure: bool
    found: Drift
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """Which judge by which rubric has read how many anchors how often, and who drifted meanwhile: it, the work, or nobody."""

    judge: str
    template: str
    anchors: int
    readings: int
    found: JudgeDrift


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of the studio, with what may be claimed of it beside all the others, and its quality over its shots."""

    name: str
    takes: int
    cost_usd: float
    shots: int
    quality: Trend
    attempts: Trend
    curve: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """All there is to say; what may not be claimed is None or says so itself.

    The fits describe what is claimed of the quality and the attempts, and are not made where nothing is.
    """

    name: str
    total: Compared | None
    shots: Sequence[ShotFigures]
    states: dict[str, Running]
    trends: dict[str, Trend]
    quality_line: Fit | None
    attempts_growth: Fit | None
    drift: DriftReport | None
    bottleneck: Bottleneck | None
    forecast: Forecast | None
    priced: bool
    comparisons: dict[str, list[Compared]]
    projects: list[ProjectLine]
    rules: dict[str, Effect]
    agreement: dict[str, Agreement]
    judge: JudgeReport | None
    whole: int | None

    @property
    def attempts_so_far(self) -> int:
        """Attempts of the shots that are completed."""
        return sum(shot.attempts for shot in self.shots)


def summarised(facts: Facts) -> Summary:
    """What the facts come to."""
    total = next((one for one in compared(facts.sums.get("", ())) if one.takes or one.cost_usd), None)
    trends = together({name: trend(values(facts.shots, name)) for name in SERIES}) if facts.shots else {}
    comparisons = {group: compared(found) for group, found in facts.sums.items() if group and found}
    return Summary(
        facts.name, total, facts.shots, dict(facts.states), trends,
        line(values(facts.shots, "quality")) if _claimed(trends, "quality") else None,
        growth([shot.attempts for shot in facts.shots]) if _claimed(trends, "attempts") else None, _drift(facts.shots),
        bottleneck([finished(shot) for shot in facts.shots], facts.frames), forecast_of(facts),
        facts.outlook is not None and facts.outlook.priced, comparisons, _projects(facts.projects),
        {rule: effect(takes) for rule, takes in facts.rules.items()}, agreements(facts.opinions), _judge(facts.readings),
        facts.outlook.whole if facts.outlook is not None else None,
    )


def _claimed(trends: Mapping[str, Trend], series: str) -> bool:
    """Whether a series is said to rise or fall: only then a fit of it is worth the while."""
    return series in trends and trends[series].claim is not Claim.NONE


def _projects(projects: Sequence[ProjectFacts]) -> list[ProjectLine]:
    """Every project; of its two trends only what is left when all projects are looked at together."""
    series = {f"{name}\n{at}": trend(found) for at, one in enumerate(projects)
              for name, found in (("quality", one.quality), ("attempts", one.attempts))}
    told = together(series)
    return [
        ProjectLine(one.name, one.takes, one.cost_usd, one.shots, told[f"quality\n{at}"], told[f"attempts\n{at}"], one.quality)
        for at, one in enumerate(projects)
    ]


def values(shots: Sequence[ShotFigures], series: str) -> list[float]:
    """One series (quality, attempts, cost) in the order of completion, what is unknown left out.

    A shot's quality is the median of its takes: that of the take which was accepted at last is never below the threshold.
    """
    found = {
        "quality": [shot.quality for shot in shots], "attempts": [float(shot.attempts) for shot in shots],
        "cost": [shot.cost_usd for shot in shots],
    }[series]
    return [value for value in found if value is not None]


def _drift(shots: Sequence[ShotFigures]) -> DriftReport | None:
    """The level of the first half of the scores, of a hundred at most, held against those after it."""
    scored = [(shot.ordinal, unbounded(shot.quality)) for shot in shots if shot.quality is not None]
    size = min(FULL_BASELINE, len(scored) // 2)
    level = baseline([value for _, value in scored[:size]])
    if level is None:
        return None
    later = scored[size:]
    found = watch([value for _, value in later], level)
    return DriftReport(size, size >= FULL_BASELINE, found, None if found.at is None else later[found.at][0])


def _judge(found: Readings | None) -> JudgeReport | None:
    if found is None:
        return None
    many = len({one.anchor for one in found.anchors})
    return JudgeReport(found.judge, found.template, many, len(found.anchors), drifted(found.anchors, found.work))


def finished(shot: ShotFigures) -> Finished:
    """A completed shot as a bottleneck is looked for in it."""
    return Finished(float(shot.attempts), {
        "model": (shot.model,) if shot.model else (), "character": tuple(shot.characters),
    })
