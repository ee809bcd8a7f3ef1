"""The music bed: a pad of chords and a sparse melody in the mode, tempo and register of a mood, made to the second.

Belongs here: harmony, phrase and orchestration. Does not belong here: how an instrument vibrates (`aiuteur.media.tones`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from aiuteur.film.bible import Period
from aiuteur.media.tones import LOW, TONIC, edges, generator, hertz, pluck, tone, wavetable
from aiuteur.models.animatic.soundstage.stage import Setting, Stage

_IONIAN: Final = (0, 2, 4, 5, 7, 9, 11)
_DORIAN: Final = (0, 2, 3, 5, 7, 9, 10)
_PHRYGIAN: Final = (0, 1, 3, 5, 7, 8, 10)
_LYDIAN: Final = (0, 2, 4, 6, 7, 9, 11)
_MIXOLYDIAN: Final = (0, 2, 4, 5, 7, 9, 10)
_AEOLIAN: Final = (0, 2, 3, 5, 7, 8, 10)


@dataclass(frozen=True, slots=True)
class Colour:
    """A mood in music: mode, chords as degrees, seconds each lasts, notes of melody a chord, octave, pulse, level in decibels."""

    mode: tuple[int, ...]
    chords: tuple[int, ...]
    chord_seconds: float
    notes: int
    octave: int
    pulse: float
    decibels: float
    brightness: float


COLOURS: Final = {
    "tense": Colour(_PHRYGIAN, (0, 1, 0, 6), 3.4, 1, 0, 0.5, -34, 0.2),
    "fierce": Colour(_AEOLIAN, (0, 5, 0, 6), 2.3, 2, 0, 1.0, -31, 0.45),
    "sad": Colour(_AEOLIAN, (0, 5, 3, 4), 4.2, 2, 0, 0.0, -34, 0.2),
    "eerie": Colour(_DORIAN, (0, 1, 0, 3), 4.4, 1, 1, 0.0, -36, 0.3),
    "tender": Colour(_IONIAN, (0, 5, 3, 4), 3.7, 3, 1, 0.0, -34, 0.25),
    "hopeful": Colour(_LYDIAN, (0, 1, 5, 4), 3.3, 3, 1, 0.0, -33, 0.4),
    "bright": Colour(_MIXOLYDIAN, (0, 3, 6, 3), 2.5, 4, 1, 0.35, -32, 0.55),
    "calm": Colour(_LYDIAN, (0, 4, 1, 4), 4.6, 2, 1, 0.0, -36, 0.2),
    "plain": Colour(_DORIAN, (0, 3, 6, 4), 3.8, 2, 0, 0.0, -36, 0.3),
}

_WORDS: Final = (
    ("fierce", r"fierc|ang(?:er|ry)|rage|fur[iy]|violen|battle|fight|chase|urgen|frantic|action|climax|storm|wrath|desperat"),
    ("tense", r"tens|afraid|fright|fear|dread|threat|menac|danger|susp|anxi|nerv|ominous|dark|grim|alarm|terr|horr|panic|worr"),
    ("sad", r"sad|grie|melanch|mourn|lone|sorrow|tragi|loss|despair|regret|wist|somb|weary|bitter|nostalg|pain|defeat|weep"),
    ("eerie", r"eer|uneas|surpris|myst|uncann|strange|ghost|dream|surreal|haunt|magic|secre|curio|wonder|awe"),
    ("tender", r"tend|lov|warm|gentl|intim|affect|romant|kind|care|soft|compassion|forgiv|grat"),
    ("hopeful", r"hope|optim|inspir|determin|resol|bold|brave|adventur|proud|relie|triumph|victor|uplift"),
    ("bright", r"joy|happ|bright|cheer|playf|com(?:ed|ic)|humou?r|fun|light|festiv|excit|laugh|delight|amus|wit|energetic"),
    ("calm", r"calm|quiet|peace|seren|still|reflect|contempl|pastoral|restful|somnol|tranquil"),
)


@dataclass(frozen=True, slots=True)
class Band:
    """Who plays in an age: the pad's partials, and the melody instrument's length in seconds, brightness and partial ratios."""

    pad: tuple[float, ...]
    length: float
    brightness: float
    ratios: tuple[float, ...] = ()


_BANDS: Final = {
    Period.ANCIENT: Band((1, 0.15, 0.35, 0.05, 0.12), 1.3, 0.55),
    Period.MEDIEVAL: Band((1, 0.5, 0.1, 0.3, 0, 0.1, 0, 0.12), 1.3, 0.6),
    Period.VICTORIAN: Band((1, 0.55, 0.4, 0.25, 0.18, 0.1, 0.07), 2.2, 0.4),
    Period.EDWARDIAN: Band((1, 0.55, 0.4, 0.25, 0.18, 0.1, 0.07), 2.2, 0.45),
    Period.MIDCENTURY: Band((1, 0.4, 0.25, 0.12, 0.06), 2.4, 0.35, (1.0, 3.98, 9.2)),
    Period.CONTEMPORARY: Band((1, 0.35, 0.18, 0.08, 0.04), 2.3, 0.25),
    Period.FUTURE: Band((1, 0.1, 0.3, 0.05, 0.18, 0.02, 0.1), 2.8, 0.5, (1.0, 2.76, 5.4)),
}


def colour_of(mood: str) -> Colour:
    """The colour that a mood's words call for; plain where they call for none."""
    words = mood.lower()
    found = (name for name, stems in _WORDS if re.search(rf"\b(?:{stems})", words))
    return COLOURS[next(found, "plain")]


def music(stage: Stage, setting: Setting, cuts: Sequence[float], lines: Sequence[tuple[float, float]]) -> None:
    """Put a scene's music on a stage: chords change on cuts where one is near, the melody rests while anybody speaks.

    `cuts` are seconds at which shots begin, `lines` the (start, end) of each line.
    """
    colour, chance = colour_of(setting.mood), generator(setting.seed, "music")
    starts = bars(stage.seconds, colour.chord_seconds, cuts)
    degrees = _progression(colour, len(starts) - 1, chance)
    _pad(stage, colour, _BANDS[setting.period], starts, degrees)
    _melody(stage, colour, _BANDS[setting.period], starts, degrees, lines, chance)
    if colour.pulse:
        _pulse(stage, colour, starts, degrees)


def bars(seconds: float, chord: float, cuts: Sequence[float]) -> list[float]:
    """Where each chord begins, and the end: evenly over the scene, moved to a cut that is nearer than a fifth of a chord."""
    count = max(1, round(seconds / chord))
    even = [seconds * bar / count for bar in range(count + 1)]
    reach = 0.2 * seconds / count
    return [0.0, *(_nearest(at, cuts, reach) for at in even[1:-1]), seconds]


def _nearest(at: float, cuts: Sequence[float], reach: float) -> float:
    """The cut nearest to a moment, the moment itself where none is within reach."""
    return min((cut for cut in cuts if abs(cut - at) < reach), key=lambda cut: abs(cut - at), default=at)


def _progression(colour: Colour, count: int, chance: np.random.Generator) -> list[int]:
    """A chord for each bar: the colour's round, begun anywhere in it, coming home at the end."""
    turn = int(chance.integers(2)) * 2
    degrees = [colour.chords[(bar + turn) % len(colour.chords)] for bar in range(count)]
    degrees[-1] = colour.chords[0]
    return degrees


def _note(colour: Colour, degree: int) -> int:
    """The MIDI note of a scale degree above the tonic, any octave."""
    return TONIC + colour.mode[degree % 7] + 12 * (degree // 7)


def _pad(stage: Stage, colour: Colour, band: Band, starts: Sequence[float], degrees: Sequence[int]) -> None:
    """The chords: a bass and four voices that move as little as they can, slightly out of tune between left and right."""
    table = wavetable([amount * (0.55 + 0.75 * colour.brightness) ** k for k, amount in enumerate(band.pad)])
    voices = [_note(colour, degree) + 12 for degree in (0, 4, 7, 9)]
    for start, end, degree in zip(starts, starts[1:], degrees, strict=False):
        wanted = [_note(colour, degree + step) for step in (0, 2, 4, 0 if degree else 1)]
        voices = [voice + (target - voice + 6) % 12 - 6 for voice, target in zip(voices, wanted, strict=True)]
        # Neighbours are faded over the same stretch, so that the pad breathes at a change without falling silent.
        lap = min(1.0, 0.45 * (end - start))
        count = int((end - start + lap) * LOW)
        shape = edges(count, lap, lap)
        sides = [np.zeros(count, np.float32), np.zeros(count, np.float32)]
        for rank, note in enumerate([_note(colour, degree % 7), *(voice + 12 * (voice < 50) for voice in voices)]):
            gain = np.float32(0.6 if rank else 1.2)
            for side, cents in enumerate((-0.035, 0.035)):
                sides[side] += tone(table, hertz(note + cents), count, 0.137 * rank + 0.41 * side) * gain
        for side, pan in zip(sides, (-0.55, 0.55), strict=True):
            stage.put(side * shape, start - lap / 2, pan, 0.02, 0.5)


def _melody(stage: Stage, colour: Colour, band: Band, starts: Sequence[float], degrees: Sequence[int],
            lines: Sequence[tuple[float, float]], chance: np.random.Generator) -> None:
    """One figure of a few notes, carried through the chords; silent while a line is spoken, home on the last chord."""
    beats = sorted({0, *(int(beat) for beat in chance.choice(8, colour.notes, replace=False))})[: colour.notes]
    steps = [0, *(int(step) for step in chance.choice((1, 2, 3, 4, 5, 7), 7))]
    for bar, (start, end, degree) in enumerate(zip(starts, starts[1:], degrees, strict=False)):
        last = bar == len(degrees) - 1
        for rank, beat in enumerate(beats[:1] if last else beats):
            at = start + (end - start) * beat / 8 + 0.02
            if any(begin - 0.25 < at < stop + 0.1 for begin, stop in lines) or at > stage.seconds - 0.8:
                continue
            note = _note(colour, degree + (4 if rank == 0 and not last else steps[(rank + bar % 2) % 8]) + 14 + 7 * colour.octave)
            grain = pluck(hertz(note), band.length, band.brightness, ratios=band.ratios)
            stage.put(grain, at, -0.25 if rank % 2 else 0.2, 0.055 * (1.0 if beat == 0 else 0.75), 0.9)


def _pulse(stage: Stage, colour: Colour, starts: Sequence[float], degrees: Sequence[int]) -> None:
    """A low repeated note that keeps time under tension or haste."""
    for start, end, degree in zip(starts, starts[1:], degrees, strict=False):
        beat = (end - start) / 6
        grain = pluck(hertz(_note(colour, degree % 7)), min(0.9, 1.6 * beat), 0.35)
        for step in range(6):
            stage.put(grain, start + step * beat, 0.0, 0.05 * colour.pulse * (1.0 if step in {0, 3} else 0.6), 0.3)
