"""Every stage by name, in the order of the stage graph."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.film.stages import GRAPH
from aiuteur.stages import quote
from aiuteur.stages.makers import MAKERS
from aiuteur.stages.work import Stage

_BY_NAME: Final[Mapping[str, Stage]] = {**MAKERS, quote.name: quote}

STAGES: Final[Mapping[str, Stage]] = MappingProxyType({spec.name: _BY_NAME[spec.name] for spec in GRAPH})
"""How each stage of `aiuteur.film.stages` is made."""
