import pytest

from aiuteur.craft.editing import LEAD_IN, fitted, is_whole, narration, timeline
from aiuteur.film.bible import Lighting
from aiuteur.film.shots import Blocking, Cinematography, DialogueLine, Facing, ScreenSide, Shot, ShotSize, ShotType

CAMERA = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM)


def shot(identity: str, seconds: float, *words: str, out_point: float | None = None, in_point: float = 0.0) -> Shot:
    lines = tuple(DialogueLine(speaker="ADA", speaker_id="ada", text=text) for text in words)
    block = Blocking(character_id="ada", side=ScreenSide.LEFT, facing=Facing.RIGHT)
    return Shot(id=identity, scene_id="s", label=identity, cinematography=CAMERA, lighting=Lighting(), action="", dialogue=lines,
                blocking=(block,), duration=seconds, in_point=in_point, out_point=out_point)


def test_scenes_follow_the_title_card_and_each_other() -> None:
    placed = timeline(["s", "t"], {"s": [shot("1", 4), shot("2", 3)], "t": [shot("3", 5)]}, 2.0)
    assert [(scene.start, scene.seconds) for scene in placed] == [(2.0, 7.0), (9.0, 5.0)]
    assert [part.start for part in placed[0].shots] == [0.0, 4.0]


def test_a_shot_is_on_screen_from_its_in_point_to_its_out_point() -> None:
    (placed,) = timeline(["s"], {"s": [shot("1", 6, in_point=1.0, out_point=5.0)]}, 0.0)
    assert placed.seconds == pytest.approx(4.0)


def test_a_line_begins_after_the_lead_in_on_its_speaker_s_side() -> None:
    (placed,) = timeline(["s"], {"s": [shot("1", 3), shot("2", 6, "Who left the lamp burning?")]}, 0.0)
    (line,) = placed.lines
    assert line.start == pytest.approx(3 + LEAD_IN)
    assert line.side is ScreenSide.LEFT


def test_lines_never_leave_their_shot_nor_overlap() -> None:
    words = ["One long sentence that takes a good while to say aloud.", "And another that answers it at some length."]
    (placed,) = timeline(["s"], {"s": [shot("1", 4, *words)]}, 0.0)
    first, second = placed.lines
    assert first.start + first.seconds <= second.start + 1e-9
    assert second.start + second.seconds <= 4.0 + 1e-3


def test_silent_shots_tell_the_sentences_of_the_script_that_are_action() -> None:
    silent = shot("1", 4).model_copy(update={"action": "Ada lit the lamp. Nobody had written this."})
    listening = shot("3", 3).model_copy(update={"action": "Who left the lamp burning?"})
    heading = shot("4", 3).model_copy(update={"action": "EXT. QUAY - NIGHT"})
    placed = timeline(["s"], {"s": [silent, shot("2", 4, "Who left the lamp burning?"), listening, heading]}, 2.0)
    (told,) = narration(placed, "EXT. QUAY - NIGHT\n\nAda lit\nthe lamp.\n\nADA\nWho left the lamp burning?")
    assert (told.start, told.seconds, told.sentences) == (2.0, 4, ("Ada lit the lamp.",))


def test_a_shot_is_no_longer_than_its_clip_and_shows_no_more_of_it_than_it_lasts() -> None:
    asked = shot("3A", 4.0)
    assert fitted(asked, 4.0) is asked
    assert fitted(asked, None) is asked
    short = fitted(asked, 2.5)
    assert (short.duration, short.in_point, short.out_point) == (2.5, 0.0, 2.5)
    assert is_whole(asked, 4.0)
    assert not is_whole(asked, 5.0)
    assert fitted(asked.model_copy(update={"in_point": 3.0}), 2.0).in_point == 2.0
