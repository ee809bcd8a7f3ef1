"""Single sounds that come and go: birds, crickets, a clock, hooves, a fire's pops, drips, rail joints.

Belongs here: grains and when they fall. Does not belong here: continuous sound (`textures`), or which of them a place has
(`ambience`).
"""

from collections.abc import Sequence

import numpy as np

from aiuteur.media.tones import LOW, Samples, band, edges, noise_loop, pluck
from aiuteur.models.animatic.soundstage.stage import Stage


def _glide(seconds: float, knots: Sequence[float], shimmer: float = 0.0) -> Samples:
    """A whistle whose pitch in hertz moves through evenly spaced knots; `shimmer` is the depth of a 28 Hz trill."""
    count = int(seconds * LOW)
    pitch = np.interp(np.linspace(0, len(knots) - 1, count), range(len(knots)), knots)
    pitch *= 1 + shimmer * np.sin(np.arange(count) * (2 * np.pi * 28 / LOW))
    whistle = np.sin(np.cumsum(pitch) * (2 * np.pi / LOW))
    return (whistle * edges(count, 0.25 * seconds, 0.6 * seconds)).astype(np.float32)


def _click(chance: np.random.Generator, seconds: float, low: float, high: float) -> Samples:
    """A knock: a short burst of a band of noise that dies at once."""
    burst = noise_loop(chance, seconds + 0.01, band(low, high, 2))[: int(seconds * LOW)]
    return burst * np.exp(-np.arange(len(burst), dtype=np.float32) * np.float32(6 / max(1, len(burst))))


def _note_of_song(chance: np.random.Generator, base: float) -> Samples:
    """One short whistle around a pitch, one in three of them trilled."""
    knots = (base * chance.uniform(0.82, 1.25, 3)).tolist()
    return _glide(chance.uniform(0.06, 0.17), knots, chance.choice((0.0, 0.0, 0.05)))


def birds(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Song of two or three kinds of bird: each repeats its own phrase, with rests."""
    for _ in range(2 if strength < 1 else 3):
        base, pan, gain = chance.uniform(2300, 4600), chance.uniform(-0.8, 0.8), chance.uniform(0.014, 0.034) * strength
        notes = [_note_of_song(chance, base) for _ in range(int(chance.integers(2, 5)))]
        gaps = chance.uniform(0.1, 0.22, len(notes))
        at = chance.uniform(0.2, 3.5)
        while at < stage.seconds:
            for note, gap in zip(notes, gaps, strict=True):
                stage.put(note, at, pan, gain, 0.7)
                at += gap
            at += chance.uniform(1.6, 5.5)


def gulls(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Two or three falling cries at a time, far off."""
    at = chance.uniform(0.5, 4)
    while at < stage.seconds:
        pan = chance.uniform(-0.9, 0.9)
        for _ in range(int(chance.integers(2, 4))):
            top = chance.uniform(1250, 1500)
            cry = sum((_glide(0.34, (0.8 * k * top, k * top, 0.92 * k * top, 0.7 * k * top)) / k**1.3 for k in (1, 2)),
                      np.zeros(int(0.34 * LOW), np.float32))
            stage.put(cry, at, pan, 0.012 * strength, 1.0)
            at += 0.42
        at += chance.uniform(4, 9)


def crickets(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Chirps of three or four pulses at 4 to 5 kHz, several insects out of step."""
    pulse = edges(int(0.016 * LOW), 0.005, 0.009)
    for _ in range(3):
        pitch, pan, every = chance.uniform(3900, 5000), chance.uniform(-0.9, 0.9), chance.uniform(0.42, 0.75)
        count, gain = int(chance.integers(3, 5)), chance.uniform(0.006, 0.013) * strength
        chirp = np.zeros(int((0.023 * count + 0.02) * LOW), np.float32)
        for beat in range(count):
            first = int(0.023 * beat * LOW)
            chirp[first : first + len(pulse)] = pulse
        chirp *= np.sin(np.arange(len(chirp)) * (2 * np.pi * pitch / LOW)).astype(np.float32)
        for at in np.arange(chance.uniform(0, every), stage.seconds, every):
            stage.put(chirp, float(at), pan, gain, 0.3)


def owl(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A tawny call: one long note, a rest, a quavering one."""
    at, pan = chance.uniform(1.5, 7), chance.uniform(-0.7, 0.7)
    while at < stage.seconds:
        stage.put(_glide(0.6, (370, 395, 360)), at, pan, 0.012 * strength, 1.5)
        stage.put(_glide(0.9, (360, 390, 350), 0.02), at + 1.9, pan, 0.012 * strength, 1.5)
        at += chance.uniform(9, 16)


def clock(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A mantel clock: tick and tock, a second each."""
    tick, tock = _click(chance, 0.03, 1500, 3200), _click(chance, 0.035, 1000, 2300)
    first, pan = chance.uniform(0.1, 0.9), chance.uniform(-0.6, 0.6)
    for beat, at in enumerate(np.arange(first, stage.seconds, 1.0)):
        stage.put(tock if beat % 2 else tick, float(at), pan, 0.011 * strength, 0.8)


def fire(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A hearth: the draught's low roar, crackle, and a louder pop now and then."""
    roar = np.resize(noise_loop(chance, 6.7, band(45, 240, 1)), stage.count)
    stage.spread(roar, roar, 0.018 * strength)
    bank = [_click(chance, 0.012 + 0.004 * k, 1100 + 350 * k, 5200) for k in range(5)]
    for _ in range(int(9 * stage.seconds)):
        size = min(5.0, float(chance.pareto(2.2)) + 0.2)
        at, pan, spark = chance.uniform(0, stage.seconds), chance.uniform(-0.3, 0.3), bank[int(chance.integers(5))]
        stage.put(spark, at, pan, 0.008 * size * strength, 0.5)


def drips(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Water falling into water, seconds apart."""
    at = chance.uniform(0.3, 1.6)
    while at < stage.seconds:
        pitch = chance.uniform(750, 1250)
        stage.put(_glide(0.09, (pitch, pitch * 1.1, pitch * 1.7)), at, chance.uniform(-0.7, 0.7), 0.02 * strength, 2.0)
        at += chance.uniform(1.1, 3.2)


def hooves(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A horse and cart that comes up the street, passes, and goes."""
    knocks = [_click(chance, 0.05, 500 + 130 * k, 1500 + 200 * k) for k in range(4)]
    at = chance.uniform(-3, 2.5)
    while at < stage.seconds:
        length, side = chance.uniform(6, 10), 1 if chance.random() < 0.5 else -1
        for beat, step in enumerate(np.arange(0, length, 0.31)):
            near = float(np.sin(np.pi * step / length)) ** 2
            lag = 0.04 if beat % 2 else 0.0
            stage.put(knocks[beat % 4], at + float(step) - lag, side * (2 * step / length - 1) * 0.8, 0.02 * strength * near, 0.8)
        at += length + chance.uniform(2, 8)


def rail_joints(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Wheels over rail joints: two pairs of knocks, then a rest."""
    knock = _click(chance, 0.09, 90, 480)
    for start in np.arange(chance.uniform(0, 1.2), stage.seconds, 1.32):
        for lag, gain in ((0.0, 1.0), (0.13, 0.85), (0.42, 0.9), (0.55, 0.7)):
            stage.put(knock, float(start) + lag, 0.0, 0.03 * gain * strength, 0.4)


def footfalls(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Someone crossing at a distance."""
    step = _click(chance, 0.07, 160, 700)
    at = chance.uniform(0.5, 3)
    while at < stage.seconds:
        pan, side = chance.uniform(-0.8, 0.8), chance.choice([-0.1, 0.1])
        for _ in range(int(chance.integers(5, 9))):
            stage.put(step, at, pan, 0.012 * strength, 1.2)
            at, pan = at + 0.52, max(-0.9, min(0.9, pan + side))
        at += chance.uniform(4, 9)


def typing(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """A typewriter in the next room: bursts of keys and the carriage's bell."""
    keys = [_click(chance, 0.03, 900 + 150 * k, 2600) for k in range(4)]
    bell = pluck(1870, 0.7, 0.3, ratios=(1.0, 2.76, 5.4))
    at, pan = chance.uniform(0.2, 2), chance.uniform(-0.6, 0.6)
    while at < stage.seconds:
        for _ in range(int(chance.integers(8, 22))):
            stage.put(keys[int(chance.integers(4))], at, pan, 0.012 * strength, 0.7)
            at += chance.uniform(0.1, 0.24)
        stage.put(bell, at + 0.1, pan, 0.006 * strength, 0.8)
        at += chance.uniform(1.5, 4)


def glasses(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """Glass and crockery, lightly."""
    at = chance.uniform(0.4, 3)
    while at < stage.seconds:
        ring = pluck(chance.uniform(1900, 3200), 0.35, 0.5, ratios=(1.0, 2.32, 4.25))
        stage.put(ring, at, chance.uniform(-0.8, 0.8), 0.008 * strength, 1.0)
        at += chance.uniform(1.5, 5)


def foghorn(stage: Stage, chance: np.random.Generator, strength: float) -> None:
    """One long low note, far out."""
    at = chance.uniform(1, 5)
    while at < stage.seconds:
        horn = _glide(2.6, (116, 118, 117, 110)) + 0.5 * _glide(2.6, (232, 236, 234, 220))
        stage.put(horn, at, chance.uniform(-0.6, 0.6), 0.016 * strength, 1.5)
        at += chance.uniform(13, 20)
