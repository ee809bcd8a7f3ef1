"""Which engine draws: skia where its system libraries are, resvg elsewhere or when `AIUTEUR_RENDERER=resvg` says so."""

import os
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aiuteur.models.animatic.art.display import Item

Engine: TypeAlias = Callable[[Sequence[Item], int, int], NDArray[np.uint8]]


def _engine() -> tuple[str, Engine]:
    if os.environ.get("AIUTEUR_RENDERER") != "resvg":
        try:
            from aiuteur.models.animatic.art import skia_engine  # it fails where libGL or libEGL is missing
        except ImportError:
            pass
        else:
            return "skia", skia_engine.render
    from aiuteur.models.animatic.art import resvg_engine  # the other engine, only where it is needed

    return "resvg", resvg_engine.render


NAME, render = _engine()
