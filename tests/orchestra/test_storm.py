"""Real sensors and real runs on an ephemeral instance, around makers that take no time: nothing lost, nothing in vain."""

import random
from collections.abc import Generator
from pathlib import Path

import pytest

from aiuteur.film.commands import Edit, Pin
from benchmarks import lost, storm
from benchmarks.storm import Orchestra, orchestra, raging


@pytest.fixture
def small(database_url: str, tmp_path: Path) -> Generator[tuple[Orchestra, list[storm.Lane]]]:
    with orchestra(database_url, str(tmp_path), 3) as found:
        yield found


def test_neither_accident_loses_an_update_here_and_both_do_under_eager(small: tuple[Orchestra, list[storm.Lane]]) -> None:
    ours, (first, second, third) = small
    assert ours.current(third)
    assert lost.changed_meanwhile(ours, first)
    assert lost.failed_once(ours, second)
    assert (ours.failed, ours.astray) == (1, 0)
    assert not lost.eager_changed_meanwhile()
    assert not lost.eager_failed_once()


def test_a_small_storm_asks_for_no_run_in_vain(
    small: tuple[Orchestra, list[storm.Lane]], monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, lanes = small
    monkeypatch.setattr(storm, "BETWEEN", 6)
    monkeypatch.setattr(storm, "FAILS", 0.05)
    raging(ours, lanes, random.Random(7), 18)  # noqa: S311 - the same each time
    plans = {key.rpartition(":")[0] for key in ours.asked}
    assert 0 < ours.runs <= len(plans) + ours.failed
    assert (ours.needless, ours.astray) == (0, 0)
    assert all(ours.current(lane) for lane in lanes)
    assert ours.watch.sweep(10.0).missed == ()


def test_what_a_person_holds_is_never_asked_for(small: tuple[Orchestra, list[storm.Lane]]) -> None:
    ours, (lane, *_) = small
    ours.desk.do(lane, Pin(items=("prompts/1A",)))
    ours.desk.do(lane, Edit(item="shot:1A", changes={"action": "They row back."}))
    ours.settle()
    assert ours.studio.ran == []
    assert ours.current(lane)
