"""One asset for each stage of the stage graph, and the checks that stand in a run's way.

Belongs here: the one body that all stages share. Does not belong here: film logic, or what the UI shows
(`aiuteur_dagster.metadata`). The graph in `aiuteur.film.stages` says what a stage reads and makes; the modules beside this one
say which department shows it.
"""

import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

import dagster as dg

from aiuteur.film.stages import STAGES
from aiuteur.lane import Lane
from aiuteur_dagster import labels
from aiuteur_dagster.failures import marked, told
from aiuteur_dagster.metadata import Shown, approval, measured, shown
from aiuteur_dagster.partitions import lanes
from aiuteur_dagster.resources.studio import Studio

Finish: TypeAlias = Callable[[Studio, Lane], Shown]


def _nothing_more(studio: Studio, lane: Lane) -> Shown:
    del studio, lane
    return {}


def stage_asset(name: str, finish: Finish = _nothing_more) -> dg.AssetsDefinition:
    """The asset of one stage: materialized, it does that stage's work for one lane and nothing else's.

    `finish` hands the made artifact over and tells where it is.
    """
    stage = STAGES[name]
    spec = dg.AssetSpec(
        name, deps=list(stage.reads), group_name=stage.group, kinds=labels.kinds(stage), owners=[labels.owner(stage)],
        description=labels.one_version(stage), code_version=".".join(str(noun.schema_version) for noun in stage.nouns),
    )

    # A step of its own name, which `@asset` would not let it have: the job `film` and the asset `film` may not share one.
    @dg.multi_asset(name=f"make_{name}", specs=[spec], partitions_def=lanes, pool=labels.pool(stage))
    def asset(context: dg.AssetExecutionContext, studio: dg.ResourceParam[Studio]) -> dg.MaterializeResult[Any]:
        with told(), marked(context.instance, context.run.run_id):
            spend = context.run.tags.get(labels.SPENDS_TAG) != labels.NOTHING
            anew = labels.ANEW_TAG in context.run.tags
            report = studio.run(name, Lane.parse(context.partition_key), spend=spend, anew=anew)
            finished = finish(studio, report.lane)
            metadata = shown(report, studio) | finished
            return dg.MaterializeResult(data_version=dg.DataVersion(report.data_version), metadata=metadata)

    return asset


def stage_check(stage: str, name: str, says: str) -> dg.AssetChecksDefinition:
    """A blocking check of one lane's artifact: where it does not hold, the run goes no further down."""
    with warnings.catch_warnings():
        # Partitioned checks are a preview in Dagster 1.13: pinned, and shown to block by tests/orchestra/test_checks.py.
        warnings.simplefilter("ignore", dg.PreviewWarning)

        @dg.asset_check(asset=stage, name=name, description=says, blocking=True, partitions_def=lanes)
        def check(context: dg.AssetCheckExecutionContext, studio: dg.ResourceParam[Studio]) -> dg.AssetCheckResult:
            with told(), marked(context.instance, context.run.run_id):
                report = studio.check(name, Lane.parse(context.partition_key))
                return dg.AssetCheckResult(passed=report.passed, description=report.sentence, metadata=measured(report.measures))

    return check


def review_check(name: str, says: str) -> dg.AssetChecksDefinition:
    """A check of one lane's dailies, as severe as what it finds; it stands in nobody's way, since retakes have had their turn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)

        @dg.asset_check(asset="dailies", name=name, description=says, partitions_def=lanes)
        def check(context: dg.AssetCheckExecutionContext, studio: dg.ResourceParam[Studio]) -> dg.AssetCheckResult:
            with told(), marked(context.instance, context.run.run_id):
                report = studio.check(name, Lane.parse(context.partition_key))
                severity = dg.AssetCheckSeverity.ERROR if report.grave else dg.AssetCheckSeverity.WARN
                return dg.AssetCheckResult(
                    passed=report.passed, severity=severity, description=report.sentence, metadata=measured(report.measures),
                )

    return check


def gate_check() -> dg.AssetChecksDefinition:
    """A check of the quote that warns where what costs something waits for a person, and stands in nobody's way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)

        @dg.asset_check(
            asset="quote", name="spending_is_approved", partitions_def=lanes,
            description="What costs something is within budget or approved; else it waits, and all that is free goes on.",
        )
        def check(context: dg.AssetCheckExecutionContext, studio: dg.ResourceParam[Studio]) -> dg.AssetCheckResult:
            with told(), marked(context.instance, context.run.run_id):
                lane = Lane.parse(context.partition_key)
                gate = studio.accounts.gate(lane)
                return dg.AssetCheckResult(
                    passed=not gate.closed, severity=dg.AssetCheckSeverity.WARN, description=gate.sentence,
                    metadata=approval(gate, lane),
                )

    return check
