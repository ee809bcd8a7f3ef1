"""Foreign video becomes the house format; the house's own is left alone."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.media.conform import conform
from aiuteur.media.encode import House, decode, encode
from aiuteur.media.probe import Colour, probe

HOUSE = House(320, 180)


def foreign(  # a provider's clip: another size, rate, codec, and sound of its own
    width: int = 256, height: int = 192, rate: int = 30, count: int = 45, *, sound: bool = True,
) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        video = target.add_stream("mpeg4", rate=rate)
        video.width, video.height, video.pix_fmt, video.time_base = width, height, "yuv420p", Fraction(1, rate)
        audio = target.add_stream("aac", rate=44_100, layout="mono") if sound else None
        for n in range(count):
            picture = np.full((height, width, 3), (200, 60, 30), np.uint8)
            picture[:, : 2 * n] = 255
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = n
            target.mux(video.encode(frame))
        target.mux(video.encode())
        if audio is not None:
            tone = (8000 * np.sin(np.arange(44_100 * count // rate) * 0.06)).astype(np.int16)[None, :]
            frame = av.AudioFrame.from_ndarray(tone, "s16", "mono")
            frame.sample_rate = 44_100
            target.mux(audio.encode(frame))
            target.mux(audio.encode(None))
    return out.getvalue()


def test_a_house_clip_passes_byte_for_byte() -> None:
    clip = encode([np.full((180, 320, 3), 90 + n, np.uint8) for n in range(30)], HOUSE)
    made = conform(clip, HOUSE)
    assert made.video == clip
    assert (made.original, made.stem) == (None, None)


def test_a_foreign_clip_gets_size_rate_and_tags_and_keeps_its_length() -> None:
    data = foreign()
    made = conform(data, HOUSE)
    found = probe(made.video)
    assert found.picture is not None
    assert (found.picture.codec, found.picture.width, found.picture.height, found.picture.fps) == ("h264", 320, 180, 24.0)
    assert found.picture.colour == Colour(1, 1, 1, 1)
    assert (found.picture.frames, found.sound) == (36, None)
    assert made.original == data


def test_what_was_conformed_is_in_the_house_format() -> None:
    made = conform(foreign(), HOUSE)
    assert conform(made.video, HOUSE).video == made.video
    assert conform(made.video, HOUSE).original is None


def test_the_picture_is_padded_not_stretched() -> None:
    frame = next(decode(conform(foreign(), HOUSE).video)).to_ndarray(format="rgb24")
    assert frame[:, 10].max() < 24
    assert frame[:, 309].max() < 24
    assert frame[90, 160].min() > 8
    assert frame[2, 160].max() > 100


def test_its_sound_becomes_a_stem_of_the_same_length() -> None:
    stem = conform(foreign(), HOUSE).stem
    assert stem is not None
    found = probe(stem)
    assert found.sound is not None
    assert (found.sound.codec, found.sound.rate, found.sound.channels) == ("flac", 48_000, 2)
    assert found.seconds == pytest.approx(1.5, abs=0.06)


def test_a_silent_foreign_clip_has_no_stem() -> None:
    assert conform(foreign(sound=False), HOUSE).stem is None


@pytest.mark.parametrize(("rate", "count", "frames"), [(60, 120, 48), (25, 50, 48), (12, 12, 24), (24, 31, 31)])
def test_rates_become_24_by_dropping_and_repeating(rate: int, count: int, frames: int) -> None:
    found = probe(conform(foreign(rate=rate, count=count, sound=False), HOUSE).video)
    assert found.picture is not None
    assert found.picture.frames == frames


def test_conforming_is_deterministic() -> None:
    data = foreign()
    assert conform(data, HOUSE) == conform(data, HOUSE)


def test_no_video_and_half_a_video_are_told_apart() -> None:
    with pytest.raises(InvalidInput):
        conform(b"not a video at all", HOUSE)
    with pytest.raises(Corrupt):
        conform(foreign()[:3000], HOUSE)
