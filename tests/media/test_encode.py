"""The house format: what comes back, byte for byte and colour for colour."""

import io
import subprocess
import sys

import av
import numpy as np
import pytest
from av.container import InputContainer
from av.video.stream import VideoStream

from aiuteur.digest import digest_bytes
from aiuteur.errors import InvalidInput
from aiuteur.film.brief import AspectRatio
from aiuteur.film.formats import FPS, FRAME_SIZES
from aiuteur.media.encode import Canvas, Encoder, House, Pixels, decode, encode

SMALL = House(320, 180)


def moving(house: House, count: int, step: int = 3) -> list[Pixels]:
    """Frames of a pattern that moves, so that there is something to predict."""
    rows, columns = np.mgrid[: house.height, : house.width]
    return [
        np.dstack([rows + columns + n * step, rows * 2 + n, columns * 2 - n * step]).astype(np.uint8)
        for n in range(count)
    ]


def open_clip(data: bytes) -> InputContainer:
    return av.open(io.BytesIO(data), "r")


def test_a_clip_has_its_frames_size_rate_and_tags() -> None:
    with open_clip(encode(moving(SMALL, 50), SMALL)) as clip:
        stream = clip.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt, context.width, context.height) == ("h264", "yuv420p", 320, 180)
        assert stream.average_rate == FPS
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        frames = list(clip.decode(stream))
    assert len(frames) == 50
    assert [frame.time for frame in frames] == pytest.approx([n / 24 for n in range(50)], abs=1e-6)


@pytest.mark.parametrize("colour", [(200, 60, 30), (16, 16, 16), (235, 235, 235), (20, 90, 200)])
def test_a_colour_comes_back_as_it_went_in(colour: tuple[int, int, int]) -> None:
    frame = np.full((180, 320, 3), colour, np.uint8)
    shown = next(decode(encode([frame] * 3, SMALL))).reformat(
        format="rgb24", src_colorspace="ITU709", src_color_range="MPEG").to_ndarray()
    assert np.abs(shown.reshape(-1, 3).astype(int) - colour).max() <= 2


def test_planar_frames_and_rgb_frames_meet_on_the_same_canvas() -> None:
    grey = np.full((180 * 3 // 2, 320), 128, np.uint8)
    grey[:180] = 90
    with Encoder(SMALL) as encoder:
        canvas = encoder.canvas()
        canvas.y[:], canvas.u[:], canvas.v[:] = 90, 128, 128
        encoder.write(canvas)
    assert encode([grey], SMALL) == encoder.data
    assert encoder.frames == 1


def test_bytes_are_the_same_in_another_process() -> None:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.media.test_encode import SMALL, moving\n"
        "from aiuteur.digest import digest_bytes\n"
        "from aiuteur.media.encode import encode\n"
        "print(digest_bytes(encode(moving(SMALL, 30), SMALL)))\n"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    assert there == digest_bytes(encode(moving(SMALL, 30), SMALL))


def test_drawing_on_the_lent_canvas_equals_drawing_on_a_fresh_one_each_time() -> None:
    def draw(canvas: Canvas, n: int) -> Canvas:
        canvas.y[:] = (np.arange(320) + 5 * n) % 220 + 16
        canvas.u[:], canvas.v[:] = 100 + n, 140
        return canvas

    with Encoder(SMALL) as lent:
        for n in range(60):
            lent.write(draw(lent.canvas(), n))
    with Encoder(SMALL) as fresh:
        for n in range(60):
            fresh.write(draw(Canvas(320, 180), n))
    assert lent.data == fresh.data


def test_clips_of_one_size_share_their_parameter_sets_whatever_their_length_and_content() -> None:
    extradata: set[bytes] = set()
    for count, step in ((1, 0), (24, 3), (97, 11)):
        with open_clip(encode(moving(SMALL, count, step), SMALL)) as clip:
            extradata.add(bytes(clip.streams.video[0].codec_context.extradata or b""))
    assert len(extradata) == 1


def ticks(stream: VideoStream) -> int:
    """Time-base units a frame lasts."""
    assert stream.time_base is not None
    return int(1 / (24 * stream.time_base))


def join(clips: list[bytes]) -> bytes:
    """Clips one after another, their packets copied."""
    joined = io.BytesIO()
    with av.open(joined, "w", format="mp4") as out:
        target, offset = None, 0
        for data in clips:
            with open_clip(data) as clip:
                source = clip.streams.video[0]
                target = target or out.add_stream_from_template(source)
                for packet in clip.demux(source):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts, packet.dts, packet.stream = packet.pts + offset, packet.dts + offset, target
                    out.mux(packet)
                offset += ticks(source) * source.frames
    return joined.getvalue()


def test_clips_join_by_copying_packets() -> None:
    first, second = encode(moving(SMALL, 31), SMALL), encode(moving(SMALL, 50, 9), SMALL)
    frames = [frame.to_ndarray(format="yuv420p") for frame in decode(join([first, second]))]
    apart = [frame.to_ndarray(format="yuv420p") for data in (first, second) for frame in decode(data)]
    assert len(frames) == 81
    assert all(np.array_equal(one, other) for one, other in zip(frames, apart, strict=True))


def test_groups_of_pictures_are_closed_and_start_every_two_seconds() -> None:
    with open_clip(encode(moving(SMALL, 100), SMALL)) as clip:
        keys = [packet.pts for packet in clip.demux(video=0) if packet.is_keyframe and packet.pts is not None]
        tick = ticks(clip.streams.video[0])
    assert [pts // tick for pts in keys] == [0, 48, 96]


@pytest.mark.parametrize("aspect", list(AspectRatio))
def test_every_aspect_ratio_encodes_at_its_size(aspect: AspectRatio) -> None:
    house = House.of(aspect)
    frame = next(decode(encode([np.zeros((house.height, house.width, 3), np.uint8)], house)))
    assert (frame.width, frame.height) == FRAME_SIZES[aspect]


def test_a_frame_of_another_size_and_no_frames_are_refused() -> None:
    with pytest.raises(InvalidInput, match="does not fit 320×180"):
        encode([np.zeros((100, 100, 3), np.uint8)], SMALL)
    with pytest.raises(InvalidInput, match="no frames"):
        encode([], SMALL)
    with pytest.raises(InvalidInput, match="even"):
        Encoder(House(321, 180))
