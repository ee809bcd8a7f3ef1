"""What a branch makes again is answered by what its parent bought, and its lists are the same items."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from aiuteur.craft.world import ORDER, Key, World
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.story import Beat
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import branches, projects, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.recall import recall
from aiuteur.registry.versions import Draft, Origin, Outcome
from aiuteur.stages.graph import STAGES
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Bench
from tests.fakes import Scripted

LANE = Lane("lamplighter")
VARIANT: dict[str, Any] = {"angle": "plain", "logline": "He lit it.", "prose": "He lit the lamp.", "passages": []}


def beat(text: str) -> dict[str, Any]:
    return {"text": text, "turn": "setup", "emotion": "calm", "passages": [], "seconds": 5.0}


class Writer(Scripted):
    """Writes the same beats, or those it is told to."""

    def __init__(self, *beats: str) -> None:
        self.beats = beats or ("He climbs the stair.", "He lights the lamp.", "A ship turns away.")
        super().__init__(self._written)

    def _written(self, request: Request) -> Reply:
        if request.task == "treatment":
            variants = [{**VARIANT, "angle": angle} for angle in ("plain", "wry", "grim")]
            return Reply(content={"variants": variants, "selected": 0}, cost_usd=0.0)
        return Reply(content={"beats": [beat(text) for text in self.beats]}, cost_usd=0.0)


@pytest.fixture
def lane(registry: Registry) -> Lane:
    story = Narrative(title="L", text="He lit it.", format=SourceFormat.PROSE)
    with registry.transaction() as session:
        projects.create_project(session, LANE, story, Brief(length_seconds=30))
    return LANE


def run(registry: Registry, lane: Lane, stage: str, writer: Scripted, folder: Path) -> StageReport:
    with registry.transaction() as session:
        world = recall(session, versions.world(session, lane))
    storage = Storage.open(str(folder))
    crew = Crew(registry, storage, Cast.of({Role.WRITER: writer}), lane, worker="test")
    return asyncio.run(run_stage(STAGES[stage], Bench(world, crew, storage), registry))


def fork(registry: Registry, name: str, at_stage: str) -> Lane:
    with registry.transaction() as session:
        return branches.fork(session, LANE, name, at_stage)[0]


def world_of(registry: Registry, lane: Lane) -> World:
    with registry.transaction() as session:
        return versions.world(session, lane)


def test_a_branch_that_makes_what_its_parent_made_asks_nobody_and_has_the_same_items(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    for stage in ("treatment", "beats"):
        run(registry, lane, stage, Writer(), tmp_path)
    early = fork(registry, "early", "brief")
    nobody = Writer()
    reports = [run(registry, early, stage, nobody, tmp_path) for stage in ("treatment", "beats")]
    assert nobody.asked == []
    assert [(report.calls_made, report.calls_reused) for report in reports] == [(0, 1), (0, 1)]
    ours, theirs = world_of(registry, LANE), world_of(registry, early)
    assert theirs.order("beats") == ours.order("beats")
    assert [theirs.items[key].digest for key in ours.items] == [found.digest for found in ours.items.values()]
    assert {found.n for key, found in theirs.items.items() if key.artifact == "beats"} == {2}


def test_a_list_that_comes_out_otherwise_keeps_the_items_it_still_has(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    for stage in ("treatment", "beats"):
        run(registry, lane, stage, Writer(), tmp_path)
    early = fork(registry, "early", "treatment")
    with registry.transaction() as session:
        found = versions.world(session, early).items[Key("treatment")]
        draft = Draft(found.key, found.noun.model_copy(update={"selected": 1}), found.basis, Origin.EDITED, pin=True)
        versions.record(session, early, Outcome((draft,)))
    otherwise = Writer("He climbs the stair.", "He lights the lamp.", "A gull cries.", "A ship turns away.")
    run(registry, early, "beats", otherwise, tmp_path)
    ours, theirs = world_of(registry, LANE).order("beats"), world_of(registry, early).order("beats")
    assert (*theirs[:2], theirs[3]) == ours
    assert theirs[2] not in ours
    assert Key(ORDER, "beats") in world_of(registry, early).items


def test_what_is_asked_for_on_two_branches_alike_is_bought_once(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    night = fork(registry, "night", "all")
    writer = Writer()
    run(registry, lane, "treatment", writer, tmp_path)
    run(registry, night, "treatment", writer, tmp_path)
    assert len(writer.asked) == 1


def test_items_new_on_both_branches_are_never_the_same(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    run(registry, lane, "treatment", Writer(), tmp_path)
    night = fork(registry, "night", "all")
    run(registry, lane, "beats", Writer(), tmp_path)
    run(registry, night, "beats", Writer(), tmp_path)
    ours, theirs = world_of(registry, lane), world_of(registry, night)
    assert not set(ours.order("beats")) & set(theirs.order("beats"))
    assert [_text(world, item) for world in (ours, theirs) for item in world.order("beats")] == [*Writer().beats, *Writer().beats]


def _text(world: World, item: str) -> str:
    noun = world.items[Key("beats", item)].noun
    return noun.text if isinstance(noun, Beat) else ""
