"""The master: scene sounds, one after another, as the film's one continuous soundtrack at its loudness.

Belongs here: joining, and AAC. Does not belong here: what a scene sounds like (`aiuteur.models.animatic.sound`), loudness and
peaks (`aiuteur.media.levelling`), or the film's file (`aiuteur.media.assemble`).
"""

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from aiuteur.errors import InvalidInput
from aiuteur.media.levelling import levelled
from aiuteur.media.theme import end_theme, title_theme
from aiuteur.media.waves import RATE, Samples, decoded, sample_count

LOUDNESS: Final = -16.0
"""Integrated loudness of a film in LUFS: what streaming on small speakers asks for."""

_BIT_RATE: Final = 160_000
Blocks = Iterator[Samples]


def master(scene_sounds: Sequence[bytes], head_seconds: float, tail_seconds: float,
           scene_seconds: Sequence[float] | None = None) -> bytes:
    """The film's soundtrack as AAC in an mp4, at −16 LUFS with true peaks under −1.5 dBTP.

    `scene_sounds` are audio bytes of any format; `scene_seconds`, where given, is how long the pictures of each scene are, and
    its sound is cut or held to that. Music plays under the title (`head_seconds`) and end cards (`tail_seconds`). The
    soundtrack has exactly the sum of these samples: what the codec primes and pads is left out by the file's edit list.
    Raises `Corrupt` for a sound that cannot be decoded, `InvalidInput` for seconds that do not match the sounds.
    """
    if scene_seconds is not None and len(scene_seconds) != len(scene_sounds):
        message = f"{len(scene_sounds)} scene sounds were given lengths for {len(scene_seconds)} scenes."
        raise InvalidInput(message)

    def programme() -> Blocks:
        yield title_theme(head_seconds)
        for index, data in enumerate(scene_sounds):
            blocks = decoded(data)
            yield from blocks if scene_seconds is None else _held(blocks, sample_count(scene_seconds[index]))
        yield end_theme(tail_seconds)

    return _aac(levelled(programme(), LOUDNESS))


def _held(blocks: Blocks, count: int) -> Blocks:
    """Blocks cut to a number of samples, or followed by silence up to it."""
    left = count
    for block in blocks:
        yield block[:left]
        left -= min(left, len(block))
    if left:
        yield np.zeros((left, 2), np.float32)


def _aac(blocks: Blocks) -> bytes:
    """Stereo blocks as AAC at 160 kbit/s in an mp4, whose edit list leaves out the encoder's priming."""
    import av

    out, at = io.BytesIO(), 0
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact", "movie_timescale": str(RATE)}) as container:
        # The quick coder costs half of the default one; at this rate the difference was not measurable on this material.
        stream = container.add_stream("aac", rate=RATE, layout="stereo", options={"aac_coder": "fast", "flags": "+bitexact"})
        stream.bit_rate = _BIT_RATE
        for chunk in blocks:  # the encoder cuts them into frames of its own, whatever their length
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(chunk.T, np.float32), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
            at += len(chunk)
        container.mux(stream.encode(None))
    return out.getvalue()
