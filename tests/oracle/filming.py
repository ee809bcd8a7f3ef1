"""A lane that is filmed in no time: real stages, registry and writer; whoever paints, films, speaks or joins gives marks instead.

Belongs here: makers and joiners whose bytes are the digest of what they were given, and running every stage under watch. Does not
belong here: what is edited (`editing`), what ought to be made (`expecting`).
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest import mock

from aiuteur.craft.world import World
from aiuteur.desk import Desk
from aiuteur.exports.storyboard import Panel, Sheet
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Dimension, DimensionRating, Rating, Review
from aiuteur.lane import Lane
from aiuteur.media.joining import Part
from aiuteur.media.storage import Storage
from aiuteur.models.animatic.writer import AnimaticWriter
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import projects, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.recall import recall
from aiuteur.settings import Settings
from aiuteur.stages import dailies, editor, reviewing, shooting
from aiuteur.stages.makers import MAKERS
from aiuteur.stages.measuring import Measured
from aiuteur.stages.run import run_stage
from aiuteur.stages.work import Bench
from tests.fakes import Scripted
from tests.oracle.traces import Trace
from tests.oracle.watching import WatchedStage, watched_review, watching

T = TypeVar("T")
P = ParamSpec("P")


@dataclass
class Studio:
    """A lane in a fresh registry, and what was seen while it was made."""

    registry: Registry
    folder: Path
    traces: dict[tuple[str, str], Trace] = field(default_factory=dict[tuple[str, str], Trace])

    def __post_init__(self) -> None:
        self.storage = Storage.open(str(self.folder))
        self.desk = Desk(self.registry, self.storage, Settings(home=self.folder))
        self._cast = Cast.of({
            Role.WRITER: AnimaticWriter(), Role.ILLUSTRATOR: _marking("picture", "image/png"),
            Role.SOUND: _marking("sound", "audio/flac"),
            Role.CINEMATOGRAPHER: _marking("video", "video/mp4"), Role.VOICE: _marking("speech", "audio/wav"),
            Role.JUDGE: Scripted(_accepted, _card(Role.JUDGE)),
        })

    def create(self, lane: Lane, narrative: Narrative, brief: Brief) -> None:
        """Begin a project."""
        with self.registry.transaction() as session:
            projects.create_project(session, lane, narrative, brief)

    def world(self, lane: Lane) -> World:
        """What is selected now."""
        with self.registry.transaction() as session:
            return recall(session, versions.world(session, lane))

    def make(self, lane: Lane) -> list[tuple[str, str]]:
        """Run every stage that makes something, each under watch; returns the units that were made, in order."""
        made: list[tuple[str, str]] = []
        review = watched_review(reviewing.review, self.traces, made)
        with _without_pixels(), mock.patch.object(shooting, "review", review), mock.patch.object(dailies, "review", review):
            world = self.world(lane)
            for stage in MAKERS.values():
                watched = WatchedStage(stage, self.traces, made)
                crew = Crew(self.registry, self.storage, self._cast, lane, worker="oracle")
                with watching():
                    report = asyncio.run(run_stage(watched, Bench(world, crew, self.storage), self.registry))
                if report.world.items != world.items:
                    world = self.world(lane)
        return made


def _card(role: Role) -> ModelCard:
    return ModelCard("oracle", "test", role.value, replayable=True, reads_words=False, max_seconds=12.0)


def _marking(role: str, mime: str) -> Scripted:
    """A maker whose bytes say what it was asked, and nothing else."""
    card = _card({"picture": Role.ILLUSTRATOR, "video": Role.CINEMATOGRAPHER, "sound": Role.SOUND, "speech": Role.VOICE}[role])

    def answer(request: Request) -> Reply:
        picture = request.payload.get("picture")
        width, height = (picture["width"], picture["height"]) if isinstance(picture, dict) else (1280, 720)
        data = request.key(card, 1).encode()
        return Reply(media=(Made(role, data, mime, width=int(str(width)), height=int(str(height)), seconds=1.0),), cost_usd=0.0)

    return Scripted(answer, card)


def _accepted(_request: Request) -> Reply:
    ratings = [DimensionRating(dimension=dimension, rating=Rating.PASS, weight=0.2) for dimension in Dimension]
    return Reply(content=Review(ratings=tuple(ratings)).document(), cost_usd=0.0)


async def _unmeasured(*_given: object) -> Measured:
    return Measured(())


@contextmanager
def _without_pixels() -> Generator[None]:
    """The film is joined of marks: what is given to the joiners is read as ever, and its digest is the film."""
    with (
        mock.patch("aiuteur.models.keeping.arrived", _as_they_came),
        mock.patch.object(reviewing, "measured", _unmeasured),
        mock.patch.object(editor, "assemble", _joined), mock.patch.object(editor, "storyboard", _board),
        mock.patch.object(editor.mix, "master", _digest), mock.patch.object(editor.cards, "title_card", _digest),
        mock.patch.object(editor.cards, "end_card", _digest), mock.patch.object(editor, "ThreadPoolExecutor", _Watched),
    ):
        yield


class _Watched(ThreadPoolExecutor):
    """Threads whose reads are seen too."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        context = copy_context()
        return super().submit(lambda: context.run(fn, *args, **kwargs))


def _as_they_came(_request: Request, made: Sequence[Made]) -> list[Made]:
    return list(made)


def _joined(parts: Iterable[Part], audio: Callable[[], bytes], *given: object) -> int:
    *told, path, language = given
    shown = [(part.video, part.in_point, part.out_point) for part in parts]
    assert isinstance(path, Path)
    path.write_bytes(_digest(shown, audio(), told, language))
    return 24 * len(shown)


def _board(panels: Sequence[Panel], title: str, frame: Callable[[str], bytes], _before: Sheet | None) -> Sheet:
    return Sheet(_digest(panels, title, [frame(panel.picture) for panel in panels]), tuple(panel.picture for panel in panels))


def _digest(*given: object) -> bytes:
    return hashlib.sha256(json.dumps(given, default=_said, sort_keys=True).encode()).digest()


def _said(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else repr(value)
