import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aiuteur.craft.world import Key, Reading, World
from aiuteur.errors import Unavailable
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.story import Beat, Turn
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import projects, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome
from tests.fakes import Scripted, saying

LANE = Lane("lamplighter")
BRIEF = Brief(length_seconds=30)


@dataclass
class Beats:
    """A stage whose units are single beats, each one call, reading the brief's tone."""

    items: Sequence[str]
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    name: str = "beats"
    made: list[str] = field(default_factory=list[str])

    def units(self, world: World) -> Sequence[Unit]:
        return [Unit(item, (Key("beats", item),), self.after.get(item, ())) for item in self.items]

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        reading = Reading(bench.world)
        tone = reading.view(Brief, Key("brief"), "tone").tone
        asked = await Asking(Role.WRITER, "beats", unit.keys[0], reading, {"item": unit.anchor, "tone": tone}).by(bench.crew)
        self.made.append(unit.anchor)
        return outcome([drafted(unit.keys[0], beat(unit.anchor, content(asked)["text"]), reading, bench.world, asked)], asked)


def beat(item: str, text: str) -> Beat:
    return Beat(id=item, text=text, turn=Turn.SETUP, emotion="calm", passages=(), seconds=1.0)


def failing_at(*items: str) -> Scripted:
    def answer(request: Request) -> Reply:
        if request.payload["item"] in items:
            message = "The lamp went out."
            raise Unavailable(message)
        return Reply(content={"text": f"beat {request.payload['item']}"}, cost_usd=0.0)

    return Scripted(answer)


@pytest.fixture
def lane(registry: Registry) -> Lane:
    with registry.transaction() as session:
        projects.create_project(session, LANE, Narrative(title="L", text="He lit it.", format=SourceFormat.PROSE), BRIEF)
    return LANE


def run(registry: Registry, stage: Beats, writer: Scripted, tmp_path: Path, at_once: int = 16) -> StageReport:
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    storage = Storage.open(str(tmp_path))
    crew = Crew(registry, storage, Cast.of({Role.WRITER: writer}, at_once), LANE, worker="test")
    return asyncio.run(run_stage(stage, Bench(world, crew, storage), registry))


def edit_tone(registry: Registry, tone: str) -> None:
    with registry.transaction() as session:
        changed = BRIEF.model_copy(update={"tone": tone})
        versions.record(session, LANE, Outcome(drafts=[Draft(Key("brief"), changed, {}, pin=True)]))


def test_what_is_missing_is_made_once_and_then_rests(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    first, second = failing_at(), failing_at()
    assert run(registry, Beats("abc"), first, tmp_path).made == 3
    again = run(registry, Beats("abc"), second, tmp_path)
    assert (again.made, again.calls_made, again.items, second.asked) == (0, 0, 3, [])


def test_a_moved_read_path_makes_every_item_that_read_it_again(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    run(registry, Beats("ab"), failing_at(), tmp_path)
    edit_tone(registry, "wry")
    report = run(registry, Beats("ab"), failing_at(), tmp_path)
    assert report.made == 2
    assert report.notes == ("a: stale: brief: tone", "b: stale: brief: tone")


def test_a_reverted_edit_is_answered_by_the_earlier_purchase(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    run(registry, Beats("a"), failing_at(), tmp_path)
    edit_tone(registry, "wry")
    run(registry, Beats("a"), failing_at(), tmp_path)
    edit_tone(registry, "")
    writer = failing_at()
    report = run(registry, Beats("a"), writer, tmp_path)
    assert (report.made, report.calls_made, report.calls_reused, writer.asked) == (1, 0, 1, [])


def test_a_failed_unit_keeps_what_the_others_made_and_stops_only_what_waits_for_it(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    stage = Beats("abcd", after={"c": ("b",), "d": ("a",)})
    with pytest.raises(Unavailable, match="The lamp went out"):
        run(registry, stage, failing_at("b"), tmp_path)
    assert sorted(stage.made) == ["a", "d"]
    again = Beats("abcd", after={"c": ("b",), "d": ("a",)})
    run(registry, again, failing_at(), tmp_path)
    assert again.made == ["b", "c"]


def test_an_item_that_no_unit_answers_for_leaves_the_lane_and_keeps_its_history(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    run(registry, Beats("ab"), failing_at(), tmp_path)
    report = run(registry, Beats("a"), failing_at(), tmp_path)
    assert set(report.world.of("beats")) == {"a"}
    with registry.transaction() as session:
        assert set(versions.world(session, LANE).of("beats")) == {"a"}
        assert len(versions.history(session, LANE, Key("beats", "b"))) == 1


def test_units_are_made_at_once_up_to_the_limit(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    writer = Scripted(saying({"text": "t"}), seconds=0.05)
    run(registry, Beats("abcdefgh"), writer, tmp_path, at_once=3)
    assert writer.at_once == 3


def test_the_data_version_is_the_same_for_the_same_content(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    first = run(registry, Beats("ab"), failing_at(), tmp_path).data_version
    edit_tone(registry, "wry")
    assert run(registry, Beats("ab"), failing_at(), tmp_path).data_version == first


def test_an_edited_item_is_left_alone_whatever_moved(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    run(registry, Beats("ab"), failing_at(), tmp_path)
    with registry.transaction() as session:
        versions.record(session, LANE, Outcome(drafts=[Draft(Key("beats", "a"), beat("a", "mine"), {}, pin=True)]))
    edit_tone(registry, "wry")
    report = run(registry, Beats("ab"), failing_at(), tmp_path)
    kept = report.world.items[Key("beats", "a")].noun
    assert isinstance(kept, Beat)
    assert (report.made, kept.text) == (1, "mine")


def test_a_failed_call_is_booked_and_may_be_made_again(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        run(registry, Beats("a"), failing_at("a"), tmp_path)
    assert run(registry, Beats("a"), failing_at(), tmp_path).made == 1
