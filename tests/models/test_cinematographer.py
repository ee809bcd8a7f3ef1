"""Clips from layers: they last as long as asked, move the right way, show no edges, and are the same bytes anywhere."""

import asyncio
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from aiuteur.digest import digest_bytes
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import Weather
from aiuteur.film.shots import CameraMovement
from aiuteur.media.conform import conform
from aiuteur.media.encode import Canvas, House, decode
from aiuteur.media.measure import measure_clip, measure_picture
from aiuteur.media.probe import Colour, probe
from aiuteur.models.animatic.camera.air import Scroll, air_of
from aiuteur.models.animatic.camera.laying import Window, lay
from aiuteur.models.animatic.camera.path import Path as CameraPath
from aiuteur.models.animatic.camera.planes import PAD, solid
from aiuteur.models.animatic.cinematographer import CARD, AnimaticCinematographer
from aiuteur.models.protocols import Request
from tests.media.test_encode import join
from tests.models.filming import HEIGHT, WIDTH, back, figure, film, flat, layered, lumas, motion, reference, request

MOVES = [move for move in CameraMovement if move not in {CameraMovement.STATIC, CameraMovement.HANDHELD}]


def shift(one: MatLike, other: MatLike) -> tuple[float, float]:
    """How far the picture has moved right and down from one frame to another, in pixels."""
    window = cv2.createHanningWindow((WIDTH, HEIGHT), cv2.CV_32F)
    (x, y), _ = cv2.phaseCorrelate(one.astype(np.float32), other.astype(np.float32), window)
    return x, y


def psnr(one: MatLike, other: MatLike) -> float:
    return cv2.PSNR(one, other)


def luma_of(bgr: MatLike) -> MatLike:
    weights = np.array([[0.0722, 0.7152, 0.2126, 0]]) * 219 / 255 + [[0, 0, 0, 16]]
    return cv2.transform(bgr, weights)


@pytest.mark.parametrize("seconds", [0.02, 0.5, 1.0, 1.27])
def test_a_clip_has_exactly_the_frames_its_seconds_ask_for(seconds: float) -> None:
    found = probe(film(motion(seconds=seconds)))
    assert found.picture is not None
    assert found.picture.frames == max(1, round(seconds * 24))
    assert (found.picture.width, found.picture.height, found.picture.fps) == (WIDTH, HEIGHT, 24.0)
    assert found.picture.colour == Colour(1, 1, 1, 1)
    assert found.sound is None


def test_the_reply_tells_what_was_made() -> None:
    reply = asyncio.run(AnimaticCinematographer().make(request(motion(seconds=1.0), layered())))
    (made,) = reply.media
    assert (made.role, made.mime, made.width, made.height, made.seconds) == ("video", "video/mp4", WIDTH, HEIGHT, 1.0)
    assert reply.cost_usd == 0.0
    assert CARD.replayable


def test_another_seed_films_another_take_and_its_own_the_same() -> None:
    moving = motion(CameraMovement.PUSH_IN, travel=0.5)
    asked = request(moving, layered())
    made = [asyncio.run(AnimaticCinematographer().make(replace(asked, seed=seed))).media[0].data
            for seed in (moving.seed, moving.seed + 1, moving.seed + 1)]
    assert made[0] == film(moving, layered())
    assert made[1] == made[2]
    assert made[0] != made[1]


def test_a_clip_is_in_the_house_format_already() -> None:
    data = film(motion(CameraMovement.PAN_LEFT, weather=Weather.RAIN))
    assert conform(data, House(WIDTH, HEIGHT)).original is None


@pytest.mark.parametrize("movement", list(CameraMovement))
def test_every_move_begins_on_the_start_frame(movement: CameraMovement) -> None:
    first = lumas(film(motion(movement)))[0]
    assert psnr(first, luma_of(flat(back(), figure()))) > 34


@pytest.mark.parametrize("movement", list(CameraMovement))
@pytest.mark.parametrize("layers", [True, False], ids=["layers", "flat"])
def test_no_edge_is_ever_seen(movement: CameraMovement, layers: bool) -> None:
    references = layered() if layers else layered()[:1]
    for luma in lumas(film(motion(movement), references)):
        border = np.concatenate([luma[0], luma[-1], luma[:, 0], luma[:, -1]])
        assert border.min() > 55


@pytest.mark.parametrize(("movement", "x", "y"), [
    (CameraMovement.PAN_LEFT, 1, 0), (CameraMovement.PAN_RIGHT, -1, 0), (CameraMovement.TRACK_LEFT, 1, 0),
    (CameraMovement.TRACK_RIGHT, -1, 0), (CameraMovement.TILT_UP, 0, 1), (CameraMovement.TILT_DOWN, 0, -1),
    (CameraMovement.CRANE_UP, 0, 1), (CameraMovement.CRANE_DOWN, 0, -1),
])
def test_the_picture_moves_against_the_camera(movement: CameraMovement, x: int, y: int) -> None:
    frames = lumas(film(motion(movement), (reference("start_frame", flat(back())), reference("layer", back(), 0.0, 1.2))))
    right, down = shift(frames[0], frames[-1])
    assert right * x >= 4 if x else abs(right) < 1
    assert down * y >= 3 if y else abs(down) < 1


@pytest.mark.parametrize(("movement", "grows"), [(CameraMovement.PUSH_IN, 1), (CameraMovement.PULL_OUT, -1)])
def test_a_push_enlarges_and_a_pull_reduces(movement: CameraMovement, grows: int) -> None:
    grey = np.full_like(back(), 128)
    layers = (reference("layer", grey, 0.0, 1.2), reference("layer", figure(), 0.8, 1.2))
    frames = lumas(film(motion(movement), (reference("start_frame", flat(grey, figure())), *layers)))
    first, last = (int((frame < 100).sum()) for frame in (frames[0], frames[-1]))
    assert (last - first) * grows > 0.15 * first


def test_near_layers_pass_faster_than_far_ones() -> None:
    path = CameraPath(CameraMovement.TRACK_RIGHT, 48, 1.0, (1280, 720), (1536, 864), 5)
    far, near = path.window(47, 0.0), path.window(47, 1.0)
    assert near.x > 2 * far.x > 0


def test_moves_are_exact_between_pixels() -> None:
    path = CameraPath(CameraMovement.PAN_RIGHT, 48, 1.0, (WIDTH, HEIGHT), (384, 216), 5)
    plane = solid(back())
    top = (216 - HEIGHT) // 2 + PAD
    for n in range(48):
        canvas = Canvas(WIDTH, HEIGHT)
        x = path.window(n, 0.0).x
        lay(plane, path.window(n, 0.0), canvas)
        left = 32 + PAD + int(x)
        rows = plane.y[top : top + HEIGHT, left : left + WIDTH + 1].astype(float)
        wanted = rows[:, :-1] * (1 - x % 1) + rows[:, 1:] * (x % 1)
        assert np.abs(canvas.y - wanted).max() <= 1


def test_a_scaled_plane_lies_where_a_warp_would_lay_it() -> None:
    plane = solid(back())
    for scale in (1.004, 1.03, 1.11, 1.24, 0.93):
        canvas, x, y = Canvas(WIDTH, HEIGHT), 3.3, -1.7
        lay(plane, Window(scale, x, y), canvas)
        origin = (384 / 2 + x - WIDTH / 2 / scale + PAD - 0.5, 216 / 2 + y - HEIGHT / 2 / scale + PAD - 0.5)
        matrix = np.array([[1 / scale, 0, origin[0] + 0.5 / scale], [0, 1 / scale, origin[1] + 0.5 / scale]])
        warped = cv2.warpAffine(plane.y, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        assert psnr(canvas.y, warped) > 45


def test_clips_of_different_movements_join_by_copying_packets() -> None:
    clips = [film(motion(CameraMovement.PUSH_IN, 1.1)), film(motion(CameraMovement.HANDHELD, 0.7, weather=Weather.RAIN))]
    joined = [frame.to_ndarray(format="yuv420p") for frame in decode(join(clips))]
    apart = [frame.to_ndarray(format="yuv420p") for clip in clips for frame in decode(clip)]
    assert len(joined) == 26 + 17
    assert all(np.array_equal(one, other) for one, other in zip(joined, apart, strict=True))


def test_handheld_trembles_within_its_margin_and_comes_from_the_seed() -> None:
    frames = lumas(film(motion(CameraMovement.HANDHELD, 2.0)))
    moved = [shift(frames[0], frame) for frame in frames[12::6]]
    assert max(abs(x) + abs(y) for x, y in moved) > 0.5
    assert film(motion(CameraMovement.HANDHELD, seed=1)) != film(motion(CameraMovement.HANDHELD, seed=2))


@pytest.mark.parametrize("more", [
    {"weather": Weather.RAIN}, {"weather": Weather.SNOW}, {"weather": Weather.FOG}, {"weather": Weather.WIND}, {"smoke": True},
    {"flicker": True},
], ids=str)
def test_the_air_moves(more: dict[str, object]) -> None:
    clear, airy = lumas(film(motion(seconds=1.0))), lumas(film(motion(CameraMovement.STATIC, 1.0, **more)))
    added = [np.subtract(frame, bare, dtype=np.float64) for frame, bare in zip(airy, clear, strict=True)]
    assert np.abs(added[20]).mean() > 0.05
    assert np.abs(added[20] - added[8]).mean() > 0.05


@pytest.mark.parametrize("size", [(180, 320), (180, 180), (240, 180), (420, 180)], ids=str)
def test_every_aspect_ratio_can_be_filmed_in_every_weather(size: tuple[int, int]) -> None:
    for weather in Weather:
        asked = request(motion(seconds=0.25, weather=weather, smoke=True, flicker=True), layered(), *size)
        data = asyncio.run(AnimaticCinematographer().make(asked)).media[0].data
        found = probe(data)
        assert found.picture is not None
        assert (found.picture.width, found.picture.height, found.picture.frames) == (*size, 6)


def test_a_tile_has_no_seam_however_far_it_slides() -> None:
    tile = np.random.default_rng(2).integers(0, 255, (60, 80), dtype=np.uint8)
    scroll = Scroll(tile, 200, 150, (3, 7))
    for n in (0, 9, 100):
        wanted = np.roll(np.tile(tile, (5, 5)), (7 * n % 60, 3 * n % 80), (0, 1))
        assert np.array_equal(scroll.at(n), wanted[:150, :200])


def test_rain_falls_down_and_a_little_aside() -> None:
    air = air_of(motion(weather=Weather.RAIN), flat(back())[..., 1], WIDTH, HEIGHT)
    for effect, down, aside in ((air.behind[0], 6, 1), (air.before[0], 12, 2)):
        seen: list[MatLike] = []
        for n in (5, 6):
            canvas = Canvas(WIDTH, HEIGHT)
            canvas.y[:] = 16
            effect(canvas, n)
            seen.append(canvas.y)
        assert seen[0].max() > 24
        assert np.array_equal(seen[1][down:, aside:], seen[0][:-down, :-aside])


def test_an_end_frame_is_reached_and_the_rest_stays() -> None:
    start, end = flat(back(), figure(150)), flat(back(), figure(230))
    references = (
        reference("start_frame", start), reference("end_frame", end),
        reference("layer", back(), 0.0, 1.2), reference("layer", figure(150), 0.8, 1.2),
    )
    frames = lumas(film(motion(seconds=2.0), references))
    assert psnr(frames[0], luma_of(start)) > 34
    assert psnr(frames[-1], luma_of(end)) > 32
    assert psnr(frames[10], luma_of(start)) > 30
    assert psnr(frames[24], luma_of(start)) < psnr(frames[10], luma_of(start))


def test_end_layers_take_the_place_of_start_layers_at_their_depth() -> None:
    start, end = flat(back(), figure(150)), flat(back(), figure(230))
    references = (
        reference("start_frame", start), reference("layer", back(), 0.0, 1.2), reference("layer", figure(150), 0.8, 1.2),
        reference("end_frame", end), reference("end_layer", back(), 0.0, 1.2), reference("end_layer", figure(230), 0.8, 1.2),
    )
    moving = lumas(film(motion(CameraMovement.TRACK_RIGHT, 2.0), references))
    still = lumas(film(motion(seconds=2.0), references))
    assert psnr(still[-1], luma_of(end)) > 34
    assert psnr(still[0], luma_of(start)) > 34
    assert psnr(moving[0], luma_of(start)) > 34
    # Had the camera moved over the end layers alone, the last frame would be the same.
    there = (references[3], *(reference("layer", pixels, depth, 1.2) for pixels, depth in ((back(), 0.0), (figure(230), 0.8))))
    alone = lumas(film(motion(CameraMovement.TRACK_RIGHT, 2.0), (reference("start_frame", end), *there[1:])))
    assert psnr(moving[-1], alone[-1]) > 38


def test_an_end_frame_of_another_set_up_is_dissolved_into() -> None:
    start, end = flat(back(), figure()), cv2.flip(flat(back(), figure()), -1)
    frames = lumas(film(motion(seconds=1.5), (*layered(), reference("end_frame", end))))
    assert psnr(frames[-1], luma_of(end)) > 30
    assert psnr(frames[0], luma_of(start)) > 34


def test_colours_survive_the_planes() -> None:
    plain = np.full((HEIGHT, WIDTH, 3), (30, 60, 200), np.uint8)  # BGR of (200, 60, 30)
    frame = list(decode(film(motion(CameraMovement.PUSH_IN), (reference("start_frame", plain),))))[-1]
    shown = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG").to_ndarray()
    assert np.abs(shown[60:120, 100:220].reshape(-1, 3).astype(int) - (200, 60, 30)).max() <= 3


def test_the_same_request_gives_the_same_bytes_in_a_thread_a_pool_and_another_process() -> None:
    asked = motion(CameraMovement.TRACK_LEFT, seconds=1.0, weather=Weather.SNOW, smoke=True)
    here = film(asked)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pooled = asyncio.run(AnimaticCinematographer(pool).make(request(asked, layered()))).media[0].data
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.models.filming import film, motion\nfrom aiuteur.digest import digest_bytes\n"
        "print(digest_bytes(film(motion('track_left', seconds=1.0, weather='snow', smoke=True))))\n"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
    assert digest_bytes(here) == digest_bytes(pooled) == there


def test_a_foreign_picture_of_another_size_fills_the_frame() -> None:
    big = cv2.resize(flat(back(), figure()), (801, 601), interpolation=cv2.INTER_CUBIC)
    data = film(motion(CameraMovement.PAN_RIGHT), (reference("start_frame", big),))
    assert all(luma.min() > 40 for luma in lumas(data))


def test_clean_takes_measure_clean() -> None:
    found = measure_clip(film(motion(CameraMovement.PUSH_IN, 2.0)), measure_picture(layered()[0].data))
    assert found.decodes
    assert (found.black, found.flicker) == (0.0, 0.0)
    assert found.frozen < 0.5
    assert found.starts is not None
    assert found.starts > 0.95


@pytest.mark.parametrize(("task", "payload", "references", "sentence"), [
    ("frame", {}, (), "films clips"),
    ("clip", {"motion": {"movement": "sideways"}}, (), "motion cannot be read"),
    ("clip", {"motion": motion().document(), "width": "wide", "height": 180}, (), "whole numbers"),
    ("clip", {"motion": motion().document(), "width": 320, "height": 180}, (), "needs its start frame"),
], ids=["task", "motion", "size", "start frame"])
def test_a_request_that_cannot_be_filmed_is_a_sentence(
    task: str, payload: dict[str, object], references: tuple[()], sentence: str,
) -> None:
    asked = Request(task, payload, references=references)  # pyright: ignore[reportArgumentType] - JSON by construction
    with pytest.raises(InvalidInput, match=sentence):
        asyncio.run(AnimaticCinematographer().make(asked))
