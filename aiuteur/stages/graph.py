"""Every stage by name, in the order of the stage graph."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.film.stages import GRAPH
from aiuteur.stages import (
    beats,
    bible,
    clips,
    dailies,
    film,
    frames,
    given,
    looks,
    metrics,
    prompts,
    quote,
    scenes,
    script,
    shot_list,
    treatment,
)
from aiuteur.stages.work import Stage

_MODULES: Final[tuple[Stage, ...]] = (
    given.NARRATIVE, given.BRIEF, treatment, beats, script, bible, scenes, shot_list, looks, prompts, frames, quote, clips,
    dailies, film, metrics,
)
_BY_NAME = {stage.name: stage for stage in _MODULES}

STAGES: Final[Mapping[str, Stage]] = MappingProxyType({spec.name: _BY_NAME[spec.name] for spec in GRAPH})
"""How each stage of `aiuteur.film.stages` is made."""
