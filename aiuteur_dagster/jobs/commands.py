"""Jobs that do one thing for an operator, with a form in the launchpad.

Belongs here: the form, and the sentence it leads to. Does not belong here: making films (`aiuteur_dagster.jobs.film`).
"""

from enum import StrEnum
from pathlib import Path

import dagster as dg
from pydantic import Field

from aiuteur.film.brief import (
    MAX_SECONDS,
    MIN_SECONDS,
    AspectRatio,
    Audience,
    InputMode,
    ProjectType,
    QualityTier,
    Rating,
    SourceFormat,
)
from aiuteur.lane import MAIN
from aiuteur_dagster import orders
from aiuteur_dagster.failures import told
from aiuteur_dagster.labels import LANE_TAG
from aiuteur_dagster.partitions import LANES
from aiuteur_dagster.resources.studio import Studio


def _one_of(what: str, choices: type[StrEnum]) -> str:
    """A field's help: what it is, and every choice by the name the form takes."""
    named = [one.name if one.name == one.value.upper() else f"{one.name} ({one.value})" for one in choices]
    return f"{what}: {', '.join(named)}"


class NewProject(dg.Config):
    """A story and what film is wanted of it."""

    project: str = Field(default="", description="its name, of a-z, 0-9 and '-'; that of the file if left empty")
    branch: str = Field(default=MAIN, description="the branch to begin on")
    path: str = Field(default="", description="the story's file on this machine: .txt, .md, .fountain or .fdx")
    text: str = Field(default="", description="or the story itself: write `text: |` and paste it below, each line indented")
    text_format: SourceFormat = Field(default=SourceFormat.PROSE, description=_one_of("what the text is", SourceFormat))
    length_seconds: int | None = Field(
        default=orders.LENGTH, description=f"the film's length, {MIN_SECONDS} to {MAX_SECONDS}; null: as a screenplay plays",
    )
    aspect_ratio: AspectRatio = Field(default=AspectRatio.WIDE, description=_one_of("width to height", AspectRatio))
    project_type: ProjectType = Field(default=ProjectType.NARRATIVE, description=_one_of("what kind of film", ProjectType))
    input_mode: InputMode = Field(default=InputMode.CONDENSE, description=_one_of("what the writer may do", InputMode))
    rating: Rating = Field(default=Rating.PG, description=_one_of("content rating", Rating))
    audience: Audience = Field(default=Audience.FAMILY, description=_one_of("who it is for", Audience))
    genres: list[str] = Field(default=[], description="genres, such as mystery")
    tone: str = Field(default="", description="how it should feel, in a few words")
    quality_tier: QualityTier = Field(default=QualityTier.STANDARD, description=_one_of("what may be spent", QualityTier))

    def order(self) -> orders.Order:
        """What was filled in, as an order; raises `InvalidInput`."""
        fields: dict[str, object] = {
            "aspect_ratio": self.aspect_ratio, "project_type": self.project_type, "input_mode": self.input_mode,
            "rating": self.rating, "audience": self.audience, "tone": self.tone, "quality_tier": self.quality_tier,
        }
        wish = orders.Wish(self.project or None, self.branch, self.length_seconds, self.genres, fields)
        return orders.of_file(Path(self.path), wish) if self.path else orders.of_text(self.text, self.text_format, wish)


@dg.op(name="new_project", description="Reads the story, begins its lane in the registry, and adds the lane's partition.")
def new_project(context: dg.OpExecutionContext, config: NewProject, studio: dg.ResourceParam[Studio]) -> None:
    """Begin a lane; the same story and brief again changes nothing, another one is a conflict."""
    with told():
        order = config.order()
        new = studio.create(order.lane, order.narrative, order.brief)
    context.instance.add_run_tags(context.run.run_id, {LANE_TAG: str(order.lane)})
    context.instance.add_dynamic_partitions(LANES, [str(order.lane)])
    context.log.info(
        "%s %s. What is free of it is made by itself, unless the project's policy is off; the job `film` makes it at once.",
        order.lane, "begins" if new else "is there already",
    )


@dg.job(
    name="create_project", executor_def=dg.in_process_executor,
    description=(
        "Begin a project: its name, the story as a path (the easy way) or as text, and the brief. "
        "Its lane then shows in every asset."
    ),
)
def create_project() -> None:
    """One op: everything about a project is decided at once."""
    new_project()
