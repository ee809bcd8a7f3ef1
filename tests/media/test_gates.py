"""The gates: each finds its fault at every magnitude, and clean takes of many looks trip none."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from aiuteur.film.dailies import Thresholds
from aiuteur.media.gates import Asked, review_clip, review_picture
from benchmarks import faults, looks
from benchmarks.faults import GATE, Size
from benchmarks.looks import Take

SMALL = (256, 144)
BOUNDS = Thresholds()
MAGNITUDES: tuple[Size, ...] = (0, 1, 2)


def asked(take: Take) -> Asked:
    height, width = take.frames[0].shape[:2]
    return Asked(width, height, len(take.frames) / looks.FPS, looks.FPS, take.moves, take.flickers)


def failed(data: bytes, take: Take, **more: bytes | None) -> set[str]:
    shown = {"start": take.start, "end": take.end, **more}
    return {gate.name for gate in review_clip(data, asked(take), BOUNDS, **shown) if not gate.passed}


@pytest.fixture(scope="module")
def moving() -> Take:
    return looks.take(4, path="track", seconds=1.5)


@pytest.mark.parametrize("kind", list(faults.VIDEO))
@pytest.mark.parametrize("size", MAGNITUDES, ids=["noticeable", "plain", "gross"])
def test_a_fault_in_the_file_fails_its_gate(kind: str, size: Size, moving: Take) -> None:
    planted = faults.VIDEO[kind](moving, size, np.random.default_rng([size, 4]))
    assert failed(planted, moving) & set(GATE[kind])


@pytest.mark.parametrize("size", MAGNITUDES, ids=["mirrored", "elsewhere", "another place"])
def test_a_clip_that_begins_or_ends_on_another_frame_is_found(size: Size, moving: Take) -> None:
    data, other = moving.encoded(), faults.another(moving, size)
    assert failed(data, moving, start=other) >= {"starts"}
    assert failed(data, moving, end=other) >= {"ends"}


@pytest.mark.parametrize("fault", faults.SOUND)
def test_a_fault_in_the_sound_is_found(fault: str, moving: Take) -> None:
    assert failed(moving.encoded(), moving, stem=faults.tone(1, fault)) & set(GATE["sound"])
    assert failed(moving.encoded(), moving, stem=faults.tone(1)) == set()


def test_fifty_clean_clips_of_all_looks_trip_no_gate() -> None:
    kinds = [(light, path) for light in looks.LIGHTS for path in looks.PATHS] + [("day", "held"), ("noir", "held")]
    airs = ("", *looks.AIRS)
    takes = [
        looks.take(900 + n, light=light, path=path, air=airs[n % len(airs)], size=SMALL, seconds=1.0)
        for n, (light, path) in enumerate(kinds)
    ]
    assert len(takes) == 50
    assert [(take.look, found) for take in takes if (found := failed(take.encoded(), take))] == []


def test_a_held_shot_may_stand_still_and_firelight_may_jump() -> None:
    held, fire = looks.take(3, path="held", size=SMALL, seconds=1.0), looks.take(3, air="firelight", size=SMALL)
    still = replace(held, frames=[held.frames[0]] * 24)
    assert failed(still.encoded(), still) == set()
    assert failed(still.encoded(), replace(still, moves=True)) == {"frozen"}
    assert failed(fire.encoded(), fire) == set()
    assert failed(fire.encoded(), replace(fire, flickers=False)) == {"flicker"}


def test_what_cannot_be_opened_fails_and_is_measured_no_further(moving: Take) -> None:
    for data in (b"", b"nothing of the kind", moving.encoded()[:2000]):
        gates = review_clip(data, asked(moving), BOUNDS, start=moving.start)
        assert [(gate.name, gate.passed) for gate in gates] == [("decodes", False)]
    assert [gate.name for gate in review_picture(b"no picture", Asked(), BOUNDS)] == ["decodes"]


def frame_fails(data: bytes, width: int = SMALL[0], height: int = SMALL[1]) -> set[str]:
    return {gate.name for gate in review_picture(data, Asked(width, height), BOUNDS) if not gate.passed}


@pytest.mark.parametrize("light", looks.LIGHTS)
def test_clean_frames_of_every_light_trip_no_gate(light: str) -> None:
    for seed in range(9):
        shown = looks.framed(looks.painting(seed, light, SMALL), 0.5, 0.5, 1.0, SMALL)
        assert frame_fails(looks.png(shown)) == set()


def test_frames_that_are_black_blown_blurred_or_small_are_found() -> None:
    shown = looks.framed(looks.painting(2, "day", SMALL), 0.5, 0.5, 1.0, SMALL)
    assert "black" in frame_fails(looks.png(np.zeros_like(shown)))
    assert "blown" in frame_fails(looks.png(cv2.convertScaleAbs(shown, alpha=3.0)))
    assert "sharpness" in frame_fails(looks.png(cv2.GaussianBlur(shown, (0, 0), 9)))
    assert frame_fails(looks.png(cv2.resize(shown, (240, 144)))) == {"size"}


def test_frames_that_are_flat_sunk_or_weighed_down_at_an_edge_are_found() -> None:
    noise = np.random.default_rng(3).integers(0, 5, (SMALL[1], SMALL[0], 3)).astype(np.uint8)
    lone = np.full((SMALL[1], SMALL[0], 3), 90, np.uint8)
    cv2.circle(lone, (SMALL[0] - 14, SMALL[1] // 2), 9, (250, 250, 250), -1)
    assert "contrast" in frame_fails(looks.png(120 + noise))
    assert "off_centre" in frame_fails(looks.png(lone))
    sunk = np.where(np.arange(SMALL[0])[None, :, None] > SMALL[0] * 0.95, 200, 0) + 0 * noise.astype(int)
    assert "crushed" in frame_fails(looks.png(sunk.astype(np.uint8)))


def test_a_projects_thresholds_are_the_bounds(moving: Take) -> None:
    strict = Thresholds(starts=0.9999)
    gates = review_clip(moving.encoded(), asked(moving), strict, start=moving.start)
    assert [(gate.name, gate.bound) for gate in gates if not gate.passed] == [("starts", 0.9999)]
