"""Figures are taken anew with every take that the lane shows, however alike it was judged, and rest while none is new."""

import asyncio
from pathlib import Path

from aiuteur.craft.world import Key
from aiuteur.film.commands import Remake
from aiuteur.film.crew import Role
from aiuteur.film.dailies import Verdict
from aiuteur.film.figures import Metrics
from aiuteur.media.storage import Storage
from aiuteur.registry.database import Registry
from aiuteur.stages import forecast, metrics
from aiuteur.stages.needs import needs
from aiuteur.stages.run import run_stage
from aiuteur.stages.work import Bench, Stage
from tests.registry.builders import command
from tests.stages.floor import cinematographer, crew, filmed, run, world

FIGURES: tuple[Stage, ...] = (metrics, forecast)


def _stock(registry: Registry, home: Path) -> None:
    for stage in FIGURES:
        hands = crew(registry, home, {Role.CINEMATOGRAPHER: cinematographer()})
        asyncio.run(run_stage(stage, Bench(world(registry), hands, Storage.open(str(home))), registry))


def _reasons(registry: Registry) -> list[str | None]:
    now = world(registry)
    return [needs(unit, now) for stage in FIGURES for unit in stage.units(now)]


def _takes(registry: Registry) -> int:
    noun = world(registry).items[Key("metrics")].noun
    assert isinstance(noun, Metrics)
    return noun.takes


def test_another_take_that_is_judged_alike_is_another_figure(registry: Registry, tmp_path: Path) -> None:
    filmed(registry, 1)
    for stage in ("frames", "clips", "dailies"):
        run(registry, tmp_path, stage)
    _stock(registry, tmp_path)
    assert (_reasons(registry), _takes(registry)) == ([None, None], 2)
    first = world(registry).items[Key("dailies", "x1/clip")].noun
    command(registry, Remake(items=("clips/x1",)))
    run(registry, tmp_path, "clips")
    again = world(registry).items[Key("dailies", "x1/clip")].noun
    assert isinstance(first, Verdict)
    assert isinstance(again, Verdict)
    assert (again.score, again.overall) == (first.score, first.overall)
    assert again.take != first.take
    assert _reasons(registry) == ["stale: review of 10 clip: take"] * 2
    _stock(registry, tmp_path)
    assert (_reasons(registry), _takes(registry)) == ([None, None], 3)
