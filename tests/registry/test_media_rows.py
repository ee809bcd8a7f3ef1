"""Media rows and sums."""

from decimal import Decimal

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import NotFound
from aiuteur.film.noun import MediaRef
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion, fail, settle
from aiuteur.registry.media_rows import keep_measurements, measurements, remember
from aiuteur.registry.sums import Sums, lane_sums
from tests.registry.builders import LANE, ask, begun, draft, fork, put

PICTURE = MediaRef(sha256="e" * 64, mime="image/png", size=5)


def test_bytes_are_remembered_once(registry: Registry) -> None:
    with registry.transaction() as session:
        remember(session, [PICTURE, PICTURE])
        remember(session, [PICTURE])
        remember(session, [])
        assert measurements(session, [PICTURE.sha256]) == {PICTURE.sha256: {}}


def test_measurements_add_up_by_digest(registry: Registry) -> None:
    with registry.transaction() as session:
        remember(session, [PICTURE])
        keep_measurements(session, PICTURE.sha256, {"black": 0.0})
        keep_measurements(session, PICTURE.sha256, {"lufs": -16.2})
        keep_measurements(session, PICTURE.sha256, {})
        assert measurements(session, [PICTURE.sha256]) == {PICTURE.sha256: {"black": 0.0, "lufs": -16.2}}


def test_unknown_bytes_have_no_measurements_and_take_none(registry: Registry) -> None:
    with registry.transaction() as session:
        assert measurements(session, ["f" * 64]) == {}
        with pytest.raises(NotFound, match="remember it first"):
            keep_measurements(session, "f" * 64, {"black": 1.0})


def test_a_lanes_sums_count_calls_takes_and_dollars_by_artifact(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("one"), draft("one", "b2"))
    put(registry, draft("two"))
    put(registry, gone=[Key("beats", "b2")])
    first = ask(registry)
    with registry.transaction() as session:
        settle(session, Completion(first.generation_id, {}, cost_usd=Decimal("0.10")))
    ask(registry)
    with registry.transaction() as session:
        fail(session, ask(registry, "k2").generation_id, "no")
        settle(session, Completion(ask(registry, "k3").generation_id, {}))
        sums = lane_sums(session, LANE)
    assert sums.by_artifact["beats"] == Sums(1, 3, 2, 1, 1, Decimal("0.100000"), 1)
    assert sums.total == Sums(3, 5, 2, 1, 1, Decimal("0.100000"), 1)


def test_a_fork_has_cost_nothing_yet(registry: Registry) -> None:
    begun(registry)
    put(registry, draft("one"))
    night = fork(registry, LANE, "night")
    with registry.transaction() as session:
        assert lane_sums(session, night).total == Sums(items=3)
