"""Reviewing a take: measured gates first, then whoever is cast as judge; the same way in the loop that makes it and in dailies.

Belongs here: what is shown to the judge, and what becomes of no answer. Does not belong here: measuring
(`aiuteur.media.gates`), the arithmetic (`aiuteur.craft.review`), what follows for the take (`aiuteur.stages.takes`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Final

from pydantic import ValidationError

from aiuteur.craft import review as arithmetic
from aiuteur.craft.world import Key, Reading, World
from aiuteur.digest import Json
from aiuteur.errors import AiuteurError, Ambiguous, OverBudget
from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.crew import Role
from aiuteur.film.dailies import Gate, Review, Thresholds, Verdict
from aiuteur.film.shots import CameraMovement, Shot
from aiuteur.film.takes import Clip, Frame, FrameEnd, Prompt
from aiuteur.models.protocols import Reference
from aiuteur.models.routing import Asked
from aiuteur.registry.drafts import Draft
from aiuteur.stages.measuring import DAILIES, measured
from aiuteur.stages.shot_list import shot_of
from aiuteur.stages.work import Asking, Bench, content, drafted

NAME: Final = DAILIES
CLIP: Final = "clip"
SILENT: Final = "Look at the take: accept it as it is, or ask for its review again (retry)."
_TRIES: Final = 2
"""How often a judge that gave no review is asked, all in all."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reviewed take: its verdict, the draft of it, and what the judge was asked.

    `measured` is to be written down with the take's bytes. `silent` says why there is no review (None: there is); `unpaid` that
    money was the reason.
    """

    verdict: Verdict
    draft: Draft
    asked: tuple[Asked, ...] = ()
    silent: str | None = None
    unpaid: bool = False
    measured: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Case:
    """A take before its judge: what was read of it, measured of it, what is asked of it, and what the judge is to see.

    `measured` is what of it is to be written down with the take's bytes.
    """

    take: str
    task: str
    least: float
    gates: tuple[Gate, ...]
    payload: dict[str, Json]
    references: tuple[Reference, ...]
    measured: Mapping[str, Json] = field(default_factory=dict[str, Json])


async def review(anchor: str, bench: Bench, world: World, attempt: int = 1) -> Reviewed:
    """Review the take that is selected in a world, by its anchor in dailies (shot/start, shot/end, shot/clip).

    `attempt` above 1 asks the judge afresh. Raises `Blocked` where there is no take; never for what a judge does.
    """
    reading = Reading(world)
    bounds = (await bench.slate.terms()).thresholds if bench.slate is not None else Thresholds()
    case = await case_of(anchor, bench, reading, bounds)
    if arithmetic.unsound(case.gates):
        found = _reviewed(anchor, reading, world, arithmetic.verdict(case.take, case.gates, None, least=case.least))
    else:
        found = await _judged(anchor, bench, reading, world, case, attempt)
    return replace(found, measured=case.measured)


async def case_of(anchor: str, bench: Bench, reading: Reading, bounds: Thresholds) -> Case:
    """A take that is selected in a world, measured, and all that its judge is to see; raises `Blocked` where there is none."""
    return await (_clip if anchor.endswith(f"/{CLIP}") else _frame)(anchor, bench, reading, bounds)


async def _judged(anchor: str, bench: Bench, reading: Reading, world: World, case: Case, attempt: int) -> Reviewed:
    """Ask the judge, once more where it fails; a judge that fails twice leaves the verdict unknown."""
    card = bench.crew.card(Role.JUDGE, Key(NAME, anchor))
    why, unpaid = "Nobody is cast as judge.", False
    for tried in range(attempt, attempt + _TRIES if card is not None else attempt):
        try:
            found, asked = await judged(anchor, bench, reading, case, tried)
            return _reviewed(anchor, reading, world, found, asked)
        except (ValidationError, TypeError) as error:
            why = f"The judge's review cannot be read: {str(error).splitlines()[0]}"
        except (Ambiguous, OverBudget) as error:  # neither is asked again: it may be paid for, or may not be
            why, unpaid = str(error), isinstance(error, OverBudget)
            break
        except AiuteurError as error:
            why = str(error)
    unknown = arithmetic.verdict(case.take, case.gates, None, judge=card.name if card else "", least=case.least)
    return _reviewed(anchor, reading, world, unknown, why=why, unpaid=unpaid)


async def judged(anchor: str, bench: Bench, reading: Reading, case: Case, attempt: int | None) -> tuple[Verdict, Asked]:
    """What the judge that is cast says of a case under an attempt's ordinal (None: the next), and its answer.

    Raises `ValidationError` and `TypeError` for what is no review, and whatever the crew raises.
    """
    card = bench.crew.card(Role.JUDGE, Key(NAME, anchor))
    sees = card is not None and card.reads_words
    payload = case.payload if sees else {"gates": [gate.document() for gate in case.gates]}
    asking = Asking(Role.JUDGE, case.task, Key(NAME, anchor), reading, payload, references=case.references if sees else ())
    asked = await replace(asking, attempt=attempt).by(bench.crew)
    review = Review.model_validate(content(asked))
    found = arithmetic.verdict(
        case.take, case.gates, review, judge=asked.card.name, template=asked.template, least=case.least,
    )
    return found, asked


def _reviewed(
    anchor: str, reading: Reading, world: World, verdict: Verdict, *asked: Asked, why: str | None = None, unpaid: bool = False
) -> Reviewed:
    shot, _, part = anchor.partition("/")
    label = f"shot {shot_of(world, shot).label} {part}"
    draft = drafted(Key(NAME, anchor), verdict, reading, world, asked[0] if asked else None, label=label)
    return Reviewed(verdict, draft, asked, why, unpaid)


async def _frame(anchor: str, bench: Bench, reading: Reading, bounds: Thresholds) -> Case:
    from aiuteur.media import gates

    shot, _, end = anchor.partition("/")
    taken = reading.view(Frame, Key("frames", anchor), "picture").picture
    wanted = reading.view(Prompt, Key("prompts", shot), "frame", "picture" if end == FrameEnd.START else "end_picture")
    picture = wanted.picture if end == FrameEnd.START else wanted.end_picture
    take = await bench.fetch(taken, "take")
    asked = gates.Asked(picture.width, picture.height) if picture is not None else gates.Asked()
    against: dict[str, Json] = {"asked": asdict(asked), "bounds": bounds.document()}
    passed = await measured(anchor, take.sha256, bench, against, partial(gates.watch_picture, take.data, asked, bounds))
    payload: dict[str, Json] = {
        "asked": wanted.frame, "picture": picture.document() if picture is not None else None, "end": end,
        "width": asked.width, "height": asked.height,
    }
    shown = (take, *await _people(bench, reading, shot))
    return Case(taken.sha256, "review_frame", bounds.least("frames"), passed.gates, payload, shown, passed.kept)


async def _clip(anchor: str, bench: Bench, reading: Reading, bounds: Thresholds) -> Case:
    from aiuteur.media import gates

    shot = anchor.partition("/")[0]
    clip = reading.view(Clip, Key("clips", shot), "video", "stem")
    wanted = reading.view(Prompt, Key("prompts", shot), "video", "motion")
    motion = wanted.motion
    start = reading.view(Frame, Key("frames", f"{shot}/{FrameEnd.START}"), "picture").picture
    end = reading.maybe(Frame, Key("frames", f"{shot}/{FrameEnd.END}"), "picture")
    take, first = await bench.fetch(clip.video, "take"), await bench.fetch(start, "start_frame")
    last = await bench.fetch(end.picture, "end_frame") if end is not None else None
    stem = await bench.fetch(clip.stem, "stem") if clip.stem is not None else None
    asked = gates.Asked(
        start.width, start.height, motion.seconds, motion.fps, motion.movement is not CameraMovement.STATIC, motion.flicker,
    )
    beside = {name: one for name, one in (("start", first), ("end", last), ("stem", stem)) if one is not None}
    against: dict[str, Json] = {
        "asked": asdict(asked), "bounds": bounds.document(), **{name: one.sha256 for name, one in beside.items()},
    }
    watch = partial(gates.watch_clip, take.data, asked, bounds, **{name: one.data for name, one in beside.items()})
    passed = await measured(anchor, take.sha256, bench, against, watch)
    payload: dict[str, Json] = {
        "asked": wanted.video, "motion": motion.document(), "width": start.width, "height": start.height,
    }
    people = await _people(bench, reading, shot)
    shown = (take, first, *([last] if last else []), *people)
    return Case(clip.video.sha256, "review_clip", bounds.least("clips"), passed.gates, payload, shown, passed.kept)


async def _people(bench: Bench, reading: Reading, shot: str) -> list[Reference]:
    """The key images of who is in a shot: whom a judge must recognise."""
    blocking = reading.view(Shot, Key("shot_list", shot), "blocking").blocking
    images = [reading.maybe(KeyImage, Key("bible", image_item(block.character_id)), "picture") for block in blocking]
    return [await bench.fetch(image.picture, "key_image") for image in images if image is not None]
