"""One clip from planes, a path and the air: read the references, draw every frame, encode.

Belongs here: the order in which a clip is put together; one pure function from bytes to bytes, to be run in any process.
Does not belong here: the request and the reply (`aiuteur.models.animatic.cinematographer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from aiuteur.errors import InvalidInput
from aiuteur.film.takes import Motion
from aiuteur.media.encode import Canvas, Encoder, House
from aiuteur.models.animatic.camera.air import Air, air_of
from aiuteur.models.animatic.camera.dissolve import Dissolve
from aiuteur.models.animatic.camera.path import Path
from aiuteur.models.animatic.camera.planes import Plane, Solid, fitted, lay, plane_from, read_pixels, solid
from aiuteur.models.protocols import Reference


@dataclass(frozen=True, slots=True)
class Set:
    """What the camera looks at: planes from the farthest, the flat picture, and the picture it ends on, if it is another."""

    planes: tuple[Plane, ...]
    picture: Solid
    ending: Dissolve | None


def frame_count(motion: Motion) -> int:
    """How many frames a motion lasts, at least one."""
    return max(1, round(motion.seconds * motion.fps))


def shoot(motion: Motion, house: House, references: Sequence[Reference]) -> bytes:
    """Film a motion over the referenced pictures: a house-format mp4 of exactly `frame_count` frames.

    `references` are start_frame, and where there are any end_frame and layer (farthest first). The same arguments give the same
    bytes in any process. Raises `InvalidInput` where the start frame is missing or a reference is not a picture.
    """
    cv2.setNumThreads(1)  # one clip, one core: clips run side by side, and their bytes must not depend on how many
    stage = build_set(house, references)
    frames = frame_count(motion)
    path = Path(motion.movement, frames, motion.travel, (house.width, house.height), stage.planes[0].size, motion.seed)
    air = air_of(motion, stage.picture, house.width, house.height)
    with Encoder(house) as encoder:
        for n in range(frames):
            canvas = encoder.canvas()
            draw(stage, path, air, n, canvas)
            encoder.write(canvas)
    return encoder.data


def draw(stage: Set, path: Path, air: Air, n: int, canvas: Canvas) -> None:
    """Draw frame `n`: the farthest plane, the air behind the figures, the other planes, what the clip ends on, the air before."""
    for at, plane in enumerate(stage.planes):
        lay(plane, path.window(n, plane.depth), canvas)
        if not at:
            for effect in air.behind:
                effect(canvas, n)
    if stage.ending is not None:
        stage.ending.draw(canvas, path, n)
    for effect in air.before:
        effect(canvas, n)


def build_set(house: House, references: Sequence[Reference]) -> Set:
    """Read the references into planes; raises `InvalidInput`."""
    start, end = _one(references, "start_frame"), _one(references, "end_frame")
    if start is None:
        message = "A clip needs its start frame, and the request shows none."
        raise InvalidInput(message)
    frame = (house.width, house.height)
    flat = fitted(read_pixels(start.data), frame)[..., :3].copy()
    picture = solid(flat)
    layers = [reference for reference in references if reference.role == "layer"]
    planes = _planes(layers, frame) or (picture,)
    ending = None
    if end is not None and end.sha256 != start.sha256:
        ending = Dissolve.between(flat, fitted(read_pixels(end.data), frame)[..., :3].copy(), planes)
    return Set(planes, picture, ending)


def _one(references: Sequence[Reference], role: str) -> Reference | None:
    return next((reference for reference in references if reference.role == role), None)


def _planes(layers: Sequence[Reference], frame: tuple[int, int]) -> tuple[Plane, ...]:
    if not layers:
        return ()
    overscan = max(1.0, layers[0].overscan)
    size = (round(frame[0] * overscan) // 2 * 2, round(frame[1] * overscan) // 2 * 2)
    ordered = sorted(layers, key=lambda layer: layer.depth)
    made = [plane_from(fitted(read_pixels(layer.data), size), layer.depth) for layer in ordered]
    planes = tuple(plane for plane in made if plane is not None)
    return planes if planes and isinstance(planes[0], Solid) else ()
