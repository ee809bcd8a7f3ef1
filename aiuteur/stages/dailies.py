"""Dailies: the review of every selected take, by measured gates and the judge that is cast."""

from collections.abc import Sequence

from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.crew import Role
from aiuteur.film.dailies import Verdict
from aiuteur.film.takes import Clip, Frame, FrameEnd, Prompt
from aiuteur.models.routing import Asked
from aiuteur.registry.versions import Outcome
from aiuteur.stages import frames
from aiuteur.stages.shot_list import all_shots, shot_of
from aiuteur.stages.work import Asking, Bench, Unit, content, drafted, outcome

name = "dailies"


def units(world: World) -> Sequence[Unit]:
    """One unit for each frame take and each clip take."""
    items = [unit.anchor for unit in frames.units(world)] + [f"{shot}/clip" for shot in all_shots(world)]
    return tuple(Unit(item, (Key(name, item),)) for item in items)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Have one take reviewed."""
    reading = Reading(bench.world)
    shot, _, part = unit.anchor.partition("/")
    asked = await (_clip(unit, reading, bench, shot) if part == "clip" else _frame(unit, reading, bench))
    verdict = Verdict.model_validate(content(asked))
    label = f"shot {shot_of(bench.world, shot).label} {part}"
    return outcome([drafted(unit.keys[0], verdict, reading, bench.world, asked, label=label)], asked)


async def _frame(unit: Unit, reading: Reading, bench: Bench) -> Asked:
    frame = reading.view(Frame, Key("frames", unit.anchor), "picture")
    payload = {"width": frame.picture.width, "height": frame.picture.height}
    take = await bench.fetch(frame.picture, "take")
    return await Asking(Role.JUDGE, "review_frame", unit.keys[0], reading, payload, references=(take,)).by(bench.crew)


async def _clip(unit: Unit, reading: Reading, bench: Bench, shot: str) -> Asked:
    clip = reading.view(Clip, Key("clips", shot), "video")
    motion = reading.view(Prompt, Key("prompts", shot), "motion").motion
    start = reading.view(Frame, Key("frames", f"{shot}/{FrameEnd.START}"), "picture").picture
    end = reading.maybe(Frame, Key("frames", f"{shot}/{FrameEnd.END}"), "picture")
    references = [await bench.fetch(clip.video, "take"), await bench.fetch(start, "start_frame")]
    if end is not None:
        references.append(await bench.fetch(end.picture, "end_frame"))
    payload = {"motion": motion.document(), "width": start.width, "height": start.height}
    return await Asking(
        Role.JUDGE, "review_clip", unit.keys[0], reading, payload, references=tuple(references)
    ).by(bench.crew)
