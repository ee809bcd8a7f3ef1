"""A trial: a lane filmed, edited at random, made again after each edit, and held against the oracle every time.

Belongs here: the loop, for the test and for the benchmark. Does not belong here: how many edits on how long a film.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from aiuteur.craft.naming import key_of
from aiuteur.craft.world import Key, World
from aiuteur.errors import Permanent
from aiuteur.film import commands as c
from aiuteur.film.brief import Brief, Narrative
from aiuteur.lane import Lane
from tests.oracle.editing import Editor
from tests.oracle.expecting import Expecting, differences
from tests.oracle.filming import Studio

SIDE = "side"


@dataclass
class Trial:
    """One lane under trial; `edits` that were carried out by kind, `units` made after all of them."""

    studio: Studio
    lane: Lane
    chance: Random
    edits: Counter[str] = field(default_factory=Counter[str])
    units: int = 0
    expecting: Expecting = field(default_factory=Expecting)

    def begin(self, narrative: Narrative, brief: Brief) -> list[str]:
        """Film the lane, and a branch of it; returns what is stale although it was freshly made."""
        self.studio.create(self.lane, narrative, brief)
        self._written(self.studio.world(self.lane), [])
        wrong = self._made([])
        self.studio.desk.do(self.lane, c.Fork(branch=SIDE))
        return wrong

    def run(self, edits: int) -> Iterator[list[str]]:
        """Edit, make, compare, so many times; yields what differs from the oracle after each edit that was carried out."""
        editor = Editor(self.chance)
        while sum(self.edits.values()) < edits:
            for command in self._chosen(editor):
                yield self._made([f"after {command}: "])
                again = self.studio.make(self.lane)
                yield [f"after {command}, freshly made and stale: {unit}" for unit in again]

    def _chosen(self, editor: Editor) -> Iterator[c.Command]:
        """One command that the desk carried out: on the lane, or on the branch and then taken over."""
        if self.chance.random() < 0.08:
            aside = editor.command(self.studio.world(Lane(self.lane.project, SIDE)))
            if aside is not None and self._done(Lane(self.lane.project, SIDE), aside):
                merge = c.Merge(source=SIDE, theirs=True)
                if self._done(self.lane, merge):
                    yield merge
            return
        command = editor.command(self.studio.world(self.lane))
        if command is not None and self._done(self.lane, command):
            yield command

    def _done(self, lane: Lane, command: c.Command) -> bool:
        """Whether the desk carried a command out; what people wrote with it is taken note of."""
        before = self.studio.world(lane)
        kept = [key_of(item) for item in command.items] if isinstance(command, c.Keep) else []
        try:
            self.studio.desk.do(lane, command)
        except Permanent:
            return False
        self._written(before, kept)
        if lane == self.lane:
            self.edits[_kind(command)] += 1
        return True

    def _written(self, before: World, kept: list[Key]) -> None:
        with self.studio.registry.transaction() as session:
            self.expecting.written(session, before, self.studio.world(before.lane), kept)

    def _made(self, said: list[str]) -> list[str]:
        """Make the lane and compare."""
        before = self.studio.world(self.lane)
        made = self.studio.make(self.lane)
        after = self.studio.world(self.lane)
        expected = self.expecting.expected(before, after)
        with self.studio.registry.transaction() as session:
            self.expecting.made(session, self.studio.traces, made, after)
        self._written(after, [])
        self.units += len(expected)
        return [f"{''.join(said)}{one}" for one in differences(made, expected)]


def _kind(command: c.Command) -> str:
    """What sort of edit a command is: an edit by what is edited."""
    return f"edit {key_of(command.item).artifact}" if isinstance(command, c.Edit) else command.kind
