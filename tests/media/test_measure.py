"""Signals of pictures and clips: what is planted is found, what is clean is clean."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.media.encode import House, Pixels, encode
from aiuteur.media.measure import likeness, measure_clip, measure_picture, ssim, thumbnail

HOUSE = House(320, 180)


def scene(shift: int = 0, light: int = 0) -> Pixels:
    """A lit pattern, moved and brightened."""
    noise = np.random.default_rng(1).integers(40, 200, (20, 60, 3), dtype=np.uint8)
    wide = cv2.resize(noise, (620, 180), interpolation=cv2.INTER_CUBIC)
    part = wide[:, shift : shift + 320].astype(int) + light
    return np.clip(part, 0, 255).astype(np.uint8)


def png(rgb: MatLike) -> bytes:
    return cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes()


def clip(frame: Callable[[int], Pixels], count: int = 48) -> bytes:
    return encode([frame(n) for n in range(count)], HOUSE)


def test_a_clean_clip_measures_clean() -> None:
    found = measure_clip(clip(lambda n: scene(2 * n)), thumbnail(png(scene(0))), thumbnail(png(scene(94))))
    assert (found.frames, found.told, found.seconds) == (48, 48, 2.0)
    assert found.decodes
    assert (found.black, found.frozen, found.flicker) == (0, 0, 0)
    assert found.starts is not None
    assert found.starts > 0.95
    assert found.ends is not None
    assert found.ends > 0.95
    assert 0.2 < found.luma < 0.7
    assert found.sharpness > 3


def test_black_frames_are_counted() -> None:
    found = measure_clip(clip(lambda n: np.zeros((180, 320, 3), np.uint8) if n < 12 else scene(2 * n)))
    assert found.black == pytest.approx(12 / 48)


def test_a_dark_night_with_a_lamp_is_not_black() -> None:
    night = np.full((180, 320, 3), 4, np.uint8)
    cv2.circle(night, (160, 60), 20, (250, 230, 160), -1)
    assert measure_clip(clip(lambda _: night, 5)).black == 0


def test_frozen_frames_are_counted() -> None:
    found = measure_clip(clip(lambda n: scene(2 * min(n, 24))))
    assert found.frozen == pytest.approx(23 / 47, abs=0.05)


def test_flicker_is_counted_and_a_slow_fade_is_not() -> None:
    assert measure_clip(clip(lambda n: scene(n, 25 * (n % 2)))).flicker > 0.8
    assert measure_clip(clip(lambda n: scene(n, n))).flicker == 0


def test_exposure_is_told() -> None:
    blown = measure_clip(clip(lambda n: scene(n, 170)))
    crushed = measure_clip(clip(lambda n: scene(n, -190)))
    assert blown.blown > 0.4
    assert crushed.crushed > 0.9
    assert blown.luma > 0.7
    assert crushed.luma < 0.1


def test_blur_lowers_sharpness() -> None:
    soft = measure_clip(clip(lambda n: np.asarray(cv2.GaussianBlur(scene(n), (0, 0), 8), np.uint8), 24))
    assert soft.sharpness < 0.5 * measure_clip(clip(scene, 24)).sharpness


def test_a_clip_that_starts_elsewhere_is_unlike_its_start_frame() -> None:
    found = measure_clip(clip(scene, 24), thumbnail(png(np.rot90(scene(150), 2).copy())))
    assert found.starts is not None
    assert found.starts < 0.5


def test_a_clip_cut_short_in_its_pictures_does_not_decode_to_the_end() -> None:
    data = bytearray(clip(lambda n: scene(2 * n)))
    start = data.index(b"mdat")
    middle = (start + len(data)) // 2 if data.index(b"moov") < start else start + (data.index(b"moov") - start) // 2
    data[middle : middle + 4000] = bytes(4000)
    assert not measure_clip(bytes(data)).decodes


def test_half_a_file_and_no_video_are_errors() -> None:
    data = clip(scene, 12)
    with pytest.raises((Corrupt, InvalidInput)):
        measure_clip(data[: len(data) // 2])
    with pytest.raises(InvalidInput):
        measure_clip(b"nothing of the kind")
    with pytest.raises(InvalidInput):
        thumbnail(b"no picture")


def test_a_picture_is_told() -> None:
    found = measure_picture(png(scene()))
    assert (found.width, found.height, found.black) == (320, 180, False)
    assert found.off_centre < 0.3
    assert measure_picture(png(np.zeros((180, 320, 3), np.uint8))).black


def test_weight_at_the_edge_is_off_centre() -> None:
    lone = np.full((180, 320, 3), 90, np.uint8)
    cv2.circle(lone, (300, 90), 12, (250, 250, 250), -1)
    assert measure_picture(png(lone)).off_centre > 0.7


def test_likeness_survives_a_camera_move_and_not_another_picture() -> None:
    one, moved = thumbnail(png(scene(0))), thumbnail(png(scene(24)))
    assert ssim(one, one) == pytest.approx(1.0)
    assert likeness(one, moved) > 0.9 > ssim(one, moved)
    assert likeness(one, thumbnail(png(np.rot90(scene(200), 2).copy()))) < 0.5
