"""The music under the title and end cards: open fifths on D, which belong to every mode a scene may be in.

Belongs here: two short pieces of any length. Does not belong here: the music of scenes
(`aiuteur.models.animatic.soundstage.music`).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from aiuteur.media.tones import LOW, TONIC, edges, generator, hertz, impulse, pluck, tone, upsampled, wavetable
from aiuteur.media.waves import RATE, Samples, sample_count

_PAD: Final = (0, 7, 12, 19, 26)
_RISE: Final = ((0.0, 24), (0.22, 31), (0.44, 38), (0.62, 36))
_FALL: Final = ((0.0, 36), (0.18, 31), (0.36, 26), (0.54, 24))
_LEVEL: Final = 0.025


def title_theme(seconds: float) -> Samples:
    """Music that opens out of silence and leaves room for the first scene: (samples, 2) at 48 kHz."""
    return _theme(seconds, _RISE, min(0.5, 0.2 * seconds), min(0.9, 0.35 * seconds))


def end_theme(seconds: float) -> Samples:
    """Music that comes home and dies away: (samples, 2) at 48 kHz."""
    return _theme(seconds, _FALL, 0.3, min(2.2, 0.6 * seconds))


def _theme(seconds: float, figure: Sequence[tuple[float, int]], attack: float, release: float) -> Samples:
    """A held chord and a figure of (share of the length, semitones above the tonic) over it."""
    count = sample_count(seconds)
    if not count:
        return np.zeros((0, 2), np.float32)
    low = np.zeros((2, int(seconds * LOW) + 2), np.float32)
    table = wavetable((1, 0.45, 0.28, 0.14, 0.08, 0.04))
    for rank, step in enumerate(_PAD):
        for side, cents in enumerate((-0.03, 0.03)):
            low[side] += tone(table, hertz(TONIC + step + cents), low.shape[1], 0.21 * rank + 0.37 * side) * np.float32(0.18)
    low *= edges(low.shape[1], attack, release)
    wet = 0.4 * low
    for share, step in figure:
        note = pluck(hertz(TONIC + step), 2.4, 0.3)[: low.shape[1] - int(share * seconds * LOW)]
        at = int(share * seconds * LOW)
        low[:, at : at + len(note)] += 0.5 * note
        wet[:, at : at + len(note)] += 0.6 * note
    sound = upsampled(low, wet, impulse(generator("theme"), 1.8, 0.5), count)
    sound *= edges(count, 0.02, min(0.3 * seconds, release), RATE)
    return (sound * (_LEVEL / max(1e-9, float(np.sqrt(np.mean(sound**2)))))).T
