"""The stage graph, declared once: read by assets, staleness, documentation and tests."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from aiuteur.film import bible, brief, dailies, figures, quote, screenplay, shots, story, takes
from aiuteur.film.noun import Noun

LANE_ITEM: Final = ""
"""The item of an artifact that a lane has just one of."""


@dataclass(frozen=True, slots=True)
class StageSpec:
    """One stage: its artifact's name, department, item and nouns, what it reads, and the roles it may ask."""

    number: int | None
    name: str
    group: str
    item: str
    nouns: tuple[type[Noun], ...]
    reads: tuple[str, ...]
    roles: tuple[str, ...] = ()
    does: str = ""


_ENTRIES = (bible.Character, bible.Location, bible.Prop, bible.Style, bible.KeyImage)

GRAPH: Final = (
    StageSpec(1, "narrative", "development", "lane", (brief.Narrative,), (), (), "the person's text or screenplay, as given"),
    StageSpec(1, "brief", "development", "lane", (brief.Brief,), (), (), "what film is wanted: length, type, rating, shape"),
    StageSpec(2, "treatment", "development", "lane", (story.Treatment,), ("narrative", "brief"), ("writer",),
              "three ways to tell it, one of them selected"),
    StageSpec(3, "beats", "development", "beat", (story.Beat,), ("narrative", "treatment", "brief"), ("writer",),
              "the turns of the story, each citing its passages"),
    StageSpec(4, "script", "development", "lane", (screenplay.Script,), ("narrative", "beats", "brief"), ("writer",),
              "the screenplay, as Fountain and as parsed scenes"),
    StageSpec(5, "bible", "art_department", "entry", _ENTRIES, ("script", "brief", "narrative"), ("writer", "illustrator"),
              "characters, locations, props and the style, each with its key image"),
    StageSpec(6, "scenes", "previs", "scene", (shots.Scene,), ("script", "bible"), ("writer",),
              "the breakdown: where, when, who, in what mood"),
    StageSpec(7, "shot_list", "previs", "shot", (shots.Shot,), ("scenes", "script", "bible", "brief"), ("writer",),
              "the coverage of each scene, shot by shot"),
    StageSpec(8, "looks", "previs", "scene/entry", (shots.Look,), ("bible", "scenes"), ("writer",),
              "wardrobe and state tags, carried forward from scene to scene"),
    StageSpec(9, "prompts", "previs", "shot", (takes.Prompt,), ("shot_list", "looks", "bible", "scenes", "brief"), (),
              "one frame prompt and one video prompt for each shot"),
    StageSpec(10, "frames", "previs", "shot/end", (takes.Frame,), ("prompts", "bible", "shot_list", "brief"), ("illustrator",),
              "start and end frames"),
    StageSpec(11, "quote", "production", "lane", (quote.Quote,), ("frames",), (),
              "what is missing or stale from here on, and what it will cost"),
    StageSpec(12, "clips", "production", "shot", (takes.Clip,), ("prompts", "frames", "quote"), ("cinematographer",),
              "the takes, in the house format"),
    StageSpec(None, "dailies", "production", "take", (dailies.Verdict,), ("clips", "frames", "shot_list"), ("judge",),
              "the review of every selected take"),
    StageSpec(None, "film", "post", "lane", (takes.Film,),
              ("clips", "shot_list", "scenes", "script", "narrative", "bible", "brief"), ("voice", "sound"),
              "the film, its captions, screenplay and storyboard"),
    StageSpec(None, "metrics", "figures", "lane", (figures.Metrics,), ("dailies", "film"), (),
              "cost, quality and progress in numbers"),
    StageSpec(None, "forecast", "figures", "lane", (figures.Forecast,), ("shot_list", "dailies", "metrics"), (),
              "what is left to make, with the attempts, dollars and time that it will take"),
)

STAGES: Final = MappingProxyType({stage.name: stage for stage in GRAPH})
"""Every stage by its artifact's name, in the order in which they run."""

GATES: Final = frozenset({"quote"})
"""Stages that others only wait for: an ordering edge, in no basis."""
