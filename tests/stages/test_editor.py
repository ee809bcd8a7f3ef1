"""What a cut takes over of the film before: never other bytes than it would make, and nothing that is gone."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from aiuteur.craft.editing import timeline
from aiuteur.film.bible import Lighting
from aiuteur.film.brief import Brief
from aiuteur.film.noun import MediaRef
from aiuteur.film.shots import Cinematography, DialogueLine, Shot, ShotSize, ShotType
from aiuteur.film.takes import Film
from aiuteur.media.storage import Storage
from aiuteur.stages.editor import Cut, _storyboard  # pyright: ignore[reportPrivateUsage] - the part that no encoder is needed for

PAPER = MediaRef(sha256="0" * 64, mime="text/plain", size=1)


class Counting(Storage):
    """A folder that remembers what was read from it."""

    read: list[str]

    def get(self, sha256: str) -> bytes:
        self.read.append(sha256)
        return super().get(sha256)


@pytest.fixture
def storage(tmp_path: Path) -> Counting:
    opened = Counting.open(str(tmp_path))
    opened.read = []
    return opened


def cut(storage: Storage, said: str) -> Cut:
    """Thirty shots, somebody speaking in the tenth."""
    shots = tuple(shot(n, said if n == 9 else "") for n in range(30))
    return Cut(
        title="Waiting", author=None, fountain="", language="en", makers={}, brief=Brief(length_seconds=60),
        scenes=timeline(["scene"], {"scene": shots}, 2.0), headings={}, clips={},
        frames={shot.id: frame(storage, n) for n, shot in enumerate(shots)},
    )


def shot(n: int, said: str) -> Shot:
    how = Cinematography(shot_type=ShotType.MASTER, size=ShotSize.WIDE)
    dialogue = (DialogueLine(speaker="ANNA", speaker_id=None, text=said),) if said else ()
    return Shot(
        id=f"shot{n}", scene_id="scene", label=f"1.{n}", cinematography=how, lighting=Lighting(), action="They wait.",
        duration=2, dialogue=dialogue,
    )


def frame(storage: Storage, n: int) -> MediaRef:
    image = np.random.default_rng(n).integers(0, 255, (36, 64, 3)).astype(np.uint8)
    data = cv2.imencode(".png", image)[1].tobytes()
    return MediaRef(sha256=storage.put(data, "image/png"), mime="image/png", size=len(data))


def filmed(storage: Storage, made: Cut) -> Film:
    sheet = _storyboard(made, storage, None)
    board = MediaRef(sha256=storage.put(sheet.data, "image/png"), mime="image/png", size=len(sheet.data))
    return Film(
        video=PAPER, captions=PAPER, screenplay=PAPER, storyboard=board, panels=sheet.made_from, seconds=60, shots=30, lines=1,
        lines_voiced=0,
    )


def test_a_changed_line_makes_no_picture_of_the_storyboard_again(storage: Counting) -> None:
    before = filmed(storage, cut(storage, "I saw it."))
    made = cut(storage, "I never saw it.")
    storage.read.clear()

    sheet = _storyboard(made, storage, before)

    assert storage.read == [before.storyboard.sha256, made.frames["shot0"].sha256]  # the first is read for its shape
    assert sheet == _storyboard(made, storage, None)
    assert sheet.data != storage.get(before.storyboard.sha256)


@pytest.mark.parametrize("lost", [True, False], ids=["gone from the store", "of a film without a record of it"])
def test_a_storyboard_that_cannot_be_taken_from_is_made_from_its_frames(storage: Counting, *, lost: bool) -> None:
    made = cut(storage, "I saw it.")
    before = filmed(storage, made)
    if lost:
        storage.remove(before.storyboard.sha256)
    else:
        before = before.model_copy(update={"panels": ()})

    assert _storyboard(made, storage, before) == _storyboard(made, storage, None)


def test_a_frame_that_was_drawn_again_is_shown(storage: Counting) -> None:
    made = cut(storage, "I saw it.")
    drawn = replace(made, frames={**made.frames, "shot9": frame(storage, 99)})

    sheet = _storyboard(drawn, storage, filmed(storage, made))

    assert sheet == _storyboard(drawn, storage, None)
    assert sheet.data != _storyboard(made, storage, None).data
