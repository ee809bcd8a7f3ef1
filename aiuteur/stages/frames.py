"""Stage 10: the start frame of every shot, and the end frame where one is asked for."""

from collections.abc import Sequence
from functools import partial

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.crew import Role
from aiuteur.film.shots import Shot
from aiuteur.film.takes import Frame, FrameEnd, Layer, Picture, Prompt
from aiuteur.models.protocols import Reference
from aiuteur.models.routing import Asked
from aiuteur.registry.versions import Outcome
from aiuteur.stages.shooting import Shooting
from aiuteur.stages.shot_list import all_shots, shot_of
from aiuteur.stages.takes import takes
from aiuteur.stages.work import Asking, Bench, Unit

name = "frames"


def units(world: World) -> Sequence[Unit]:
    """A start frame for each shot, after the end frame it continues from; an end frame where the shot requires one."""
    found: list[Unit] = []
    for item in all_shots(world):
        shot = shot_of(world, item)
        start, end = f"{item}/{FrameEnd.START}", f"{item}/{FrameEnd.END}"
        found.append(Unit(start, (Key(name, start),), (f"{shot.continues_from}/{FrameEnd.END}",) if shot.continues_from else ()))
        if shot.requires_end_frame:
            found.append(Unit(end, (Key(name, end),), (start,)))
    return tuple(found)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Have the illustrator make one frame, with the cast's key images in view, until a take is accepted."""
    reading = Reading(bench.world)
    item, _, end = unit.anchor.partition("/")
    shot = reading.view(Shot, Key("shot_list", item), "blocking", "continues_from")
    words, picture = _asked_for(reading, item, FrameEnd(end))
    references = await _references(reading, bench, shot, FrameEnd(end))
    asking = Asking(
        Role.ILLUSTRATOR, "frame", unit.keys[0], reading, {"picture": picture.document(), "end": end}, words, tuple(references),
        seed=picture.seed,
    )
    label = f"{shot_of(bench.world, item).label} {end}"
    return await takes(Shooting(item, unit.anchor, label, asking, partial(_frame, item, FrameEnd(end))), bench)


def _frame(item: str, end: FrameEnd, asked: Asked) -> Frame:
    layers = tuple(
        Layer(media=stored.ref, depth=stored.depth, overscan=stored.overscan) for stored in asked.media if stored.role == "layer"
    )
    return Frame(shot_id=item, end=end, picture=asked.first("picture"), layers=layers)


def _asked_for(reading: Reading, item: str, end: FrameEnd) -> tuple[str, Picture]:
    if end is FrameEnd.START:
        found = reading.view(Prompt, Key("prompts", item), "frame", "picture")
        return found.frame, found.picture
    found = reading.view(Prompt, Key("prompts", item), "frame", "end_picture")
    if found.end_picture is None:
        message = f"The prompt of shot {item} describes no end frame."
        raise ValueError(message)
    return found.frame, found.end_picture


async def _references(reading: Reading, bench: Bench, shot: Shot, end: FrameEnd) -> list[Reference]:
    """The key images of who is seen, and for a start frame the end frame of the shot it continues from."""
    found: list[Reference] = []
    for block in shot.blocking:
        image = reading.maybe(KeyImage, Key("bible", image_item(block.character_id)), "picture")
        if image is not None:
            found.append(await bench.fetch(image.picture, "key_image"))
    if end is FrameEnd.START and shot.continues_from:
        previous = reading.view(Frame, Key(name, f"{shot.continues_from}/{FrameEnd.END}"), "picture", "layers")
        found.append(await bench.fetch(previous.picture, "continues"))
        found += [
            await bench.fetch(layer.media, "continues_layer", depth=layer.depth, overscan=layer.overscan)
            for layer in previous.layers
        ]
    return found
