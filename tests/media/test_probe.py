"""Probing media made here, and refusing what is none."""

import io
from pathlib import Path

import av
import numpy as np
import pytest

from aiuteur.errors import Corrupt, InvalidInput, NotFound
from aiuteur.media.encode import House, encode
from aiuteur.media.probe import Colour, Picture, Sound, probe

HOUSE = House(160, 96)
CLIP = encode([np.full((96, 160, 3), 40 + n, np.uint8) for n in range(36)], HOUSE)


def wav(seconds: float) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="wav") as target:
        stream = target.add_stream("pcm_s16le", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, int(48_000 * seconds)), np.int16), "s16", "mono")
        frame.sample_rate = 48_000
        target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return out.getvalue()


def test_a_house_clip_is_told_in_every_respect(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(CLIP)
    for source in (CLIP, path):
        found = probe(source)
        assert found.picture == Picture("h264", 160, 96, 24.0, 36, "yuv420p", Colour(1, 1, 1, 1))
        assert found.seconds == pytest.approx(1.5)
        assert found.sound is None
        assert "mp4" in found.container


def test_sound_alone_is_told() -> None:
    found = probe(wav(0.5))
    assert found.picture is None
    assert found.sound == Sound("pcm_s16le", 48_000, 1)
    assert found.seconds == pytest.approx(0.5)


@pytest.mark.parametrize(
    "garbage", [b"", b"hello", bytes(range(256)) * 40, b"<html></html>"], ids=["empty", "word", "bytes", "page"])
def test_garbage_is_invalid(garbage: bytes) -> None:
    with pytest.raises(InvalidInput):
        probe(garbage)


def test_half_a_file_is_corrupt() -> None:
    with pytest.raises(Corrupt, match="cut short"):
        probe(CLIP[: len(CLIP) // 2])


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        probe(tmp_path / "none.mp4")


@pytest.mark.parametrize("limit", [{"max_bytes": 100}, {"max_pixels": 160 * 95}, {"max_seconds": 1.0}], ids=str)
def test_limits_are_kept(limit: dict[str, float]) -> None:
    with pytest.raises(InvalidInput, match="not taken"):
        probe(CLIP, **limit)  # pyright: ignore[reportArgumentType] - each limit is of its own type
