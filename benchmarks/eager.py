"""The studio's assets under Dagster's own automation: the same keys, the same lanes, `eager()` on each.

Belongs here: the definitions that a code server loads beside the studio's own. Does not belong here: measuring
(`benchmarks.tick`).
"""

from typing import Final

import dagster as dg

from aiuteur_dagster import definitions

SENSOR: Final = "eager"


_OURS: Final = (definitions.build(),)  # in a tuple: a code server takes every `Definitions` of a module for its own


def _eager(spec: dg.AssetSpec) -> dg.AssetSpec:
    return spec.replace_attributes(automation_condition=dg.AutomationCondition.eager())


defs = dg.Definitions(
    assets=dg.map_asset_specs(_eager, [each for each in _OURS[0].assets or [] if isinstance(each, dg.AssetsDefinition)]),
    sensors=[
        dg.AutomationConditionSensorDefinition(
            SENSOR, target=dg.AssetSelection.all(), default_status=dg.DefaultSensorStatus.RUNNING, minimum_interval_seconds=1,
        ),
    ],
    resources=_OURS[0].resources,
)
