"""Stage 1: the narrative and the brief. They are given, not made: there is nothing to run, only to be there."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiuteur.craft.world import Blocked, Key, World
from aiuteur.registry.versions import Outcome
from aiuteur.stages.work import Bench, Unit


@dataclass(frozen=True, slots=True)
class Given:
    """An artifact that a person gave when the project was created."""

    name: str

    def units(self, world: World) -> Sequence[Unit]:
        """One unit that rests as soon as the artifact is there."""
        del world
        return (Unit("", (Key(self.name),)),)

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        """Refuse: nobody but the person can make it."""
        del unit
        message = f"{bench.world.lane} has no {self.name}: create the project with its story first."
        raise Blocked(message)


NARRATIVE = Given("narrative")
BRIEF = Given("brief")
