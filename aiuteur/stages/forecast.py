"""Forecast: what is left of a lane, with the attempts, dollars and time that it will take."""

import asyncio
from collections.abc import Sequence
from statistics import median

from aiuteur.craft.figures import facts as known
from aiuteur.craft.figures.bottleneck import bottleneck
from aiuteur.craft.figures.facts import Facts, ShotFigures
from aiuteur.craft.figures.forecast import Interval
from aiuteur.craft.figures.summary import finished
from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.figures import CurvePoint, Forecast, Range
from aiuteur.registry.versions import Outcome
from aiuteur.stages.metrics import booked, completed, rounded, screen_seconds
from aiuteur.stages.needs import moves
from aiuteur.stages.shot_list import listed_shots
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "forecast"
_POINTS = 240


def units(world: World) -> Sequence[Unit]:
    """One unit."""
    del world
    return (Unit("", (Key(name),)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Draw the futures of the shots whose clip has no accepted take yet."""
    reading, world = Reading(bench.world), bench.world
    booked(reading, world)
    done = completed(reading, world, await asyncio.to_thread(bench.crew.ended))
    left = {item: screen_seconds(reading, item) for item in listed_shots(reading) if item not in done}
    moved = {item for item in left if moves(Key("clips", item), world)}
    facts = await asyncio.to_thread(bench.crew.facts, left, moved)
    return outcome([drafted(unit.keys[0], await asyncio.to_thread(forecast_of, facts), reading, world)])


def forecast_of(facts: Facts) -> Forecast:
    """The forecast as it is kept; raises `ValueError` for facts that are of no lane."""
    ahead, found = facts.outlook, known.forecast_of(facts)
    if ahead is None or found is None:
        message = f"{facts.name} is no lane: only a lane has something left."
        raise ValueError(message)
    made = sum(shot.attempts for shot in facts.shots)
    narrows = bottleneck([finished(shot) for shot in facts.shots], facts.frames)
    return Forecast(
        shots_left=found.shots, attempts_made=made, attempts=_range(found.attempts),
        cost_usd=_range(found.cost_usd) if ahead.priced or not ahead.left else None, seconds=_range(found.seconds),
        first_pass=round(found.first_pass, 6), stuck=round(found.stuck, 6), warning=narrows.sentence if narrows else "",
        estimated_attempts=rounded(None if found.regression_attempts is None else made + found.regression_attempts),
        curve=points(facts.shots),
    )


def points(shots: Sequence[ShotFigures]) -> tuple[CurvePoint, ...]:
    """The learning curve in at most 240 points, each the medians of as many shots as it stands for."""
    block = max(1, -(-len(shots) // _POINTS))
    return tuple(_point(shots[at:at + block]) for at in range(0, len(shots), block))


def _point(shots: Sequence[ShotFigures]) -> CurvePoint:
    scores = [shot.quality for shot in shots if shot.quality is not None]
    return CurvePoint(
        ordinal=float(median(shot.ordinal for shot in shots)), score=rounded(median(scores)) if scores else None,
        attempts=float(median(shot.attempts for shot in shots)), stands_for=len(shots),
    )


def _range(found: Interval) -> Range:
    return Range(
        median=round(found.median, 6), low50=round(found.low50, 6), high50=round(found.high50, 6), low90=round(found.low90, 6),
        high90=round(found.high90, 6),
    )
