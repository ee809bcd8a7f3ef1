"""Stage 10: the start frame of every shot, and the end frame where one is asked for."""

from collections.abc import Sequence

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.crew import Role
from aiuteur.film.shots import Shot
from aiuteur.film.takes import Frame, FrameEnd, Layer, Picture, Prompt
from aiuteur.models.protocols import Reference
from aiuteur.registry.versions import Outcome
from aiuteur.stages.shot_list import all_shots, shot_of
from aiuteur.stages.work import Asking, Bench, Unit, drafted, outcome

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
    """Ask the illustrator for one frame, with the cast's key images in view."""
    world, reading = bench.world, Reading(bench.world)
    item, _, end = unit.anchor.partition("/")
    shot = reading.view(Shot, Key("shot_list", item), "label", "blocking", "continues_from")
    words, picture = _asked_for(reading, item, FrameEnd(end))
    references = await _references(reading, bench, shot, FrameEnd(end))
    asked = await Asking(
        Role.ILLUSTRATOR, "frame", unit.keys[0], reading, {"picture": picture.document(), "end": end}, words, tuple(references),
        seed=picture.seed,
    ).by(bench.crew)
    layers = tuple(
        Layer(media=stored.ref, depth=stored.depth, overscan=stored.overscan) for stored in asked.media if stored.role == "layer"
    )
    frame = Frame(shot_id=item, end=FrameEnd(end), picture=asked.first("picture"), layers=layers)
    label = f"shot {shot.label} {end}"
    return outcome([drafted(unit.keys[0], frame, reading, world, asked, label=label, final_prompt=words)], asked)


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
