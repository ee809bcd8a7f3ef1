"""Metrics: a lane in numbers, from its dailies and the ledger, and the curves of its project."""

import asyncio
from collections.abc import Collection, Sequence

from aiuteur.craft.figures.facts import Facts
from aiuteur.craft.figures.summary import values
from aiuteur.craft.figures.trends import Trend, together, trend
from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.dailies import Verdict
from aiuteur.film.figures import Curve, Metrics
from aiuteur.film.shots import Shot
from aiuteur.registry.versions import Outcome
from aiuteur.stages.needs import held, moves
from aiuteur.stages.shot_list import listed_shots
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "metrics"


def units(world: World) -> Sequence[Unit]:
    """One unit."""
    del world
    return (Unit("", (Key(name),)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Count shots, takes, accepted seconds, dollars and calls, and say where quality, attempts and cost are going."""
    reading, world = Reading(bench.world), bench.world
    shots = listed_shots(reading)
    done = completed(reading, world, await asyncio.to_thread(bench.crew.ended))
    scores = [verdict.score for verdict in booked(reading, world) if verdict.score is not None]
    seconds = sum(screen_seconds(reading, item) for item in shots if item in done)
    sums = await asyncio.to_thread(bench.crew.sums)
    facts = await asyncio.to_thread(bench.crew.facts, {})
    cost = float(sums.total.cost_usd)
    takes = sum(sums.by_artifact[artifact].takes for artifact in ("frames", "clips") if artifact in sums.by_artifact)
    made = Metrics(
        shots=len(shots), completed_shots=len(done), takes=takes, accepted_seconds=round(seconds, 3), cost_usd=cost,
        mean_score=round(sum(scores) / len(scores), 6) if scores else None,
        cost_per_accepted_second=round(cost / seconds, 6) if seconds else None,
        calls_made=sums.total.calls, calls_reused=sums.total.reused, waste=_waste(facts), **_curves(facts),
    )
    return outcome([drafted(unit.keys[0], made, reading, world)])


def booked(reading: Reading, world: World) -> list[Verdict]:
    """What dailies say of every take that the lane shows.

    The ledger is in no basis, since it moves with every call; whose takes it was asked about is: another take is another figure.
    """
    return [reading.view(Verdict, Key("dailies", item), "take", "score") for item in world.of("dailies")]


def completed(reading: Reading, world: World, ended: Collection[str]) -> frozenset[str]:
    """The shots that are completed: of those that their selected clip completes (`ended`), the ones that it is still true of.

    A clip whose inputs have moved completes nothing any more, unless a person holds it.
    """
    clips = {shot: Key("clips", shot) for shot in listed_shots(reading)}
    for shot in clips:
        reading.maybe(Verdict, Key("dailies", f"{shot}/clip"), "overall")
    return frozenset(shot for shot, key in clips.items() if shot in ended and (held(key, world) or not moves(key, world)))


def screen_seconds(reading: Reading, item: str) -> float:
    """The seconds of a shot that are in the film."""
    shot = reading.view(Shot, Key("shot_list", item), "duration", "in_point", "out_point")
    return (shot.out_point if shot.out_point is not None else shot.duration) - shot.in_point


def _waste(facts: Facts) -> float | None:
    total = next(iter(facts.sums.get("", ())), None)
    return round((total.cost - total.good) / total.cost, 6) if total is not None and total.cost > 0 else None


def _curves(facts: Facts) -> dict[str, Curve]:
    """The three series, each with what may be claimed of it beside the others."""
    trends = together({series: trend(values(facts.shots, series)) for series in ("quality", "attempts", "cost")})
    return {series: _curve(facts, series, found) for series, found in trends.items()}


def _curve(facts: Facts, series: str, found: Trend) -> Curve:
    state = facts.states.get(series)
    return Curve(
        n=found.n, mean=rounded(state.mean_y if state else None), fitted=rounded(state.slope if state else None),
        slope=rounded(found.slope), low=rounded(found.low), high=rounded(found.high), claim=found.claim, why=found.why,
        autocorrelation=rounded(found.autocorrelation),
    )


def rounded(value: float | None) -> float | None:
    """A number as it is kept: nine digits after the point are more than anybody reads."""
    return None if value is None else round(value, 9)
