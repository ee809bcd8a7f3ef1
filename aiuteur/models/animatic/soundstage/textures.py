"""Continuous sounds: wind, rain, surf, rumble, murmur, hum, the tone of an empty room.

Belongs here: what never stops. Each function puts itself on the stage at about RMS 0.03 for strength 1. Does not belong here:
single events (`events`), or which of them a place has (`ambience`).
"""

import numpy as np

from aiuteur.media.tones import LOW, band, drift, edges, noise_loop
from aiuteur.media.waves import RATE, Samples
from aiuteur.models.animatic.soundstage.stage import Stage


def _pair(
    chance: np.random.Generator, seconds: float, low: float, high: float, slope: float, count: int,
) -> tuple[Samples, Samples]:
    """Two independent loops of a band, repeated to a length."""
    shape = band(low, high, slope)
    left, right = (np.resize(noise_loop(chance, seconds, shape), count) for _ in range(2))
    return left, right


def room_tone(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """The low breath of an empty room."""
    left, right = _pair(chance, 5.3, 30, 260, 1, stage.count)
    stage.spread(left, right, 0.03 * strength)


def open_air(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """The wide, faint noise of being outdoors."""
    left, right = _pair(chance, 6.1, 60, 900, 1, stage.count)
    sway = drift(chance, stage.count, 3.0, 0.6, 1.0)
    stage.spread(left * sway, right * sway, 0.03 * strength)


def wind(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Gusts: a broad low band, and a narrower one above it that whistles when the gust is strong."""
    left, right = _pair(chance, 7.9, 70, 420, 1.5, stage.count)
    gust = drift(chance, stage.count, 1.7, 0.15, 1.0) ** 2
    stage.spread(left * gust, right * np.roll(gust, LOW // 3), 0.055 * strength)
    left, right = _pair(chance, 6.7, 480, 760, 4, stage.count)
    stage.spread(left * gust**2, right * gust**2, 0.022 * strength)


def leaves(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Foliage: bright noise that comes and goes with light gusts."""
    left, right = _pair(chance, 6.3, 1800, 5500, 1.5, stage.count)
    stir_left, stir_right = (drift(chance, stage.count, period, 0.05, 0.9) ** 1.5 for period in (1.3, 1.5))
    stage.spread(left * stir_left, right * stir_right, 0.03 * strength)


def rain_outside(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Steady rain: hiss up to 14 kHz with near drops on it."""
    loops = [noise_loop(chance, 5.1, band(900, 9000, 1), RATE) for _ in range(2)]
    stage.hiss(loops[0], loops[1], 0.03 * strength)
    left, right = _pair(chance, 4.7, 250, 1400, 1, stage.count)
    stage.spread(left, right, 0.012 * strength)
    drops(stage, chance, 26 * strength, 2400, 0.05 * strength)


def rain_inside(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Rain as walls let it through: a soft low hush, and drops drumming on glass and roof."""
    left, right = _pair(chance, 5.9, 120, 900, 1.5, stage.count)
    sway = drift(chance, stage.count, 2.5, 0.7, 1.0)
    stage.spread(left * sway, right * sway, 0.026 * strength)
    drops(stage, chance, 16 * strength, 900, 0.045 * strength)


def drops(stage: Stage, chance: np.random.Generator, rate: float, pitch: float, gain: float) -> None:
    """So many single drops a second, around a pitch."""
    time = np.arange(LOW // 45, dtype=np.float32) / LOW
    turns = 2 * np.pi * pitch * time * (1 + 4 * time)
    bank = [np.exp(-time * (260 + 40 * k)) * np.sin(turns * (0.6 + 0.14 * k)) for k in range(8)]
    for _ in range(int(rate * stage.seconds)):
        at, pan, size = chance.uniform(0, stage.seconds), chance.uniform(-0.9, 0.9), chance.exponential(1.0)
        stage.put(bank[int(chance.integers(8))], at, pan, gain * min(3.0, size), 0.2)


def surf(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Waves: each a swell of seven to ten seconds that breaks brighter than it came."""
    left, right = _pair(chance, 8.3, 50, 380, 1, stage.count)
    foam_left, foam_right = _pair(chance, 7.1, 700, 4200, 1, stage.count)
    swell = np.zeros(stage.count, np.float32)
    at = -chance.uniform(2, 6)
    while at < stage.seconds:
        length = chance.uniform(6.5, 9.5)
        shape = edges(int(length * LOW), 0.42 * length, 0.55 * length) * np.float32(chance.uniform(0.6, 1))
        first, skip = max(0, int(at * LOW)), max(0, -int(at * LOW))
        room = max(0, min(stage.count - first, len(shape) - skip))
        swell[first : first + room] += shape[skip : skip + room]
        at += length * 0.72
    foam = np.roll(swell, int(0.5 * LOW)) ** 3
    stage.spread(left * (0.35 + swell), right * (0.35 + swell), 0.03 * strength)
    stage.spread(foam_left * foam, foam_right * foam, 0.028 * strength)


def rumble(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A town's distant traffic, with a vehicle passing now and then."""
    left, right = _pair(chance, 6.9, 35, 170, 1.5, stage.count)
    stage.spread(left, right, 0.034 * strength)
    near_left, near_right = _pair(chance, 5.7, 90, 700, 1, stage.count)
    at = chance.uniform(-2, 4)
    while at < stage.seconds:
        length, side = chance.uniform(4, 7), 1 if chance.random() < 0.5 else -1
        count = int(length * LOW)
        pass_by = edges(count, 0.5 * length, 0.5 * length) ** 2
        across = np.linspace(-0.8 * side, 0.8 * side, count, dtype=np.float32)
        first = max(0, int(at * LOW))
        skip, stop = first - int(at * LOW), min(stage.count, int(at * LOW) + count)
        if stop > first:
            part = slice(skip, skip + stop - first)
            stage.low[0, first:stop] += near_left[first:stop] * pass_by[part] * (1 - across[part]) * np.float32(0.02 * strength)
            stage.low[1, first:stop] += near_right[first:stop] * pass_by[part] * (1 + across[part]) * np.float32(0.02 * strength)
        at += length + chance.uniform(3, 9)


def murmur(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A crowd that cannot be understood: several voices' bands, each moving at the pace of syllables."""
    for voice in range(5):
        centre = (240, 330, 450, 620, 820)[voice]
        sound = np.resize(noise_loop(chance, 4.1 + voice / 3, band(centre * 0.85, centre * 1.2, 2)), stage.count)
        syllables = drift(chance, stage.count, 0.13, 0.0, 1.0) ** 2 * drift(chance, stage.count, 1.1, 0.1, 1.0)
        pan = chance.uniform(-0.8, 0.8)
        stage.spread(sound * syllables * np.float32(1 - pan), sound * syllables * np.float32(1 + pan), 0.02 * strength)


def hum(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Mains and fans: 100 Hz and its multiples under a soft air noise."""
    time = np.arange(stage.count, dtype=np.float32)
    mains = (np.sin(np.float32(2 * np.pi * 100 * k / LOW) * time) / k**1.5 for k in (1, 2, 3))
    tone = sum(mains, np.zeros(stage.count, np.float32))
    left, right = _pair(chance, 5.5, 150, 1100, 1, stage.count)
    stage.spread(0.5 * tone + left, 0.5 * tone + right, 0.018 * strength)


def carriage(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """The inside of a moving train, or one heard from beside the line: rumble that sways."""
    left, right = _pair(chance, 5.9, 40, 320, 1.5, stage.count)
    sway = drift(chance, stage.count, 0.8, 0.6, 1.0)
    stage.spread(left * sway, right * sway, 0.036 * strength)
