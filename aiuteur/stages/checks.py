"""Checks on a lane's artifacts: what would make a film wrong although every stage succeeded.

Belongs here: the question, the measure and the sentence. Does not belong here: when it is asked, and what a failure blocks.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from aiuteur.craft import fountain
from aiuteur.craft.world import Key, World
from aiuteur.film.brief import Brief
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import Script, ScriptScene
from aiuteur.film.takes import Clip, Film, FrameEnd
from aiuteur.stages.reported import CheckReport
from aiuteur.stages.reviews import REVIEWS
from aiuteur.stages.shot_list import all_shots, shot_of

if TYPE_CHECKING:
    from aiuteur.media.screening import FilmMeasure

N = TypeVar("N", bound=Noun)

LENGTH_TOLERANCE: Final = 0.10
_FRAME_SECONDS: Final = 1 / 24
_MAX_BLACK: Final = 0.20
_MAX_SILENCE: Final = 0.50
_LABELS_SHOWN: Final = 8


Measure: TypeAlias = "Callable[[Film], FilmMeasure]"
Check: TypeAlias = Callable[[World, Measure], CheckReport]


def script_parses_back(world: World, measure: Measure) -> CheckReport:
    """The Fountain text, parsed again, gives the scenes and lines that are recorded."""
    del measure
    script = _noun(world, "script", Script)
    parsed = fountain.parse(script.fountain)
    ours, theirs = _outline(script.scenes), _outline(parsed.scenes)
    differing = next((number for number, pair in enumerate(zip(ours, theirs, strict=False), 1) if pair[0] != pair[1]), None)
    if len(ours) == len(theirs) and differing is None:
        sentence = f"The screenplay parses back to its {len(ours)} scenes."
        return CheckReport(passed=True, sentence=sentence, measures={"scenes": len(ours)})
    where = f"scene {differing}" if differing else f"{len(theirs)} scenes where {len(ours)} are recorded"
    return CheckReport(passed=False, sentence=f"The screenplay does not parse back: see {where}.", measures={"scenes": len(ours)})


def every_shot_has_a_frame(world: World, measure: Measure) -> CheckReport:
    """Each shot of the list has a selected start frame."""
    del measure
    shots = all_shots(world)
    bare = [shot_of(world, item).label for item in shots if Key("frames", f"{item}/{FrameEnd.START}") not in world.items]
    if not bare:
        return CheckReport(passed=True, sentence=f"All {len(shots)} shots have a frame.", measures={"shots": len(shots)})
    sentence = f"No frame for {_some(bare)}: materialize frames again."
    return CheckReport(passed=False, sentence=sentence, measures={"shots": len(shots), "bare": len(bare)})


def clip_durations_match(world: World, measure: Measure) -> CheckReport:
    """Each clip is as long as its shot, to the frame."""
    del measure
    shots = all_shots(world)
    off = [
        shot_of(world, item).label for item in shots
        if abs(_clip_seconds(world, item) - shot_of(world, item).duration) > _FRAME_SECONDS
    ]
    if not off:
        sentence = f"All {len(shots)} clips are as long as their shots."
        return CheckReport(passed=True, sentence=sentence, measures={"shots": len(shots)})
    sentence = f"The clip's length differs from the shot's in {_some(off)}."
    return CheckReport(passed=False, sentence=sentence, measures={"shots": len(shots), "off": len(off)})


def film_plays(world: World, measure: Measure) -> CheckReport:
    """The film plays to its end, is as long as asked within 10 %, and is neither black nor silent."""
    film, asked = _noun(world, "film", Film), _noun(world, "brief", Brief).length_seconds
    found = measure(film)
    wrong = [
        sentence for holds, sentence in (
            (found.complete, "it does not decode to its end"),
            (abs(found.seconds - asked) <= asked * LENGTH_TOLERANCE, f"it lasts {found.seconds:.1f} s, not {asked} s"),
            (found.black_ratio <= _MAX_BLACK, f"{found.black_ratio:.0%} of it is black"),
            (found.silence_ratio <= _MAX_SILENCE, f"{found.silence_ratio:.0%} of it is silent"),
        ) if not holds
    ]
    measures = {
        "seconds": found.seconds, "asked_seconds": float(asked), "black_ratio": found.black_ratio,
        "silence_ratio": found.silence_ratio, "loudness_lufs": found.loudness_lufs,
    }
    if wrong:
        return CheckReport(passed=False, sentence=f"The film is not right: {'; '.join(wrong)}.", measures=measures)
    sentence = f"The film plays for {found.seconds:.1f} s at {found.loudness_lufs:.1f} LUFS."
    return CheckReport(passed=True, sentence=sentence, measures=measures)


def _of_world(check: Callable[[World], CheckReport]) -> Check:
    return lambda world, _: check(world)


CHECKS: Final[Mapping[str, tuple[str, Check]]] = MappingProxyType({
    "script_parses_back": ("script", script_parses_back),
    "every_shot_has_a_frame": ("frames", every_shot_has_a_frame),
    "clip_durations_match": ("clips", clip_durations_match),
    "film_plays": ("film", film_plays),
    **{name: ("dailies", _of_world(check)) for name, check in REVIEWS.items()},
})
"""Every check by name, with the artifact it is about."""


def _noun(world: World, artifact: str, noun: type[N]) -> N:
    found = world.items[Key(artifact)].noun
    if not isinstance(found, noun):
        raise TypeError(artifact)
    return found


def _clip_seconds(world: World, item: str) -> float:
    found = world.items.get(Key("clips", item))
    return found.noun.video.seconds or 0.0 if found is not None and isinstance(found.noun, Clip) else 0.0


def _outline(scenes: Sequence[ScriptScene]) -> list[tuple[str, ...]]:
    return [(str(scene.slug), *(element.text for element in scene.elements)) for scene in scenes]


def _some(labels: list[str]) -> str:
    more = len(labels) - _LABELS_SHOWN
    return f"shots {', '.join(labels[:_LABELS_SHOWN])}" + (f" and {more} more" if more > 0 else "")
