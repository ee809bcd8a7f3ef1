"""The house's picture format: what every frame and clip measures, and how many frames make a second."""

from types import MappingProxyType
from typing import Final

from aiuteur.film.brief import AspectRatio

FPS: Final = 24

FRAME_SIZES: Final = MappingProxyType({
    AspectRatio.WIDE: (1280, 720),
    AspectRatio.TALL: (720, 1280),
    AspectRatio.SQUARE: (720, 720),
    AspectRatio.CLASSIC: (960, 720),
    AspectRatio.SCOPE: (1680, 720),
})
"""Width and height in pixels of each aspect ratio."""
