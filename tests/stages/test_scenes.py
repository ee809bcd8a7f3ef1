"""The breakdown of scenes: what a scene takes over from those before it."""

import asyncio
from pathlib import Path

import pytest

from aiuteur.craft import fountain
from aiuteur.craft.screenplay import compose
from aiuteur.craft.world import ORDER, Key
from aiuteur.film.crew import Role
from aiuteur.film.shots import Order, Scene
from aiuteur.media.storage import Storage
from aiuteur.models.animatic.writer import AnimaticWriter
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft
from aiuteur.stages import scenes
from aiuteur.stages.run import run_stage
from aiuteur.stages.work import Bench
from tests.registry.builders import begun, put
from tests.stages.floor import crew, world

SCRIPT = "\n\n".join(
    f"{heading}\n\nAda walks."
    for heading in ("INT. HUT - NIGHT", "EXT. QUAY - CONTINUOUS", "INT. HUT - LATER", "EXT. QUAY - DAY", "INT. HUT - SAME")
)


@pytest.fixture
def broken_down(registry: Registry, tmp_path: Path) -> dict[str, Scene]:
    """The breakdown of every scene of the script, by number, in a lane with an empty bible."""
    begun(registry)
    parsed = [scene.model_copy(update={"id": f"s{scene.number}"}) for scene in fountain.parse(SCRIPT).scenes]
    put(
        registry, Draft(Key("script"), compose("The Ferry", None, parsed), {}), Draft(Key(ORDER, "bible"), Order(ids=()), {}),
        Draft(Key(ORDER, "scenes"), Order(ids=tuple(scene.id for scene in parsed)), {}),
    )
    bench = Bench(world(registry), crew(registry, tmp_path, {Role.WRITER: AnimaticWriter()}), Storage.open(str(tmp_path)))
    asyncio.run(run_stage(scenes, bench, registry))
    made = world(registry).of("scenes").values()
    return {one.noun.number: one.noun for one in made if isinstance(one.noun, Scene)}


def test_a_scene_that_goes_on_has_the_time_of_the_scene_before(broken_down: dict[str, Scene]) -> None:
    assert [broken_down[number].time_of_day.value for number in "12345"] == ["night", "night", "night", "day", "day"]


def test_only_a_scene_that_goes_on_reads_those_before_it(broken_down: dict[str, Scene], registry: Registry) -> None:
    del broken_down
    read = {item: {path for path in found.basis if ":staging." in path} for item, found in world(registry).of("scenes").items()}
    assert read == {
        "s1": set(), "s2": {"script::staging.s1"}, "s3": {"script::staging.s1", "script::staging.s2"}, "s4": set(),
        "s5": {"script::staging.s4"},
    }
