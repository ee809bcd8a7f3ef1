"""What can be told of a picture or a clip without eyes: measured once, from the luma plane at reduced size.

Belongs here: a take in numbers. Does not belong here: the families of signals (`measure_light`, `measure_motion`,
`measure_focus`, `measure_likeness`), or what is good enough (`aiuteur.media.gates`).
"""

from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from cv2.typing import MatLike

from aiuteur.errors import InvalidInput
from aiuteur.media import measure_focus, measure_light, measure_pass
from aiuteur.media.groups import Groups
from aiuteur.media.measure_focus import Focus
from aiuteur.media.measure_light import Light
from aiuteur.media.measure_likeness import Ends, likeness, thumb
from aiuteur.media.measure_motion import Motion
from aiuteur.media.probe import probe

_NO_RATE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Still:
    """A picture in numbers.

    `luma` and `contrast` (mean and standard deviation) and `crushed` and `blown` (shares of pixels at the ends of the range)
    are in [0, 1]; `sharpness` is the standard deviation of the Laplacian at 320 pixels' width, `acuity` that of the finest
    edges against coarser ones; `off_centre` is how far the weight of its edges lies from the middle, 0 to 1 at a side; `thumb`
    is what likenesses are measured by.
    """

    width: int
    height: int
    luma: float
    contrast: float
    crushed: float
    blown: float
    sharpness: float
    acuity: tuple[float, ...]
    off_centre: float
    black: bool
    thumb: MatLike


@dataclass(frozen=True, slots=True)
class Moving:
    """A clip in numbers: `frames` decoded of `told`, `fps` as it says itself; `decodes` is False where decoding broke off.

    `black` and `frozen` are the seconds of its longest blackout (fades apart) and halt, `black_share` and `still_share` those
    shares of its frames; `flicker` is the share of its worst second in which the light jumps, `cut` how hard its hardest break
    is (1 is a cut). The rest are medians over its frames as in `Still`; `starts` and `ends` are the likeness (0 to 1) of its
    first and last frame to the pictures it should start and end on, None where there is none. `groups` are its groups of
    pictures (`aiuteur.media.groups`), empty where it does not decode to its end.
    """

    width: int
    height: int
    fps: float
    frames: int
    told: int
    seconds: float
    decodes: bool
    black: float
    black_share: float
    frozen: float
    still_share: float
    flicker: float
    cut: float
    luma: float
    contrast: float
    crushed: float
    blown: float
    sharpness: float
    acuity: tuple[float, ...]
    starts: float | None
    ends: float | None
    groups: Groups = field(default_factory=dict[str, tuple[int, int]])


def measure_picture(data: bytes) -> Still:
    """Measure a picture (PNG, JPEG…); raises `InvalidInput` where it is none."""
    luma = _read_luma(data)
    half, small = measure_pass.reduced(luma)
    mean, spread = measure_light.levels(small)
    crushed, blown = measure_light.clipped(small)
    return Still(
        luma.shape[1], luma.shape[0], max(0.0, (mean - 16) / 219), spread / 219, crushed, blown, measure_focus.edges(small),
        measure_focus.acuity(half), measure_focus.off_centre(small), measure_light.is_black(mean, spread), thumb(half),
    )


def measure_clip(data: bytes, start: Still | None = None, end: Still | None = None) -> Moving:
    """Measure a clip in one pass, and how like its ends are to `start` and `end`, the pictures they should be.

    Raises `InvalidInput` or `Corrupt` (from `aiuteur.media.probe`) where it cannot even be opened.
    """
    found = probe(data).picture
    if found is None:
        message = "A clip needs moving pictures, and there are none in what was sent."
        raise InvalidInput(message)
    light, motion, focus, ends = Light(), Motion(), Focus(), Ends()
    passed = measure_pass.run(data, (light, motion, focus, ends))
    frames, told, fps = passed.frames, found.frames or passed.frames, found.fps or _NO_RATE
    return Moving(
        found.width, found.height, found.fps, frames, told, frames / fps, passed.whole and frames >= told > 0,
        light.longest_black() / fps, light.black_share, motion.longest_halt() / fps, motion.still_share(),
        light.worst_second(fps), motion.hardest_break(), *light.middle(), *focus.middle(),
        starts=_alike(ends.first, start), ends=_alike(ends.last, end), groups=passed.groups,
    )


def _read_luma(data: bytes) -> MatLike:
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if found is None:
        message = f"The {len(data)} bytes given are not a picture that can be read."
        raise InvalidInput(message)
    weights = np.array([[0.0722, 0.7152, 0.2126]]) * 219 / 255  # BT.709 luma of BGR in limited range, as in a clip
    return cv2.transform(found, np.hstack([weights, [[16.0]]]))


def _alike(shown: MatLike | None, wanted: Still | None) -> float | None:
    return None if shown is None or wanted is None else likeness(shown, wanted.thumb)
