"""The stages that make something, by name, in the order of the stage graph: all but the gates, which say what would be made."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.film.stages import GATES, GRAPH
from aiuteur.stages import (
    beats,
    bible,
    clips,
    dailies,
    film,
    forecast,
    frames,
    given,
    looks,
    metrics,
    prompts,
    scenes,
    script,
    shot_list,
    treatment,
)
from aiuteur.stages.work import Stage

_MODULES: Final[tuple[Stage, ...]] = (
    given.NARRATIVE, given.BRIEF, treatment, beats, script, bible, scenes, shot_list, looks, prompts, frames, clips, dailies,
    film, metrics, forecast,
)
_BY_NAME: Final = {stage.name: stage for stage in _MODULES}

MAKERS: Final[Mapping[str, Stage]] = MappingProxyType(
    {spec.name: _BY_NAME[spec.name] for spec in GRAPH if spec.name not in GATES}
)
"""How each stage makes its artifact."""
