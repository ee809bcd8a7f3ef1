"""The built-in judge: rates a take by what can be measured of it, and says nothing of what needs eyes.

Belongs here: bounds, and what it means to be out of them. Does not belong here: measuring (`aiuteur.media.measure`), or the
arithmetic of scores (`aiuteur.craft.review`).
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from aiuteur.craft.review import Remedy, judged, rated, rating_of
from aiuteur.digest import Json
from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Department, Dimension, Gate, Rating, Verdict
from aiuteur.film.shots import CameraMovement
from aiuteur.film.takes import Motion
from aiuteur.models.animatic.cards import CARDS
from aiuteur.models.protocols import Reply, Request

CARD: Final = CARDS[Role.JUDGE]

AT_MOST: Final = MappingProxyType({
    "black": 0.1, "flicker": 0.04, "blown": 0.35, "crushed": 0.85, "off_centre": 0.6,
})
AT_LEAST: Final = MappingProxyType({
    "sharpness": 2.0, "contrast": 0.025, "starts": 0.5, "ends": 0.4,
})
"""Bounds of shares, likenesses and sharpness: drawn frames and clean clips of every movement keep well within them."""

FROZEN_AT_MOST: Final = 0.6
"""Share of repeated frames in a shot whose camera moves; its eased ends are slow, and a static shot may stand still."""

REMEDIES: Final = MappingProxyType({
    name: Remedy(department, wrong, correction)
    for name, department, wrong, correction in (
        ("decodes", Department.TECHNICAL, "The take cannot be decoded to its end.",
         "Deliver a complete file in a common format."),
        ("size", Department.TECHNICAL, "The picture is not of the size asked.",
         "Keep the width and height that were asked for."),
        ("duration", Department.TECHNICAL, "The clip is not as long as asked.",
         "Keep exactly the duration that was asked for."),
        ("black", Department.GAFFER, "The picture is black.",
         "Light the scene: nothing in it can be seen."),
        ("frozen", Department.CINEMATOGRAPHER, "The picture stands still.",
         "Let the camera move through the whole shot, without a halt."),
        ("flicker", Department.GAFFER, "The light flickers.",
         "Keep the light steady from frame to frame."),
        ("blown", Department.GAFFER, "Highlights are burnt out.",
         "Expose for the highlights: large parts are pure white."),
        ("crushed", Department.GAFFER, "Shadows are lost.",
         "Lift the shadows: most of the picture is pure black."),
        ("sharpness", Department.CINEMATOGRAPHER, "The picture is out of focus.",
         "Keep the subject in sharp focus."),
        ("contrast", Department.GAFFER, "The picture is flat.",
         "Separate the subject from the background by light."),
        ("off_centre", Department.CINEMATOGRAPHER, "All weight is at the frame's edge.",
         "Balance the composition within the frame."),
        ("starts", Department.CINEMATOGRAPHER, "The clip does not begin on its start frame.",
         "Begin exactly on the start frame given."),
        ("ends", Department.CINEMATOGRAPHER, "The clip does not arrive at its end frame.",
         "Arrive at the end frame that is given."),
    )
})
"""What a failed gate means to the departments."""


class AnimaticJudge:
    """Answers `review_frame` and `review_clip` with a verdict; measuring runs in `executor`, in a thread where None."""

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return CARD

    async def make(self, request: Request) -> Reply:
        """Review one take; raises `InvalidInput` for another task or a request without a take."""
        if request.task not in {"review_frame", "review_clip"}:
            message = f"The judge reviews frames and clips; it cannot do {request.task!r}."
            raise InvalidInput(message)
        verdict = await asyncio.get_running_loop().run_in_executor(self._executor, review, request)
        return Reply(content=verdict.document(), cost_usd=0.0)


def review(request: Request) -> Verdict:
    """Measure the take a request shows and judge it; a take that cannot be decoded is a FAIL, not an error."""
    take = next((reference for reference in request.references if reference.role == "take"), None)
    if take is None:
        message = "A review needs the take, and the request shows none."
        raise InvalidInput(message)
    gates = _frame_gates(take.data, request.payload) if request.task == "review_frame" else _clip_gates(take.data, request)
    failed = {gate.name for gate in gates if not gate.passed}
    ratings = [rated(Dimension.TECHNICAL_QUALITY, _technical(failed))]
    if any(gate.name == "off_centre" for gate in gates):
        ratings.append(rated(Dimension.COMPOSITION, rating_of(len(failed & {"off_centre", "contrast"}))))
    return judged(take.sha256, CARD.name, gates, ratings, REMEDIES)


def _technical(failed: set[str]) -> Rating:
    if failed & {"decodes", "size", "duration", "black"}:
        return Rating.FAIL
    return rating_of(len(failed - {"off_centre"}))


def _frame_gates(data: bytes, payload: Mapping[str, Json]) -> list[Gate]:
    from aiuteur.media.measure import measure_picture

    try:
        found = measure_picture(data)
    except InvalidInput:
        return [_gate("decodes", 0.0, 1.0, passed=False)]
    gates = [_gate("decodes", 1.0, 1.0, passed=True), *_size_gate(found.width, found.height, payload)]
    values = {
        "black": float(found.black), "blown": found.blown, "crushed": found.crushed, "sharpness": found.sharpness,
        "contrast": found.contrast, "off_centre": found.off_centre,
    }
    return gates + [_bounded(name, value) for name, value in values.items()]


def _clip_gates(data: bytes, request: Request) -> list[Gate]:
    from aiuteur.media.measure import measure_clip, thumbnail

    motion = _motion(request.payload)
    # A frame that cannot be read is the request's fault, not the take's: it raises here, outside of what fails the take.
    thumbs = {shown.role: thumbnail(shown.data) for shown in request.references if shown.role in {"start_frame", "end_frame"}}
    try:
        found = measure_clip(data, thumbs.get("start_frame"), thumbs.get("end_frame"))
    except (InvalidInput, Corrupt):
        return [_gate("decodes", 0.0, 1.0, passed=False)]
    gates = [_gate("decodes", found.frames / max(1, found.told), 1.0, passed=found.decodes)]
    gates += _size_gate(found.width, found.height, request.payload)
    drift, step = abs(found.seconds - motion.seconds), 1 / motion.fps
    gates.append(_gate("duration", drift, step, passed=drift <= step + 1e-6))
    still = 1.0 if motion.movement is CameraMovement.STATIC else FROZEN_AT_MOST
    gates.append(_gate("frozen", found.frozen, still, passed=found.frozen <= still))
    values = {
        "black": found.black, "flicker": found.flicker, "blown": found.blown, "crushed": found.crushed,
        "sharpness": found.sharpness, "contrast": found.contrast, "starts": found.starts, "ends": found.ends,
    }
    return gates + [_bounded(name, value) for name, value in values.items() if value is not None]


def _motion(payload: Mapping[str, Json]) -> Motion:
    try:
        return Motion.model_validate(payload.get("motion"))
    except ValidationError as error:
        message = f"The motion to judge a clip by cannot be read: {error.errors()[0]['msg']}."
        raise InvalidInput(message) from error


def _size_gate(width: int, height: int, payload: Mapping[str, Json]) -> list[Gate]:
    """How much of the size asked was given; none where no size was asked."""
    asked = (payload.get("width"), payload.get("height"))
    if not isinstance(asked[0], int) or not isinstance(asked[1], int):
        return []
    return [_gate("size", width * height / max(1, asked[0] * asked[1]), 1.0, passed=(width, height) == asked)]


def _bounded(name: str, value: float) -> Gate:
    if name in AT_MOST:
        return _gate(name, value, AT_MOST[name], passed=value <= AT_MOST[name])
    return _gate(name, value, AT_LEAST[name], passed=value >= AT_LEAST[name])


def _gate(name: str, value: float, bound: float, *, passed: bool) -> Gate:
    return Gate(name=name, value=round(value, 4), bound=round(bound, 4), passed=passed)
