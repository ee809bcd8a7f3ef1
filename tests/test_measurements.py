"""What is measured of media is measured once."""

from pathlib import Path

from aiuteur.measurements import Measurements
from aiuteur.media.storage import Storage
from aiuteur.registry.database import Registry
from aiuteur.stages.kinship import Proxy
from tests.stages.floor import filmed, run, world


def test_shots_of_a_scene_are_compared_with_the_next_once(registry: Registry, tmp_path: Path) -> None:
    filmed(registry, shots=3)
    run(registry, tmp_path, "frames")
    found = Measurements(registry, Storage.open(str(tmp_path))).proxies(world(registry))
    pairs = [("10", "11"), ("11", "12")]
    assert found == [
        Proxy(name, *pair, 1.0) for pair in pairs for name in ("colour_continuity_proxy", "structure_continuity_proxy")
    ]
    nowhere = Measurements(registry, Storage.open(str(tmp_path / "nowhere")))
    assert nowhere.proxies(world(registry)) == found


def test_a_lane_without_frames_has_nothing_to_compare(registry: Registry, tmp_path: Path) -> None:
    filmed(registry)
    assert Measurements(registry, Storage.open(str(tmp_path))).proxies(world(registry)) == []
