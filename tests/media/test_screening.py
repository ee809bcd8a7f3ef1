"""The screening: a whole film, one that breaks off, and one that shares its pictures with a film seen before."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from aiuteur.errors import Corrupt
from aiuteur.media import screening
from aiuteur.media.assemble import assemble
from aiuteur.media.encode import encode
from aiuteur.media.joining import Part
from aiuteur.media.mix import master
from aiuteur.media.screening import measure_film
from aiuteur.media.waves import RATE, flac
from tests.media.test_assemble import SIZE, clip, film, hum


def test_a_film_is_measured_to_its_end(tmp_path: Path) -> None:
    black = encode([np.zeros((90, 160, 3), np.uint8)] * 24, SIZE)
    path = tmp_path / "film.mp4"
    assemble([Part(clip(48)), Part(black)], lambda: master([flac(hum(2.0)), flac(np.zeros((RATE, 2)))], 0, 0), "", (), {}, path)
    found = measure_film(path)
    assert (found.complete, found.frames, found.seconds) == (True, 72, 3.0)
    assert found.black_ratio == pytest.approx(1 / 3, abs=0.001)
    assert found.silence_ratio == pytest.approx(1 / 3, abs=0.04)
    assert found.loudness_lufs == pytest.approx(-16, abs=1.5)
    assert measure_film(path.read_bytes()) == found


def test_a_film_that_breaks_off_is_not_complete(tmp_path: Path) -> None:
    whole = film(tmp_path, [Part(clip(96))], 96).read_bytes()
    found = measure_film(whole[: len(whole) * 3 // 4])
    assert not found.complete
    assert 0 < found.frames < 96
    with pytest.raises(Corrupt, match="cannot be played"):
        measure_film(b"junk")


def test_pictures_that_an_earlier_film_had_are_compared_and_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = film(tmp_path, [Part(clip(48)), Part(clip(48, seed=2))], 96).read_bytes()
    again = film(tmp_path, [Part(clip(48)), Part(clip(48, seed=3)), Part(clip(48, seed=2))], 144).read_bytes()
    known = measure_film(first).groups
    alone = measure_film(again)
    decoded: list[tuple[int, int]] = []
    original = screening._decoded  # pyright: ignore[reportPrivateUsage] - what must not be done is watched

    def watched(*given: object) -> tuple[int, int]:
        decoded.append(original(*given))  # pyright: ignore[reportArgumentType] - passed on as given
        return decoded[-1]

    monkeypatch.setattr(screening, "_decoded", watched)
    assert measure_film(again, known) == alone
    assert decoded == [(48, 0)]


def test_a_changed_packet_is_decoded_whatever_is_known(tmp_path: Path) -> None:
    path = film(tmp_path, [Part(clip(96))], 96)
    known: Mapping[str, tuple[int, int]] = measure_film(path).groups
    data = bytearray(path.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
    data[middle : middle + 400] = bytes(400)
    assert measure_film(bytes(data), known).groups != known
