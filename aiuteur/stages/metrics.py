"""Metrics: a lane in numbers, from its dailies and the ledger."""

import asyncio
from collections.abc import Sequence

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.dailies import Overall, Verdict
from aiuteur.film.figures import Metrics
from aiuteur.film.shots import Shot
from aiuteur.registry.versions import Outcome
from aiuteur.stages.shot_list import all_shots
from aiuteur.stages.work import Bench, Unit, drafted, outcome

name = "metrics"
_ACCEPTED = frozenset({Overall.ACCEPT, Overall.ACCEPT_WITH_NOTES})


def units(world: World) -> Sequence[Unit]:
    """One unit."""
    del world
    return (Unit("", (Key(name),)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Count shots, takes, accepted seconds, dollars and calls."""
    reading, world = Reading(bench.world), bench.world
    shots = all_shots(world)
    accepted = {item for item in shots if _accepted(reading, item)}
    scores = [
        verdict.score for item in world.of("dailies")
        if (verdict := reading.view(Verdict, Key("dailies", item), "score")).score is not None
    ]
    seconds = sum(_screen_seconds(reading, item) for item in shots if item in accepted)
    sums = await asyncio.to_thread(bench.crew.sums)
    cost = float(sums.total.cost_usd)
    takes = sum(sums.by_artifact[artifact].takes for artifact in ("frames", "clips") if artifact in sums.by_artifact)
    made = Metrics(
        shots=len(shots), completed_shots=len(accepted), takes=takes, accepted_seconds=round(seconds, 3), cost_usd=cost,
        mean_score=round(sum(scores) / len(scores), 6) if scores else None,
        cost_per_accepted_second=round(cost / seconds, 6) if seconds else None,
        calls_made=sums.total.calls, calls_reused=sums.total.reused,
    )
    return outcome([drafted(unit.keys[0], made, reading, world)])


def _accepted(reading: Reading, shot: str) -> bool:
    verdict = reading.maybe(Verdict, Key("dailies", f"{shot}/clip"), "overall")
    return verdict is not None and verdict.overall in _ACCEPTED


def _screen_seconds(reading: Reading, item: str) -> float:
    shot = reading.view(Shot, Key("shot_list", item), "duration", "in_point", "out_point")
    return (shot.out_point if shot.out_point is not None else shot.duration) - shot.in_point
