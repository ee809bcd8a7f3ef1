"""The film's file: packets copied, times rising, sound as long as pictures, captions and chapters to be read back."""

import io
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import av
import imageio_ffmpeg
import numpy as np
import pytest

from aiuteur.errors import Corrupt, InvalidInput, Unavailable
from aiuteur.media.assemble import Chapter, assemble
from aiuteur.media.captions import Said, cues, srt
from aiuteur.media.encode import House, Pixels, decode, encode
from aiuteur.media.joining import Part, shown_frames
from aiuteur.media.mix import master
from aiuteur.media.screening import measure_film
from aiuteur.media.waves import RATE, Samples, flac

SIZE = House(160, 90)


def pictures(count: int, seed: int) -> list[Pixels]:
    base = np.random.default_rng(seed).integers(40, 220, (9, 16, 3), np.uint8).repeat(10, 0).repeat(10, 1)
    return [np.roll(base, 3 * index, axis=1) for index in range(count)]


@cache
def clip(count: int, seed: int = 1, house: House = SIZE) -> bytes:
    return encode([picture[: house.height, : house.width] for picture in pictures(count, seed)], house)


@cache
def soundtrack(frames: int) -> bytes:
    return master([flac(hum(frames / 24))], 0.0, 0.0)


def hum(seconds: float) -> Samples:
    tone = 0.05 * np.sin(2 * np.pi * 330 * np.arange(round(seconds * RATE)) / RATE)
    return np.stack([tone, tone], axis=1)


def packets(source: bytes | Path) -> list[tuple[bytes, int, int]]:
    with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source), "r") as container:
        return [(bytes(packet), cast("int", packet.pts), cast("int", packet.dts))
                for packet in container.demux(video=0) if packet.size]


def film(
    folder: Path, parts: Sequence[Part], frames: int, captions: str = "", chapters: Sequence[Chapter] = (), **told: str,
) -> Path:
    path = folder / "film.mp4"
    assert assemble(parts, lambda: soundtrack(frames), captions, chapters, told, path) == frames
    return path


def test_clips_are_joined_by_copying_their_packets(tmp_path: Path) -> None:
    clips = [clip(30, 1), clip(1, 2), clip(2, 3), clip(49, 4), clip(3, 5)]
    path = film(tmp_path, [Part(data) for data in clips], 85)
    joined = packets(path)
    assert [packet for packet, _, _ in joined] == [packet for data in clips for packet, _, _ in packets(data)]
    assert sorted(shown for _, shown, _ in joined) == [512 * frame for frame in range(85)]
    decoded = [at for _, _, at in joined]
    assert decoded == sorted(set(decoded))
    assert all(at <= shown for _, shown, at in joined)


def test_a_clip_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(clip(10))
    path = film(tmp_path, [Part(tmp_path / "clip.mp4"), Part(clip(14, 2))], 24)
    assert [packet for packet, _, _ in packets(path)][:10] == [packet for packet, _, _ in packets(tmp_path / "clip.mp4")]


def test_only_a_trimmed_part_is_encoded_again(tmp_path: Path) -> None:
    whole, trimmed = clip(24, 1), clip(48, 2)
    path = film(tmp_path, [Part(whole), Part(trimmed, 0.5, 1.25), Part(whole, 0.0, 1.0)], 66)
    joined = [packet for packet, _, _ in packets(path)]
    kept = [packet for packet, _, _ in packets(whole)]
    assert joined[:24] == kept
    assert joined[42:] == kept
    shown = [frame.to_ndarray(format="rgb24").astype(float) for frame in decode(path.read_bytes())]
    expected = pictures(48, 2)
    assert len(shown) == 66
    for index in (24, 41):
        assert np.abs(shown[index] - expected[index - 12]).mean() < 12
        assert np.abs(shown[index] - expected[index - 8]).mean() > 20


def test_a_clip_that_is_too_short_holds_its_last_frame(tmp_path: Path) -> None:
    path = film(tmp_path, [Part(clip(20), 0.0, 1.0)], 24)
    shown = [frame.to_ndarray(format="gray").astype(float) for frame in decode(path.read_bytes())]
    assert np.abs(shown[23] - shown[19]).mean() < 4


def test_a_clip_of_another_encoder_is_encoded_again(tmp_path: Path) -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for picture in pictures(24, 3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    path = film(tmp_path, [Part(clip(24)), Part(out.getvalue())], 48)
    assert measure_film(path).complete
    assert len(packets(path)) == 48


@pytest.mark.parametrize(("part", "expected"), [
    (Part(b"", 0.5, 1.25), 18), (Part(b"", 0.0, 2.0), 48), (Part(clip(30)), 30), (Part(clip(30), 0.25), 24),
])
def test_a_part_tells_how_many_of_its_frames_are_shown(part: Part, expected: int) -> None:
    assert shown_frames(part) == expected


def test_sound_and_pictures_are_equally_long(tmp_path: Path) -> None:
    path = film(tmp_path, [Part(clip(24, seed)) for seed in range(10)], 240)
    with av.open(str(path)) as container:
        seconds = {stream.type: float((stream.duration or 0) * (stream.time_base or 0)) for stream in container.streams}
        assert all(stream.start_time == 0 for stream in container.streams)
    assert seconds["video"] == pytest.approx(10.0, abs=1e-6)
    assert seconds["audio"] == pytest.approx(10.0, abs=1e-3)
    with pytest.raises(InvalidInput, match=r"2\.000 s and the pictures 1\.000 s"):
        assemble([Part(clip(24))], lambda: soundtrack(48), "", (), {}, tmp_path / "other.mp4")


def test_captions_chapters_and_titles_read_back(tmp_path: Path) -> None:
    shown = cues([Said(0.1, 1.5, "Is there anybody here? {I mean it}"), Said(1.7, 1.2, "لا أحد", "Öz")], 3.0)
    path = film(tmp_path, [Part(clip(72))], 72, srt(shown), [Chapter("1. INT. HALL; #1 = {a}", 0.0), Chapter("Ende", 2.0)],
                title="A = B; “C” {D}\nE", artist="Ida \\ Blom")
    with av.open(str(path)) as container:
        assert [stream.type for stream in container.streams][:3] == ["video", "audio", "subtitle"]
        assert container.streams[2].codec_context.name == "mov_text"
        assert (container.metadata["title"], container.metadata["artist"]) == ("A = B; “C” {D} E", "Ida \\ Blom")
        assert "creation_time" not in container.metadata
        chapters = [(chapter["metadata"]["title"], chapter["start"], chapter["end"]) for chapter in container.chapters()]
    assert chapters == [("1. INT. HALL; #1 = {a}", 0, 2 * RATE), ("Ende", 2 * RATE, 3 * RATE)]
    read = subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-map", "0:s", "-f", "srt", "-"],
                          check=True, capture_output=True).stdout.decode()
    assert read.strip().splitlines() == srt(shown).strip().splitlines()


def test_the_same_parts_are_the_same_file(tmp_path: Path) -> None:
    parts = [Part(clip(24)), Part(clip(48, 2), 0.0, 1.0)]
    first, second = (film(tmp_path / name, parts, 48, title="T").read_bytes() for name in "ab")
    assert first == second


def test_a_film_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = film(tmp_path, [Part(clip(24))], 24)
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match="Part 2 is 64×64"):
        assemble([Part(clip(24)), Part(clip(1, house=House(64, 64)))], lambda: soundtrack(25), "", (), {}, path)
    with pytest.raises(Corrupt, match="cannot be read"):
        assemble([Part(b"junk")], lambda: soundtrack(24), "", (), {}, path)
    with pytest.raises(InvalidInput, match="at least one clip"):
        assemble([], lambda: soundtrack(24), "", (), {}, path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["film.mp4"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="choose another folder"):
        assemble([Part(clip(24))], lambda: soundtrack(24), "", (), {}, tmp_path / "file" / "film.mp4")
