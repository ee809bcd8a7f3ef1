"""Rules: what a project has learnt about its takes, said in the prompts of those to come."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field

from aiuteur.film.noun import Noun

Scope = Literal["project", "character", "department"]


class RuleState(StrEnum):
    """How far a rule counts: suggested by a judge, on trial with a share of the shots, in force for all, or switched off."""

    SUGGESTED = "suggested"
    TRIAL = "trial"
    IN_FORCE = "in_force"
    OFF = "off"


class Rule(Noun):
    """One rule: its words, whom it is about (`about` names the character or department of its scope), and how far it counts.

    `share` is the part of the shots that a trial gives it to, `origin` the take whose review suggested it, as `artifact/item`,
    None where a person wrote it; `since` is when it came to be as it is.
    """

    id: UUID
    text: str = Field(min_length=1)
    scope: Scope = "project"
    about: str = ""
    state: RuleState = RuleState.SUGGESTED
    share: float = Field(default=0.5, gt=0, le=1)
    origin: str | None = None
    since: datetime | None = None


class Standards(Noun):
    """How a project's takes are made: how often they are tried, when trying ends early, and how its rules begin.

    `stop_below` is the chance of an accepted take within the attempts that are left below which a person is asked instead;
    `trial_share` is the part of the shots a new rule is tried on first, None where it holds for all at once; `accept_rules` lets
    a judge's suggestions in without a person; `anchors` is how many takes are judged again every day, to notice a judge's drift.
    """

    frames: int = Field(default=3, ge=1, le=8)
    clips: int = Field(default=4, ge=1, le=8)
    stop_below: float = Field(default=0.15, ge=0, le=1)
    trial_share: float | None = Field(default=None, gt=0, lt=1)
    anchors: int = Field(default=0, ge=0, le=50)
    accept_rules: bool = False
