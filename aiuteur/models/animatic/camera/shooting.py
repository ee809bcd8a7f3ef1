"""One clip from planes, a path and the air: read the references, draw every frame, encode.

Belongs here: the order in which a clip is put together; one pure function from bytes to bytes, to be run in any process.
Does not belong here: the request and the reply (`aiuteur.models.animatic.cinematographer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import cv2
from cv2.typing import MatLike

from aiuteur.errors import InvalidInput
from aiuteur.film.takes import Motion
from aiuteur.media.encode import Canvas, Encoder, House
from aiuteur.models.animatic.camera.air import Air, air_of
from aiuteur.models.animatic.camera.dissolve import Stratum, depth_of, patch_between
from aiuteur.models.animatic.camera.path import Path
from aiuteur.models.animatic.camera.planes import PAD, CutOut, Plane, Solid, fitted, plane_from, read_pixels, solid
from aiuteur.models.protocols import Reference


@dataclass(frozen=True, slots=True)
class Set:
    """What the camera looks at: strata from the farthest, and their size in pixels."""

    strata: tuple[Stratum, ...]
    size: tuple[int, int]

    def luma(self, width: int, height: int) -> MatLike:
        """The luma of the middle of the farthest plane: where a place's lights are."""
        back = self.strata[0].before
        if not isinstance(back, Solid):
            message = "The farthest plane of a set is solid."
            raise TypeError(message)
        left, top = (self.size[0] - width) // 2 + PAD, (self.size[1] - height) // 2 + PAD
        return back.y[top : top + height, left : left + width]


def frame_count(motion: Motion) -> int:
    """How many frames a motion lasts, at least one."""
    return max(1, round(motion.seconds * motion.fps))


def shoot(motion: Motion, house: House, references: Sequence[Reference]) -> bytes:
    """Film a motion over the referenced pictures: a house-format mp4 of exactly `frame_count` frames.

    `references` are start_frame and, where there are any, layer, end_frame and end_layer. The same arguments give the same
    bytes in any process. Raises `InvalidInput` where the start frame is missing or a reference is not a picture.
    """
    cv2.setNumThreads(1)  # one clip, one core: clips run side by side, and their bytes must not depend on how many
    stage = build_set(house, references)
    frames = frame_count(motion)
    path = Path(motion.movement, frames, motion.travel, (house.width, house.height), stage.size, motion.seed)
    air = air_of(motion, stage.luma(house.width, house.height), house.width, house.height)
    with Encoder(house) as encoder:
        for n in range(frames):
            canvas = encoder.canvas()
            draw(stage, path, air, n, canvas)
            encoder.write(canvas)
    return encoder.data


def draw(stage: Set, path: Path, air: Air, n: int, canvas: Canvas) -> None:
    """Draw frame `n`: the farthest plane, the air behind the figures, the other planes, the air before."""
    for at, stratum in enumerate(stage.strata):
        stratum.draw(canvas, path, n)
        if not at:
            for effect in air.behind:
                effect(canvas, n)
    for effect in air.before:
        effect(canvas, n)


def build_set(house: House, references: Sequence[Reference]) -> Set:
    """Read the references into planes; raises `InvalidInput`."""
    start, end = _one(references, "start_frame"), _one(references, "end_frame")
    if start is None:
        message = "A clip needs its start frame, and the request shows none."
        raise InvalidInput(message)
    frame = (house.width, house.height)
    layers = _layers(references, "layer", frame)
    if layers:
        size = (layers[0].pixels.shape[1], layers[0].pixels.shape[0])
        ends = _layers(references, "end_layer", frame) if end is not None else layers
        strata = _strata(layers, ends or layers)
        end = None if ends else end
    else:
        size, strata = frame, (Stratum(0.0, solid(_flat(start, frame))),)
    if end is not None and end.sha256 != start.sha256:
        strata = (*strata, *_patched(_flat(start, frame), _flat(end, frame), size, strata))
    return Set(strata, size)


def _flat(reference: Reference, frame: tuple[int, int]) -> MatLike:
    return fitted(read_pixels(reference.data), frame)[..., :3].copy()


def _one(references: Sequence[Reference], role: str) -> Reference | None:
    return next((reference for reference in references if reference.role == role), None)


@dataclass(frozen=True, slots=True)
class _Layer:
    sha256: str
    depth: float
    pixels: MatLike


def _layers(references: Sequence[Reference], role: str, frame: tuple[int, int]) -> list[_Layer]:
    """The layers of a role at one size, farthest first; none unless the farthest covers everything."""
    found = sorted((reference for reference in references if reference.role == role), key=lambda layer: layer.depth)
    if not found:
        return []
    overscan = max(1.0, found[0].overscan)
    size = (round(frame[0] * overscan) // 2 * 2, round(frame[1] * overscan) // 2 * 2)
    made = [_Layer(layer.sha256, layer.depth, fitted(read_pixels(layer.data), size)) for layer in found]
    return made if isinstance(plane_from(made[0].pixels, 0.0), Solid) else []


def _strata(starts: Sequence[_Layer], ends: Sequence[_Layer]) -> tuple[Stratum, ...]:
    """Each depth of the start layers with what it becomes: layers of one depth belong together."""
    after = {layer.depth: layer for layer in ends[1:]}
    back, last = starts[0], ends[0]
    changed = back.sha256 != last.sha256 and back.pixels.shape == last.pixels.shape
    size = (back.pixels.shape[1], back.pixels.shape[0])
    patch = patch_between(back.pixels[..., :3], last.pixels[..., :3], size, back.depth) if changed else None
    made = [(back.depth, Stratum(back.depth, plane_from(back.pixels, back.depth), patch))]
    for layer in starts[1:]:
        other = after.pop(layer.depth, None)
        same = other is not None and other.sha256 == layer.sha256
        plane = plane_from(layer.pixels, layer.depth)
        stratum = Stratum(_footed(plane, layer.depth), plane, None if same else _arriving(other), stays=same)
        made.append((layer.depth, stratum))
    for layer in after.values():
        plane = _arriving(layer)
        made.append((layer.depth, Stratum(_footed(plane, layer.depth), None, plane)))
    return tuple(stratum for _, stratum in sorted(made, key=itemgetter(0)))


def _footed(plane: Plane | None, depth: float) -> float:
    """The depth a layer moves with: what stands on the ground is held near to it, since the ground is painted on the back.

    Feet in view that slid over their floor would be seen at once; a figure cut by the lower edge has none to show.
    """
    if not isinstance(plane, CutOut) or not plane.top:
        return depth
    frame_bottom = plane.size[1] * 0.9
    return depth * 0.35 if plane.top + plane.height < frame_bottom else depth


def _arriving(layer: _Layer | None) -> CutOut | None:
    plane = plane_from(layer.pixels, layer.depth) if layer is not None else None
    return plane if isinstance(plane, CutOut) else None


def _patched(flat: MatLike, ending: MatLike, size: tuple[int, int], strata: Sequence[Stratum]) -> tuple[Stratum, ...]:
    """What of a flat end picture differs, at the depth of the figures that moved."""
    planes = [stratum.before for stratum in strata if stratum.before is not None]
    patch = patch_between(flat, ending, size, 0.0)
    if patch is None:
        return ()
    depth = depth_of(patch, planes)
    return (Stratum(depth, None, replace(patch, depth=depth)),)
