"""The job `command`: one thing that a person tells the studio, filled in as a form.

Belongs here: the form's frame and the sentence it leads to. Does not belong here: the forms (`aiuteur_dagster.jobs.forms`), or
what a command does (`aiuteur.desk`).
"""

from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final, Union, cast

import dagster as dg
from pydantic import Field

from aiuteur.lane import Lane
from aiuteur_dagster.failures import told
from aiuteur_dagster.jobs import forms
from aiuteur_dagster.labels import LANE_TAG
from aiuteur_dagster.resources.studio import Studio

_SHOWN: Final = 80
"""Characters of what was given that go into the run's log."""

if TYPE_CHECKING:
    from typing import TypeAlias

    AnyForm: TypeAlias = dg.Config
else:
    AnyForm: Final[Any] = Union[tuple(forms.FORMS.values())]  # noqa: UP007 - as many as there are commands


class Told(dg.Config):
    """What is to be done, and to which lane."""

    lane: str = Field(description="project@branch, or project for its main branch")
    command: AnyForm = Field(discriminator=forms.KIND, description="what to do: one of the commands, by its name")


@dg.op(name="tell", description="Does one command: all of it in one transaction, or nothing, with the reason.")
def tell(context: dg.OpExecutionContext, config: Told, studio: dg.ResourceParam[Studio]) -> None:
    """Do what was filled in, once for each run, and say what became of it."""
    with told():
        lane, order = Lane.parse(config.lane), forms.command(cast("dg.Config", config.command))
        context.instance.add_run_tags(context.run.run_id, {LANE_TAG: str(lane)})
        result = studio.desk.do(lane, order, key=context.run.run_id)
    given = order.model_dump(mode="json", exclude_defaults=True)
    asked = ", ".join(f"{name} {shorten(str(value), _SHOWN, placeholder=' …')}" for name, value in given.items())
    made = "".join(f"; {one.key} version {one.n}" for one in result.made)
    context.log.info("%s: %s is done, at revision %d: %s%s.", config.lane, order.kind, result.revision, asked, made)


# What the launchpad begins with: one command to write over. Without it every field of every command would be laid out.
_EXAMPLE: Final = {"ops": {"tell": {"config": {"lane": "", "command": {"approve": {"items": ["script"], "note": ""}}}}}}


@dg.job(
    name="command", executor_def=dg.in_process_executor, config=_EXAMPLE,
    description=(
        "Tell the studio one thing: approve, reject, edit, remake, fork, set a budget… Items are written as people write them: "
        "shot:7B, scene:4, bible:sue, frames/7B/start, script."
    ),
)
def command() -> None:
    """One op: a command is done at once or not at all."""
    tell()
