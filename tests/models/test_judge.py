"""The judge: clean takes pass, planted faults are found and named, and what cannot be decoded fails."""

import asyncio

import cv2
import numpy as np
import pytest

from aiuteur.craft.review import accepted
from aiuteur.digest import Json, digest_bytes
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import Weather
from aiuteur.film.dailies import Department, Dimension, Overall, Rating, Verdict
from aiuteur.film.shots import CameraMovement
from aiuteur.film.takes import Motion
from aiuteur.media.encode import House, Pixels, encode
from aiuteur.models.animatic.judge import AnimaticJudge
from aiuteur.models.protocols import Reference, Request
from tests.models.filming import HEIGHT, WIDTH, back, figure, film, flat, layered, motion, png

PUSH = motion(CameraMovement.PUSH_IN, 2.0)
PICTURE = png(flat(back(), figure()))


def ask(task: str, payload: dict[str, Json], *references: Reference) -> Verdict:
    reply = asyncio.run(AnimaticJudge().make(Request(task, payload, references=references)))
    return Verdict.model_validate(reply.content)


def take(data: bytes, role: str = "take") -> Reference:
    return Reference(role, digest_bytes(data), "video/mp4", data)


def clip_verdict(data: bytes, asked: Motion = PUSH, *more: Reference) -> Verdict:
    payload: dict[str, Json] = {"motion": asked.document(), "width": WIDTH, "height": HEIGHT}
    return ask("review_clip", payload, take(data), take(PICTURE, "start_frame"), *more)


def failed(verdict: Verdict) -> set[str]:
    return {gate.name for gate in verdict.gates if not gate.passed}


def frames_of(asked: Motion) -> list[Pixels]:
    """The pictures of a clean push-in, to plant faults in."""
    start = np.asarray(flat(back(), figure())[..., ::-1])
    count = round(asked.seconds * 24)
    made: list[Pixels] = []
    for n in range(count):
        cut = n // 3
        part = np.ascontiguousarray(start[cut : HEIGHT - cut, cut * 16 // 9 : WIDTH - cut * 16 // 9])
        made.append(np.asarray(cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8))
    return made


def encoded(frames: list[Pixels]) -> bytes:
    return encode(frames, House(frames[0].shape[1], frames[0].shape[0]))


@pytest.mark.parametrize("movement", list(CameraMovement))
def test_clean_clips_of_every_movement_are_accepted(movement: CameraMovement) -> None:
    asked = motion(movement, 2.0)
    verdict = clip_verdict(film(asked), asked)
    assert failed(verdict) == set()
    assert verdict.overall is Overall.ACCEPT
    assert accepted(verdict)


@pytest.mark.parametrize("more", [
    {"weather": Weather.RAIN}, {"weather": Weather.SNOW}, {"weather": Weather.FOG}, {"flicker": True, "smoke": True},
], ids=str)
def test_clean_clips_in_any_weather_are_accepted(more: dict[str, object]) -> None:
    asked = motion(CameraMovement.STATIC, 2.0, **more)
    assert clip_verdict(film(asked), asked).overall is Overall.ACCEPT


def test_only_what_was_measured_is_rated() -> None:
    verdict = clip_verdict(film(PUSH))
    assert [rating.dimension for rating in verdict.ratings] == [Dimension.TECHNICAL_QUALITY]
    assert verdict.take == digest_bytes(film(PUSH))
    assert verdict.judge == "judge-1"
    assert {"decodes", "duration", "black", "frozen", "starts"} <= {gate.name for gate in verdict.gates}


def test_a_black_clip_fails_alone() -> None:
    verdict = clip_verdict(encoded([np.zeros((HEIGHT, WIDTH, 3), np.uint8)] * 48))
    assert "black" in failed(verdict)
    assert (verdict.overall, verdict.score) == (Overall.FAIL, 0.0)
    assert any(issue.department is Department.GAFFER and issue.severity == "critical" for issue in verdict.issues)


@pytest.mark.parametrize("seconds", [1.0, 1.9, 2.2])
def test_a_clip_of_another_length_fails_alone(seconds: float) -> None:
    asked = motion(CameraMovement.PUSH_IN, seconds)
    verdict = clip_verdict(film(asked))
    assert failed(verdict) == {"duration"}
    assert verdict.overall is Overall.FAIL


def test_a_clip_of_another_size_fails_alone() -> None:
    small = [np.asarray(cv2.resize(frame, (160, 96)), np.uint8) for frame in frames_of(PUSH)]
    assert "size" in failed(clip_verdict(encoded(small)))


def test_a_frozen_clip_is_noted_unless_the_shot_is_static() -> None:
    still = encoded([frames_of(PUSH)[0]] * 48)
    verdict = clip_verdict(still)
    assert failed(verdict) == {"frozen"}
    assert verdict.overall is Overall.REGENERATE_MINOR
    assert verdict.corrections == ("Let the camera move through the whole shot, without a halt.",)
    assert not accepted(verdict)
    assert clip_verdict(still, motion(CameraMovement.STATIC, 2.0)).overall is Overall.ACCEPT


def test_a_flickering_clip_is_noted() -> None:
    frames = [np.asarray(cv2.add(frame, np.full_like(frame, 30 * (n % 2))), np.uint8) for n, frame in enumerate(frames_of(PUSH))]
    assert failed(clip_verdict(encoded(frames))) == {"flicker"}


def test_a_clip_of_something_else_does_not_start_on_its_frame() -> None:
    noise = np.random.default_rng(9).integers(30, 220, (12, 20, 3), dtype=np.uint8)
    other = [np.asarray(cv2.resize(np.roll(noise, n // 6, 1), (WIDTH, HEIGHT)), np.uint8) for n in range(48)]
    assert "starts" in failed(clip_verdict(encoded(other)))


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9])
def test_half_a_file_fails_and_the_gate_says_so(part: float) -> None:
    data = film(PUSH)
    verdict = clip_verdict(data[: int(len(data) * part)])
    assert failed(verdict) == {"decodes"}
    assert verdict.overall is Overall.FAIL
    assert verdict.ratings[0].rating is Rating.FAIL


def frame_verdict(data: bytes) -> Verdict:
    return ask("review_frame", {"width": WIDTH, "height": HEIGHT}, take(data))


def test_a_clean_frame_is_accepted_on_technique_and_composition() -> None:
    verdict = frame_verdict(PICTURE)
    assert failed(verdict) == set()
    assert {rating.dimension for rating in verdict.ratings} == {Dimension.TECHNICAL_QUALITY, Dimension.COMPOSITION}
    assert verdict.overall is Overall.ACCEPT


def test_frames_that_are_black_blurred_small_or_none_are_found() -> None:
    assert "black" in failed(frame_verdict(png(np.zeros((HEIGHT, WIDTH, 3), np.uint8))))
    assert "sharpness" in failed(frame_verdict(png(cv2.GaussianBlur(flat(back(), figure()), (0, 0), 25))))
    assert failed(frame_verdict(png(cv2.resize(flat(back(), figure()), (300, 180))))) == {"size"}
    assert frame_verdict(b"no picture").overall is Overall.FAIL


def test_a_request_without_a_take_or_with_a_broken_reference_is_an_error_and_no_pass() -> None:
    with pytest.raises(InvalidInput, match="needs the take"):
        ask("review_clip", {"motion": PUSH.document()})
    with pytest.raises(InvalidInput, match="not a picture"):
        ask("review_clip", {"motion": PUSH.document()}, take(film(PUSH)), take(b"torn", "start_frame"))
    with pytest.raises(InvalidInput, match="reviews frames and clips"):
        ask("clip", {}, *layered())
