"""Reading prose: who counts as present, what counts as speech, and who tells it."""

import json
from pathlib import Path

import pytest

from aiuteur.craft.prose.reading import read
from benchmarks.attribution import measure

FIXTURES = Path(__file__).parents[1] / "fixtures"


def spoken(text: str) -> list[tuple[str, str | None]]:
    """The words of every speech of a text with the name of who says them."""
    story = read(text)
    named = [(speech.quote.inner.of(text), story.person(speech.speaker)) for speech in story.speeches]
    return [(words, person.name if person else None) for words, person in named]


def test_a_visitor_s_tale_within_quotes_keeps_its_own_speakers() -> None:
    labels = json.loads((FIXTURES / "visitor.labels.json").read_text(encoding="utf-8"))
    figures = measure((FIXTURES / "visitor.txt").read_text(encoding="utf-8"), labels)
    assert (figures.precision, figures.recall, figures.named) == (1.0, 1.0, 1.0)
    assert figures.all >= 0.95


@pytest.mark.parametrize("story", ["lift", "willow", "gale", "letter"])
def test_people_and_speakers_are_found_in_fiction_of_many_kinds(story: str) -> None:
    labels = json.loads((FIXTURES / f"{story}.labels.json").read_text(encoding="utf-8"))
    figures = measure((FIXTURES / f"{story}.txt").read_text(encoding="utf-8"), labels)
    assert figures.precision >= 0.85, figures.misses
    assert figures.recall >= 0.85, figures.misses
    assert figures.named >= 0.95, figures.misses
    assert figures.all >= 0.8, figures.misses


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param("‘It’s late,’ said Paul. ‘He cried “Wait!” and I ran.’ ‘Did he?’ asked Nora.", ["Paul", "Paul", "Nora"],
                     id="double marks within single ones are no house style"),
        pytest.param("“Go,” said Will. “I shall,” said Hope. They hope that Will will.", ["Will", "Hope"],
                     id="names that are words"),
        pytest.param("“Well?” said Mrs. Hale. “No,” said Mr. Hale. “Oh!” said Miss Hale.", ["Mrs. Hale", "Mr. Hale", "Miss Hale"],
                     id="one surname"),
        pytest.param("Mrs. Hale knitted. Mr. Hale and Paul Hale sat down.\n\n“Begin,” said Mr. Hale.\n\n“Check,” said his son.",
                     ["Mr. Hale", "Paul Hale"], id="a son"),
        pytest.param("An old woman stood at the door of Hale House. This was Mrs. Orr.\n\n“Come in,” said the old woman.\n\n"
                     "“Thank you,” said Lord Hale.", ["Mrs. Orr", "Lord Hale"], id="who this was, and a house of a family"),
        pytest.param("Paul shouted, so that Mrs. Hale said, “Tut, tut!” and coughed as he came in.", ["Mrs. Hale"],
                     id="a stop after a title ends no sentence"),
        pytest.param("Nora and Paul sat down.\n\n“Bah!” said Paul.\n\n“Bah!” said Nora.", ["Paul", "Nora"],
                     id="a word is nobody"),
        pytest.param("She came in and laid down her hat.\n\n“Hush,” she said.\n\nNora sat down by the fire.", ["Nora"],
                     id="she before her name"),
        pytest.param("A man came in.\n\n“What is your name?” asked Nora.\n\n“Ben Wether,” he said.\n\n“Sit, Ben,” said Nora.",
                     ["Nora", "Ben Wether", "Nora"], id="a name for an answer"),
        pytest.param("My father told him no.\n\n“Well,” said he, “call me captain.”\n\nThe captain sat down.",
                     ["the captain", "the captain"], id="who is told something answers"),
        pytest.param("Captain Zelda Orr sat behind her desk in a blue coat, a stout woman with grey hair.\n\n“Go,” said the "
                     "stout woman.\n\n“Never,” said Paul.", ["Zelda Orr", "Paul"], id="more of whom a sentence is about"),
        pytest.param("Nora Vane, a nurse of thirty in blue, came in.\n\n“Sit,” said the nurse.\n\n“No,” said Paul. Nora sat.",
                     ["Nora", "Paul"], id="a surname told once"),
        pytest.param("Our captain was Nora Hale. The men loved her.\n\n“Climb,” said Captain Hale.\n\n“Aye,” said Paul.",
                     ["Nora Hale", "Paul"], id="a captain may be a woman"),
        pytest.param("“Mine,” said the man. He was big. His name, as all would learn, was Ben Wether.\n\n“No,” "
                     "said Nora. Ben Wether sat down.", ["Ben Wether", "Nora"], id="a name after an aside"),
    ],
)
def test_names_are_told_from_words_and_from_each_other(text: str, people: list[str]) -> None:
    assert [name for _, name in spoken(text)] == people


def test_two_voices_take_turns_but_a_tag_between_does_not_change_them() -> None:
    told = "“坐吧。”老人说,“你从哪里来?”\n\n“从码头来。”她低声说,“我在等人。”\n\n“等谁?”他问。“等我吗?”"
    first, second = "the first voice", "the second voice"
    assert [person for _, person in spoken(told)] == [first, first, second, second, first, second]


@pytest.mark.parametrize(
    "allusion",
    [
        "Had the Queen of Norway lived across the way, Nora would have sung to make her weep.",
        "He stood as still as Saint Jerome before the lion.",
        "King Croesus himself would have wept over that purse.",
        "She looked at the ring as Cleopatra may have looked at a pearl.",
        "He had the manners of the Duke of Parma and the boots of a tinker.",
        "Nora had never seen a grown man so afraid of a hat.",
    ],
)
def test_those_only_alluded_to_are_not_of_the_cast(allusion: str) -> None:
    text = (
        f"Nora came in and laid down her hat.\n\n“Are you there, Paul?” said Nora.\n\n{allusion}\n\n“I am,” he said.\n\n"
        f"{allusion}\n\n“Then look at this,” said Nora. Paul looked.\n\n“It is late,” he said."
    )
    assert {person.name for person in read(text).cast()} == {"Nora", "Paul"}


@pytest.mark.parametrize(
    "written",
    [
        "The sign over the door read: “Closed for the Winter.”",
        "The sign said “Beware of Geese.”",
        "There was a card bearing the name “Mr. Paul Winter.”",
        "The letters of “Winter” had begun to fade.",
        "They had called him “Lucky” once.",
        "It was headed “Singing Lessons,” and it was receipted.",
    ],
)
def test_what_is_written_or_mentioned_is_no_speech(written: str) -> None:
    text = f"Paul came home and said nothing. {written}\n\n“It is late,” said Nora."
    assert spoken(text) == [("It is late,", "Nora")]


def test_a_letter_read_aloud_is_spoken_by_its_reader() -> None:
    text = "Nora came in with Paul.\n\nNora took the letter and read it aloud: “Come at once, both of you.”\n\nPaul sat down."
    assert spoken(text) == [("Come at once, both of you.", "Nora")]


def test_an_animal_that_speaks_is_somebody() -> None:
    text = "A boy met a heron by the water.\n\n“Good morning,” said the heron.\n\n“Good morning,” said the boy."
    assert spoken(text) == [("Good morning,", "the heron"), ("Good morning,", "the boy")]


def test_a_name_called_takes_over_from_the_description_it_answers() -> None:
    text = (
        "A man in a black coat laughed.\n\n“Serve him,” said the man in the black coat.\n\n“I came for my horse, Boone,” said "
        "Hank.\n\n“Your horse is lost.”\n\nBoone stood up. Hank waited.\n\n“Sit down,” said Boone."
    )
    assert {person.name for person in read(text).cast()} == {"Boone", "Hank"}


def test_a_name_in_apposition_calls_on_nobody() -> None:
    text = (
        "Ann and Tom sat with Mr. Finch and the doctor.\n\n“My partner, Mr. Finch, has the key,” said Ann.\n\n“Has he?”\n\n"
        "“He has,” said Ann. Tom nodded."
    )
    assert dict(spoken(text))["Has he?"] != "Mr. Finch"


def test_an_initial_does_not_cut_a_name() -> None:
    text = "“Is this yours?” asked Mr. Paul J. Winter.\n\n“No,” said Nora. Paul went out."
    assert "Paul J. Winter" in {person.name for person in read(text).cast()}


def test_two_tellers_each_say_i_in_their_own_tale() -> None:
    text = (
        "Nora and Paul sat by the stove.\n\n“I met a miller,” said Nora. “He was a fat man.\n\n“‘Good day,’ I said.\n\n"
        "“‘Good day,’ said the miller.”\n\nPaul nodded.\n\n“I met a wife,” said Paul. “She was old.\n\n“‘Good night,’ I said.\n\n"
        "“‘Good night,’ said the wife.”"
    )
    told = [(words, name) for words, name in spoken(text) if words.startswith("Good")]
    assert [name for words, name in told if words in {"Good day,", "Good night,"}][::2] == ["Nora", "Paul"]


@pytest.mark.parametrize("place", [
    "from inside the basket", "from behind the door", "inside the basket", "under the table", "up on the wall", "beside him",
    "over her shoulder", "without looking up", "outside",
])
def test_a_tag_names_its_speaker_whatever_place_follows(place: str) -> None:
    text = f"Nora put down the basket by the table.\n\n“Is it far?” said the hedgehog {place}.\n\n“Very far,” said Nora."
    assert spoken(text) == [("Is it far?", "the hedgehog"), ("Very far,", "Nora")]


def test_whoever_acts_as_bodies_do_is_somebody_though_no_list_has_the_name() -> None:
    text = (
        "Ombeline from payroll stood by the copier. The lift had stopped.\n\n“It’s late,” she said.\n\nMarquand sat down. "
        "Marquand pushed the button.\n\n“It is,” he said.\n\nOmbeline looked at the door."
    )
    assert {person.name for person in read(text).cast()} == {"Ombeline", "Marquand"}


@pytest.mark.parametrize("told", [
    "Zebrax stood above the river. Zebrax looked empty.", "They climbed into the Zebrax. The Zebrax climbed.",
    "In Zebrax walked no one. Near Zebrax sat a crow.",
    "Rain pushed at the door. Rain pressed on the glass, and the rain was cold.",
])
def test_what_only_stands_and_what_has_an_article_is_nobody(told: str) -> None:
    text = f"{told}\n\n“No,” said Tom."
    assert {person.name for person in read(text).people if person.named} == {"Tom"}
