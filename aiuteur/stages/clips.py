"""Stage 12: the clip of every shot, conformed to the house format on arrival."""

import asyncio
from collections.abc import Sequence
from functools import partial

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.crew import Role
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Clip, Frame, FrameEnd, Prompt
from aiuteur.models.protocols import Reference
from aiuteur.models.routing import Asked
from aiuteur.registry.ledger import StoredMedia
from aiuteur.registry.versions import Outcome
from aiuteur.stages.reviewing import CLIP
from aiuteur.stages.shooting import Shooting
from aiuteur.stages.shot_list import all_shots, shot_of
from aiuteur.stages.takes import takes
from aiuteur.stages.work import Asking, Bench, Unit

name = "clips"


def units(world: World) -> Sequence[Unit]:
    """One unit for each shot."""
    return tuple(Unit(shot, (Key(name, shot),)) for shot in all_shots(world))


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Have the cinematographer make one clip between the shot's frames, until a take is accepted."""
    reading = Reading(bench.world)
    prompt = reading.view(Prompt, Key("prompts", unit.anchor), "video", "motion")
    references, (width, height) = await _references(reading, bench, unit.anchor)
    payload = {"motion": prompt.motion.document(), "width": width, "height": height}
    asking = Asking(
        Role.CINEMATOGRAPHER, "clip", unit.keys[0], reading, payload, prompt.video, tuple(references), seed=prompt.motion.seed
    )
    label = shot_of(bench.world, unit.anchor).label
    return await takes(Shooting(unit.anchor, f"{unit.anchor}/{CLIP}", label, asking, partial(_clip, unit.anchor)), bench)


def _clip(shot: str, asked: Asked) -> Clip:
    original, stem = (_optional(asked.media, role) for role in ("original", "stem"))
    return Clip(shot_id=shot, video=asked.first("video"), original=original, stem=stem)


async def _references(reading: Reading, bench: Bench, shot: str) -> tuple[list[Reference], tuple[int, int]]:
    """The start frame with its layers, and the end frame where the shot has one; the size in pixels is the start frame's."""
    start = reading.view(Frame, Key("frames", f"{shot}/{FrameEnd.START}"), "picture", "layers")
    end = reading.maybe(Frame, Key("frames", f"{shot}/{FrameEnd.END}"), "picture", "layers")
    wanted = [bench.fetch(start.picture, "start_frame")]
    wanted += [bench.fetch(layer.media, "layer", depth=layer.depth, overscan=layer.overscan) for layer in start.layers]
    if end is not None:
        wanted.append(bench.fetch(end.picture, "end_frame"))
        wanted += [bench.fetch(layer.media, "end_layer", depth=layer.depth, overscan=layer.overscan) for layer in end.layers]
    size = (start.picture.width or 1280, start.picture.height or 720)
    return list(await asyncio.gather(*wanted)), size


def _optional(media: Sequence[StoredMedia], role: str) -> MediaRef | None:
    return next((stored.ref for stored in media if stored.role == role), None)
