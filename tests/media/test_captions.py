"""Captions: readable, never overlapping, nothing lost, in any script."""

import re
import time
from itertools import pairwise

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft.editing import Told
from aiuteur.film.bible import Lighting
from aiuteur.film.shots import Blocking, Cinematography, DialogueLine, Facing, ScreenSide, Shot, ShotSize, ShotType
from aiuteur.media.captions import COLUMNS, Cue, Said, cues, shown_speaker, srt, width, with_narration

WORDS = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Zs", "Zl", "Zp")), min_size=1,
                         max_size=14), min_size=1, max_size=60).map(" ".join)


@st.composite
def dialogue(draw: st.DrawFn) -> list[Said]:
    """Lines one after another, some at once, some with rests."""
    at, found = 0.0, list[Said]()
    for _ in range(draw(st.integers(1, 6))):
        seconds = draw(st.floats(0.2, 9))
        found.append(Said(at, seconds, draw(WORDS), draw(st.none() | st.sampled_from(["Ada", "Öz", "王芳"]))))
        at += seconds + draw(st.sampled_from([0.0, 0.0, 0.3, 4.0]))
    return found


@settings(max_examples=60, deadline=None)
@given(dialogue(), st.floats(0, 5))
def test_cues_never_overlap_and_end_with_the_film(said: list[Said], rest: float) -> None:
    until = said[-1].start + said[-1].seconds + rest
    found = cues(said, until)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(0 <= cue.start < cue.end <= round(until * 1000) for cue in found)


@settings(max_examples=60, deadline=None)
@given(dialogue())
def test_cues_are_at_most_two_lines_of_42_columns(said: list[Said]) -> None:
    for cue in cues(said, 1e6):
        assert 1 <= len(cue.lines) <= 2
        assert all(0 < width(line) <= COLUMNS for line in cue.lines)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(0.3, 20))
def test_alone_a_line_keeps_every_word_and_the_time_to_read_it(text: str, seconds: float) -> None:
    found = cues([Said(2.0, seconds, text)], 1e6)
    squeezed = re.sub(r"\s+|-->|→", "", text)
    assert re.sub(r"\s+|→", "", "".join("".join(cue.lines) for cue in found)) == squeezed or not found
    for cue in found:
        assert cue.end - cue.start >= 999 or seconds < 0.7 * len(found)


@settings(max_examples=30, deadline=None)
@given(dialogue())
def test_subrip_text_reads_back_as_the_same_cues(said: list[Said]) -> None:
    found = cues(said, 1e6)
    read = pysubs2.SSAFile.from_string(srt(found), format_="srt")
    assert [(event.start, event.end) for event in read] == [(cue.start, cue.end) for cue in found]


def test_a_line_is_balanced_and_broken_after_its_clause() -> None:
    (cue,) = cues([Said(1.0, 4.0, "I waited at the station until dark, but nobody came for me.")], 60)
    assert cue == Cue(1000, 5000, ("I waited at the station until dark,", "but nobody came for me."))


def test_a_stray_closing_mark_stays_with_its_word() -> None:
    (cue,) = cues([Said(0.0, 4.0, "Call out ‘Who is there! ’ Ann, and then run for it.")], 60)
    assert cue.lines == ("Call out ‘Who is there! ’", "Ann, and then run for it.")


def test_a_long_line_becomes_cues_in_proportion_to_their_words() -> None:
    text = ("The letter came on a Tuesday. It said that the house was sold, that the trees would be felled before the winter, "
            "and that we should take whatever we could carry.")
    found = cues([Said(0.0, 10.0, text)], 60)
    assert [cue.text for cue in found] == ["The letter came on a Tuesday.\nIt said that the house was sold,",
                                           "that the trees would be\nfelled before the winter,",
                                           "and that we should take\nwhatever we could carry."]
    assert found[0].start == 0
    assert found[-1].end == 10_000


def test_a_short_line_lingers_until_it_is_read_and_no_longer() -> None:
    first, second = cues([Said(0.0, 0.4, "No."), Said(5.0, 0.5, "Come in, then, and shut the door.")], 30)
    assert (first.start, first.end) == (0, 1000)
    assert (second.end - second.start) / 1000 == pytest.approx(33 / 20, abs=0.01)


def test_a_quick_exchange_is_one_cue_with_a_dash_for_each() -> None:
    (cue,) = cues([Said(0.0, 0.5, "Ready?"), Said(0.5, 0.9, "Always.")], 1.4)
    assert cue.lines == ("– Ready?", "– Always.")
    assert (cue.start, cue.end) == (0, 1400)


@pytest.mark.parametrize("text", [
    "彼は何も言わずに立ち上がり、窓を開けて、長いあいだ暗い庭を見つめていた。それから、静かに戸を閉めた。",
    "لم يقل شيئا، ثم نهض وفتح النافذة ونظر طويلا إلى الحديقة المظلمة قبل أن يغلق الباب بهدوء",
    "Ничего не сказав, он встал, открыл окно и долго смотрел в тёмный сад, а потом тихо закрыл дверь.", "a" * 200,
], ids=["japanese", "arabic", "russian", "one-long-word"])
def test_any_script_is_cut_without_loss(text: str) -> None:
    found = cues([Said(0.0, 8.0, text)], 60)
    assert "".join(re.sub(r"\s", "", cue.text) for cue in found) == re.sub(r"\s", "", text)
    assert all(not cue.text.startswith(("、", "。")) for cue in found)


def test_what_subrip_would_misread_is_written_safely() -> None:
    (cue,) = cues([Said(0.0, 3.0, r"{bold} \N <i>x</i> -->")], 9)
    (event,) = pysubs2.SSAFile.from_string(srt([cue]), format_="srt")
    assert event.plaintext == "(bold) ∖N ‹i›x‹/i› →"


def shot(*seen: Blocking) -> Shot:
    return Shot(id="s", scene_id="c", label="1A", cinematography=Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM),
                lighting=Lighting(), action="", duration=3, blocking=seen)


def figure(name: str, *, foreground: bool = False) -> Blocking:
    return Blocking(character_id=name, side=ScreenSide.LEFT, facing=Facing.CAMERA, foreground=foreground)


@pytest.mark.parametrize(("seen", "off_screen", "expected"), [
    ((figure("a"),), False, None), ((figure("a"), figure("b", foreground=True)), False, None),
    ((figure("a"), figure("b")), False, "Ada"), ((figure("b"),), False, "Ada"), ((figure("a"),), True, "Ada"), ((), False, "Ada"),
], ids=["alone", "over-shoulder", "two-shot", "another", "off-screen", "nobody"])
def test_a_speaker_is_named_where_one_could_not_tell(
        seen: tuple[Blocking, ...], expected: str | None, *, off_screen: bool) -> None:
    line = DialogueLine(speaker="Ada", speaker_id="a", text="Well?", off_screen=off_screen)
    assert shown_speaker(line, shot(*seen)) == expected
    (cue,) = cues([Said(0.0, 1.0, "Well?", shown_speaker(line, shot(*seen)))], 9)
    assert cue.text == ("ADA: Well?" if expected else "Well?")


def test_narration_is_told_once_in_italics_and_in_whole_sentences_that_fit() -> None:
    long = "Then the whole harbour turned to look, one face after another, until the very gulls seemed to have stopped to stare."
    told = [Told(2.0, 3.0, ("The lamp went out.", long)), Told(5.0, 3.0, ("The lamp went out.",)), Told(8.0, 2.0, (long,))]
    found = with_narration((), told)
    assert [(cue.text, cue.italic) for cue in found] == [("The lamp went out.", True)]
    assert "<i>The lamp went out.</i>" in srt(found)
    assert 2000 == found[0].start < found[0].end <= 5000


def test_narration_waits_for_what_is_spoken() -> None:
    spoken = (Cue(1000, 3000, ("Well?",)), Cue(6000, 7000, ("No.",)))
    one, two, three = with_narration(spoken, [Told(2.5, 4.0, ("He shut the door.",)), Told(6.1, 1.2, ("She sat down again.",))])
    assert [one.text, two.text, three.text] == ["Well?", "He shut the door.", "No."]
    assert one.end <= two.start < two.end <= three.start


def test_without_a_voice_the_name_is_shown_at_every_change_of_speaker() -> None:
    line = DialogueLine(speaker="Ada", speaker_id="a", text="Well?")
    alone = shot(figure("a"))
    assert shown_speaker(line, alone, "Bo", voiced=False) == "Ada"
    assert shown_speaker(line, alone, None, voiced=False) == "Ada"
    assert shown_speaker(line, alone, "Ada", voiced=False) is None
    assert shown_speaker(line, alone, "Bo") is None


def test_a_sentence_as_long_as_a_novel_is_cut_in_a_moment() -> None:
    begun = time.process_time()
    found = cues([Said(0.0, 9.0, "and then " * 25_000, None)], 10.0)
    assert time.process_time() - begun < 20
    assert found
    assert max(width(line) for cue in found for line in cue.lines) <= COLUMNS
