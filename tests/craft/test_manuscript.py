from aiuteur.craft.manuscript import markdown
from aiuteur.craft.pieces import pieces_of

STORY = """# The Scales

## I. The Market

Hanne weighed the last of the pears. "Is that fair?" she asked.

In her basket she had

- a loaf
  of rye
- two candles
1. the brass key!

The Evening
-----------

Nobody came back for the scales.

### II
"""


def test_a_heading_inside_the_text_breaks_it_and_is_neither_told_nor_spoken() -> None:
    found = markdown(STORY)
    assert found.title == "The Scales"
    assert "Market" not in found.text
    assert "The Evening" not in found.text
    assert found.text.count("* * *") == 3
    told = [piece.text for piece in pieces_of(found.text)]
    assert not any("*" in text or "Market" in text for text in told)


def test_the_items_of_a_list_are_sentences() -> None:
    told = [piece.text.lower() for piece in pieces_of(markdown(STORY).text)]
    assert {"a loaf of rye.", "two candles.", "the brass key!"} <= set(told)


def test_hyphens_that_open_speech_stay() -> None:
    assert "- Where are you going?" in markdown("# Home\n\n- Where are you going?\n\n- To the sea.").text


def test_a_text_of_headings_alone_keeps_their_words() -> None:
    assert "The lamp goes out" in markdown("# Night\n\n## The lamp goes out").text
