"""What is measured of media is measured once."""

from pathlib import Path

import numpy as np
import pytest

from aiuteur.craft.world import Key
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Clip, Film
from aiuteur.measurements import Measurements
from aiuteur.media import screening
from aiuteur.media.assemble import assemble
from aiuteur.media.joining import Part
from aiuteur.media.mix import master
from aiuteur.media.storage import Storage
from aiuteur.media.waves import RATE, flac
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, Outcome
from aiuteur.stages.kinship import Proxy
from tests.registry.builders import LANE
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


def joined(registry: Registry, storage: Storage, folder: Path) -> Film:
    """The lane's clips as a film that the registry knows."""
    clips = [found.noun for found in world(registry).of("clips").values() if isinstance(found.noun, Clip)]
    tone = flac(np.full((RATE * len(clips), 2), 0.1, np.float32))
    parts = [Part(storage.get(clip.video.sha256)) for clip in clips]
    assemble(parts, lambda: master([tone], 0, 0), "", (), {}, folder / "film.mp4")
    data = (folder / "film.mp4").read_bytes()
    ref = MediaRef(sha256=storage.put(data, "video/mp4"), mime="video/mp4", size=len(data))
    film = Film(video=ref, captions=ref, screenplay=ref, storyboard=ref, seconds=1.0, shots=1, lines=0, lines_voiced=0)
    with registry.transaction() as session:
        versions.record(session, LANE, Outcome(drafts=(Draft(Key("film"), film, {}),), media=(ref,)))
    return film


def test_a_film_is_played_once_and_pictures_that_were_reviewed_are_not_decoded_again(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmed(registry)
    for stage in ("frames", "clips"):
        run(registry, tmp_path, stage)
    storage = Storage.open(str(tmp_path))
    film = joined(registry, storage, tmp_path)
    monkeypatch.setattr(screening, "_decoded", None)
    there = Measurements(registry, storage)
    there.play(world(registry), film)
    found = there.film(world(registry), film)
    there.close()
    assert (found.complete, found.frames, found.black_ratio) == (True, 48, 0.0)
    monkeypatch.setattr(screening, "_heard", None)
    assert Measurements(registry, storage).film(world(registry), film) == found
