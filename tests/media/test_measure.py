"""Signals of pictures and clips: what is planted is measured, what is clean measures clean."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.media.encode import House, Pixels, encode
from aiuteur.media.measure import measure_clip, measure_picture
from aiuteur.media.measure_likeness import likeness
from aiuteur.media.measure_sound import measure_sound
from benchmarks.faults import tone

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


def black() -> Pixels:
    return np.zeros((180, 320, 3), np.uint8)


def test_a_clean_clip_measures_clean() -> None:
    found = measure_clip(clip(lambda n: scene(2 * n)), measure_picture(png(scene(0))), measure_picture(png(scene(94))))
    assert (found.frames, found.told, found.seconds) == (48, 48, 2.0)
    assert found.decodes
    assert (found.black, found.frozen, found.flicker) == (0, 0, 0)
    assert found.cut < 0.5
    assert min(found.starts or 0, found.ends or 0) > 0.95
    assert 0.2 < found.luma < 0.7
    assert found.sharpness > 3


def test_the_longest_blackout_is_told_in_seconds() -> None:
    found = measure_clip(clip(lambda n: black() if 10 <= n < 22 or n == 30 else scene(2 * n)))
    assert found.black == pytest.approx(0.5)
    assert found.black_share == pytest.approx(13 / 48)


def test_black_that_is_a_fade_is_none() -> None:
    def fading(n: int) -> Pixels:
        return np.asarray(cv2.convertScaleAbs(scene(n), alpha=min(1.0, max(0.0, (n - 4) / 16))), np.uint8)

    assert measure_clip(clip(fading)).black == 0
    assert measure_clip(clip(lambda n: fading(47 - n))).black == 0
    assert measure_clip(clip(lambda n: black() if n < 6 else scene(n))).black == pytest.approx(0.25)


def test_a_dark_night_with_a_lamp_is_not_black() -> None:
    night = np.full((180, 320, 3), 4, np.uint8)
    cv2.circle(night, (160, 60), 20, (250, 230, 160), -1)
    assert measure_clip(clip(lambda _: night, 5)).black == 0


def test_a_halt_in_the_midst_of_motion_is_told_in_seconds() -> None:
    found = measure_clip(clip(lambda n: scene(2 * (n if n < 12 else max(12, n - 12)))))
    assert found.frozen == pytest.approx(0.5, abs=0.05)


def test_a_move_that_slows_to_rest_does_not_halt() -> None:
    eased = measure_clip(clip(lambda n: scene(round(90 * np.sin(np.pi / 2 * n / 95))), 96))
    assert eased.frozen < 0.25


def test_a_clip_that_never_moves_halts_throughout() -> None:
    assert measure_clip(clip(lambda _: scene())).frozen == pytest.approx(47 / 24)


def test_flicker_is_counted_and_a_slow_fade_is_not() -> None:
    assert measure_clip(clip(lambda n: scene(n, 25 * (n % 2)))).flicker > 0.8
    assert measure_clip(clip(lambda n: scene(n, n))).flicker == 0


def test_a_cut_is_hard_and_a_jolt_is_not() -> None:
    assert measure_clip(clip(lambda n: scene(n) if n < 24 else scene(n + 200))).cut > 1
    assert measure_clip(clip(lambda n: scene(n + (8 if n >= 24 else 0)))).cut < 1


def test_exposure_is_told() -> None:
    blown = measure_clip(clip(lambda n: scene(n, 170)))
    crushed = measure_clip(clip(lambda n: scene(n, -190)))
    assert blown.blown > 0.4
    assert crushed.crushed > 0.9
    assert blown.luma > 0.7
    assert crushed.luma < 0.1


def test_blur_lowers_sharpness_and_acuity() -> None:
    soft = measure_clip(clip(lambda n: np.asarray(cv2.GaussianBlur(scene(n), (0, 0), 8), np.uint8), 24))
    sharp = measure_clip(clip(scene, 24))
    assert soft.sharpness < 0.5 * sharp.sharpness


def test_a_clip_that_starts_elsewhere_is_unlike_its_start_frame() -> None:
    found = measure_clip(clip(scene, 24), measure_picture(png(np.rot90(scene(150), 2).copy())))
    assert found.starts is not None
    assert found.starts < 0.5


@pytest.mark.parametrize("hole", [bytes(4000), bytes(300), np.random.default_rng(5).bytes(900)], ids=["4 kB", "300 B", "noise"])
def test_a_clip_with_a_hole_in_its_pictures_does_not_decode_to_the_end(hole: bytes) -> None:
    data = bytearray(clip(lambda n: scene(2 * n)))
    start = data.index(b"mdat")
    middle = (start + len(data)) // 2 if data.index(b"moov") < start else start + (data.index(b"moov") - start) // 2
    data[middle : middle + len(hole)] = hole
    assert not measure_clip(bytes(data)).decodes


def test_half_a_file_and_no_video_are_errors() -> None:
    data = clip(scene, 12)
    with pytest.raises((Corrupt, InvalidInput)):
        measure_clip(data[: len(data) // 2])
    with pytest.raises(InvalidInput):
        measure_clip(b"nothing of the kind")
    with pytest.raises(InvalidInput):
        measure_picture(b"no picture")


def test_a_picture_is_told() -> None:
    found = measure_picture(png(scene()))
    assert (found.width, found.height, found.black) == (320, 180, False)
    assert found.off_centre < 0.3
    assert measure_picture(png(black())).black


def test_weight_at_the_edge_is_off_centre() -> None:
    lone = np.full((180, 320, 3), 90, np.uint8)
    cv2.circle(lone, (300, 90), 12, (250, 250, 250), -1)
    assert measure_picture(png(lone)).off_centre > 0.7


def test_likeness_survives_a_nudge_and_not_another_picture_or_its_mirror() -> None:
    one, nudged = measure_picture(png(scene(40))).thumb, measure_picture(png(scene(48, 20))).thumb
    assert likeness(one, one) == pytest.approx(1.0, abs=1e-3)
    assert likeness(one, nudged) > 0.9
    assert likeness(one, measure_picture(png(np.ascontiguousarray(scene(40)[:, ::-1]))).thumb) < 0.6
    assert likeness(one, measure_picture(png(scene(250))).thumb) < 0.6


def test_sound_is_measured_by_loudness_and_true_peak() -> None:
    found, clipped = measure_sound(tone(1)), measure_sound(tone(1, "clipped"))
    assert -30 < found.lufs < -10
    assert found.true_peak < -3
    assert clipped.true_peak > -0.1
    assert found.seconds == pytest.approx(2.0)
    assert measure_sound(tone(1, "hushed")).lufs < -50


def test_half_a_sound_file_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        measure_sound(b"RIFF and nothing more")
