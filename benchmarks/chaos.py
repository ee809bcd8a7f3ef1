"""Chaos: what dying processes, restarted databases and failing providers cost, counted against the bill of the services.

Belongs here: kills at every commit point of the submit protocol, generations under random faults, histories of the coordinator.
Does not belong here: how fast it all is (`paying`), or films killed without any money in them (`crash`).

How much is done is set by `AIUTEUR_CHAOS` (a share of the full size; `make chaos` takes 15 times it).
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Final

from aiuteur.registry.states import OPEN
from benchmarks.counter import Booked, Shop, by_key, shop, twice
from benchmarks.simulation import simulate
from benchmarks.spender import CLIP, IN_FLIGHT, PICTURE, named
from benchmarks.table import Found, group

SIZE: Final = float(os.environ.get("AIUTEUR_CHAOS", "1"))
KILLS: Final = max(13, round(200 * SIZE))
SEEDS: Final = max(500, round(10_000 * min(1.0, SIZE)))
GENERATIONS: Final = max(100, min(10_000, round(1000 * SIZE)))
_INTENDED: Final = "intended"
_PACED: Final = {provider: {"per_second": 20} for provider in ("google", "openai")}
"""An intent is booked by itself only where the turn is still to come; else together with the sending."""

LONG: Final = (_INTENDED, "reserved", IN_FLIGHT, "submitted", "booked submitted", "polled", "stored", "settled")
SHORT: Final = (_INTENDED, "reserved", "made", "stored", "settled")
_AT_ONCE: Final = 2
_TRIES: Final = 3
_SPENDERS: Final = 6
"""How many spenders die side by side: most of a death is waiting for the lease of the dead."""

_FAULTS: Final = (
    ("429", 0.05), ("503", 0.03), ("drop_before", 0.03), ("500_after", 0.04), ("drop_after", 0.03), ("refusal", 0.02),
)
"""Each with its share of the calls."""

_UNANSWERED: Final = frozenset({"500_after", "drop_after"})


@group("kills", f"{KILLS} spenders killed at the commit points of the submit protocol, then run again.")
def kills() -> Iterator[Found]:
    """What was lost, accepted twice, or is ambiguous where it should not be."""
    with shop("kills", pace={"clip": 0.1}) as place:
        points = [(CLIP, point) for point in LONG] + [(PICTURE, point) for point in SHORT]
        with ThreadPoolExecutor(_SPENDERS) as pool:
            deaths = [pool.submit(_killed, place, *points[number % len(points)], number) for number in range(KILLS)]
            died = [death.result() for death in deaths]
        rows = place.booked()
        yield Found("spenders killed", sum(died), "", KILLS, least=True)
        yield from _counted(place, rows)


def _killed(place: Shop, model: str, point: str, number: int) -> bool:
    """A spender that dies at a point with some calls under way, and the run that takes up what it left; whether it died.

    On a busy machine a call may find its turn come when it asks for it, so that nothing is intended by itself: one that came
    through buys again.
    """
    lane = place.lane(f"kill-{number}")
    paced = {"settings": place.settings(limits=_PACED)} if point == _INTENDED else {}
    for attempt in range(_TRIES):
        keys = [f"k{number}-{attempt}-{at}" for at in range(_AT_ONCE)]
        for key in keys if point == IN_FLIGHT else ():
            place.services.fault("timeout", route="predictLongRunning", model=named(key), times=1, seconds=2.0)
        code = place.spend(place.job(lane, keys, model, f"w{number}", point=point, ordinal=1 + number % _AT_ONCE, **paced))
        place.spend(place.job(lane, keys, model, f"w{number}-again"))
        if code == -signal.SIGKILL:
            return True
    return False


def _counted(place: Shop, rows: list[Booked]) -> Iterator[Found]:
    long, short = [row for row in rows if row.long], [row for row in rows if not row.long]
    lost = sum(not any(row.state == "COMPLETED" for row in of_key) for of_key in by_key(long).values())
    lost += sum(not any(row.state in {"COMPLETED", "AMBIGUOUS"} for row in of_key) for of_key in by_key(short).values())
    yield Found("calls lost", lost, "", 0)
    yield Found("calls accepted twice", twice(place, rows) + _short_twice(place, short), "", 0)
    yield Found("ambiguous although they can be looked for", sum(row.state == "AMBIGUOUS" for row in long), "", 0)
    unsure = sum(row.state == "AMBIGUOUS" and row.operation is not None for row in rows)
    yield Found("ambiguous with an operation known", unsure, "", 0)
    yield Found("left open", sum(row.state in {*OPEN} - {"AMBIGUOUS"} for row in rows), "", 0)
    yield Found("waiting for a person", sum(row.state == "AMBIGUOUS" for row in short), "")
    yield from _sums(place, rows)


def _short_twice(place: Shop, rows: list[Booked]) -> int:
    """Calls without an intent on the bill beyond one for each key."""
    lines = sum(1 for line in place.services.bill().lines if not line["intent"])
    return max(0, lines - len(by_key(rows)))


def _sums(place: Shop, rows: list[Booked]) -> Iterator[Found]:
    """The bill lies within what is known and what is still reserved."""
    bill = place.services.bill().total
    known = sum((row.cost for row in rows if row.cost is not None), Decimal(0))
    held = sum((row.reserved or Decimal(0) for row in rows if row.state in OPEN or row.suspected), Decimal(0))
    yield Found("bill beyond known costs", float(max(Decimal(0), bill - known)), "$", float(held))
    yield Found("known costs beyond the bill", float(max(Decimal(0), known - bill)), "$", 0)


@group("faults", f"{GENERATIONS} generations, one in five of which meets a fault; what is booked against the bill.")
def faults() -> Iterator[Found]:
    """Known costs against the bill, to the cent."""
    with shop("faults", seed=1) as place:
        for fault, share in _FAULTS:
            place.services.fault(fault, route="images", times=-1, share=share)
        lane, size = place.lane("faults"), 250
        for first in range(0, GENERATIONS, size):
            keys = [f"f{number}" for number in range(first, min(first + size, GENERATIONS))]
            place.spend(place.job(lane, keys, PICTURE, f"w{first}", at_once=8, resend_under="1"))
        rows = place.booked()
        certain = {key for key, of_key in by_key(rows).items() if not any(row.state in OPEN or row.suspected for row in of_key)}
        yield Found("keys asked for", len(by_key(rows)), "", GENERATIONS, least=True)
        yield Found("keys completed", sum(any(row.state == "COMPLETED" for row in of) for of in by_key(rows).values()), "")
        yield Found("keys without a doubt", len(certain), "")
        answered = sum(Decimal(line["usd"]) for line in place.services.bill().lines if line["fault"] not in _UNANSWERED)
        known = sum((row.cost for row in rows if row.cost is not None), Decimal(0))
        yield Found("known costs against the bill of what was answered", float(abs(known - answered)), "$", 0)
        yield from _sums(place, rows)


@group("histories", f"{SEEDS} histories of the coordinator, each from a seed.")
def histories() -> Iterator[Found]:
    """Histories that break a rule; their seeds are printed."""
    broken = {seed: history.wrong for seed in range(SEEDS) if (history := simulate(seed)).wrong}
    for seed, wrong in broken.items():
        print(f"seed {seed}: {wrong}")
    yield Found("histories", SEEDS, "", SEEDS, least=True)
    yield Found("histories that break a rule", len(broken), "", 0)
