"""Animals that speak: who of a cast is one, who only has an animal's name, and what the bible keeps of it."""

from pathlib import Path

import pytest

from aiuteur.craft.animals import animals_of
from aiuteur.craft.bible_writing import entries
from aiuteur.craft.keyimages import key_picture, key_words
from aiuteur.craft.prose.beasts import COATS, NOUNS
from aiuteur.craft.prose.reading import read
from aiuteur.craft.screen_people import screen_people
from aiuteur.film.bible import Character, Period, PhysicalTraits, Sex
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.species import Species

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHARED = Path(__file__).parents[3] / "shared" / "stories"
PEOPLE = """
Mr. Fox kept the bank in Harrow Street, and Miss Wren kept his books. Everybody called the watchman the old goat.

“Good morning, Mr. Fox,” said Miss Wren.

“There was a dog in the yard all night,” said Mr. Fox. “It barked and it barked.”

Captain Wolf Larsen came in, in a sealskin coat. He was a big man with hands like shovels.

“I want my money,” said Wolf Larsen.

“You old goat,” said Miss Wren to the watchman, “why did you let him in?”

“He is a lion of a man,” said the watchman. “Who should stop him?”

“I am no lion,” said Wolf Larsen. “I am as meek as a lamb.”

Mr. Duncan Ross counted the notes. “A fox, that is what he is,” said Mr. Ross. He was a thin man, quick as a weasel.

Bear, they called the porter, because he was so large. “Shall I throw him out?” asked Bear. Bear was a man of few words.

“Let him be, Bear,” said Mr. Fox. The dog barked again.
"""


def animals(text: str) -> dict[str, str]:
    """The noun for each animal of a story's cast, by name."""
    story = read(text)
    return {person.name: found[person.index] for found in (animals_of(story),) for person in story.cast()
        if person.index in found}


def cast(text: str) -> dict[str, Character]:
    """The characters of a story's bible, by name."""
    narrative = Narrative(title="A fable", text=text, format=SourceFormat.PROSE)
    scene = ScriptScene(
        id="s1", number="1", slug=SlugLine(int_ext="EXT", place="WOOD", time="DAY"), beats=(), seconds=30,
        elements=(Element(kind=ElementKind.ACTION, text=text),),
    )
    made = entries(narrative, Brief(length_seconds=60), [scene])
    return {str(entry["name"]): Character.model_validate({**entry, "id": "c"}) for entry in made if entry["kind"] == "character"}


@pytest.mark.parametrize(
    ("story", "found"),
    [
        pytest.param("well", {"Fox": "fox", "Goat": "goat", "Corvin": "crow"}, id="the Fox, the Goat, a crow with a name"),
        pytest.param("lantern", {"Pip": "mouse", "Mrs. Thistle": "hedgehog", "Tobias Brill": "toad", "the badger": "badger"},
                     id="animals that have people's names"),
    ],
)
def test_the_animals_of_a_fable_are_found(story: str, found: dict[str, str]) -> None:
    assert animals((FIXTURES / f"{story}.txt").read_text(encoding="utf-8")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("“Who are you?” asked Nora.\n\n“A king’s son,” said the Frog Prince. The Frog Prince hopped upon the table.",
                     {"the prince": "frog"}, id="a prince who is a frog"),
        pytest.param("An old Wolf stood by the road. “Where to?” said the Wolf.\n\n“To the mill,” said the girl. The Wolf ran.",
                     {"Wolf": "wolf"}, id="an old Wolf and a girl"),
        pytest.param("Rusk, a small grey cat, sat on the sill.\n\n“It snows,” said Rusk.\n\n“Come in,” said Nora. Rusk came in.",
                     {"Rusk": "cat"}, id="said in passing"),
        pytest.param("Nora had a dog named Bruno.\n\n“Let us go home,” said Bruno.\n\n“We shall,” said Nora. Bruno ran ahead.",
                     {"Bruno": "dog"}, id="somebody's dog, who speaks"),
        pytest.param("“Stop!” cried the hare.\n\n“Never,” said the tortoise. The hare ran and the tortoise walked.",
                     {"the hare": "hare", "the tortoise": "tortoise"}, id="no names"),
        pytest.param("“Good day,” said the mole.\n\n“Good day,” said the rat.\n\n“What a day!” said Mrs. Otter. She swam on.",
                     {"the mole": "mole", "the rat": "rat", "Mrs. Otter": "otter"}, id="Mrs. Otter among animals"),
    ],
)
def test_an_animal_is_known_by_what_the_text_calls_it(text: str, found: dict[str, str]) -> None:
    assert animals(text) == found


def test_people_with_the_names_of_animals_stay_people() -> None:
    assert animals(PEOPLE) == {}
    assert {one.traits.species for one in cast(PEOPLE).values()} == {Species.HUMAN}


@pytest.mark.parametrize(
    "text",
    [
        "Paul was a pig farmer.\n\n“The sow is ill,” said Paul.\n\n“Poor thing,” said Nora. Paul went out.",
        "Nora gave Paul the dog.\n\n“What is he called?” asked Paul.\n\n“Rex,” said Nora. Paul laughed.",
        "Paul was a fox at cards, and Nora was a lamb to them all.\n\n“I fold,” said Paul.\n\n“So do I,” said Nora.",
        "Nora met a wolf. He was a big wolf.\n\n“A wolf!” cried Nora.\n\n“Where?” asked Paul. Nora ran.",
        "Christopher Robin sat down.\n\n“Tea,” said the bear.\n\n“Tea,” said the pig.\n\n“Two,” said Christopher Robin.",
        "“Good day, Mr. Hart,” said the goat.\n\n“Good day,” said the hen.\n\n“Good day,” said Mr. Hart. Mr. Hart sat down.",
    ],
    ids=["a pig farmer", "a gift", "figures of speech", "somebody met", "a boy among animals", "a farmer among animals"],
)
def test_who_deals_with_animals_is_none(text: str) -> None:
    assert not {"Paul", "Nora", "Christopher Robin", "Mr. Hart"} & animals(text).keys()


@pytest.mark.parametrize("story", ["after-twenty-years", "the-gift-of-the-magi", "the-last-leaf", "the-red-headed-league"])
def test_nobody_of_a_story_of_people_is_an_animal(story: str) -> None:
    path = SHARED / f"{story}.txt"
    if not path.exists():
        pytest.skip("the shared stories are not here")
    assert animals(path.read_text(encoding="utf-8")) == {}


def test_the_bible_keeps_species_and_coat_and_no_hair() -> None:
    found = cast((FIXTURES / "lantern.txt").read_text(encoding="utf-8"))
    pip, toad = found["Pip"].traits, found["Tobias Brill"].traits
    assert (pip.species, pip.sex, pip.skin) == (Species.MOUSE, Sex.FEMALE, "fur")
    assert (toad.species, toad.skin, toad.facial_hair, toad.hair_style) == (Species.TOAD, "warty skin", "none", "none")
    assert all(one.traits.hair_colour in COATS[one.traits.species] for one in found.values())
    assert found["Pip"].voice.pitch > found["Tobias Brill"].voice.pitch


def test_a_coat_is_the_one_that_is_told_and_two_of_a_kind_differ() -> None:
    told = cast("A white fox and a fox of the woods met.\n\nNix was a black fox. Tod was a fox.\n\n“Cold,” said Nix.\n\n"
                "“Cold,” said Tod. Nix sat. Tod sat.")
    assert told["Nix"].traits.hair_colour == "black"
    assert told["Tod"].traits.hair_colour != "black"


def test_a_hen_is_female_and_a_duckling_young() -> None:
    found = cast("“Come,” said the hen.\n\n“I am coming,” said the duckling. The hen sat and the duckling swam.")
    assert found["Hen"].traits.sex is Sex.FEMALE
    assert (found["Duckling"].traits.species, found["Duckling"].traits.age) == (Species.DUCK, "child")


def test_a_screenplay_brings_in_animals_by_its_action() -> None:
    action = ["PIP, a mouse in red boots, climbs a ladder. A FOX watches from the ditch.",
        "MR. WOLF (50s), a tailor, closes his shop."]
    elements = [Element(kind=ElementKind.ACTION, text=text) for text in action]
    for name in ("PIP", "FOX", "MR. WOLF"):
        elements += [Element(kind=ElementKind.CHARACTER, text=name), Element(kind=ElementKind.DIALOGUE, text="Good evening.")]
    scene = ScriptScene(id="s", number="1", slug=SlugLine(int_ext="EXT", place="ROAD", time="NIGHT"), beats=(), seconds=9,
                        elements=tuple(elements))
    found = screen_people([scene], Period.VICTORIAN)
    assert {name: one.traits.species for name, one in found.items()} == {
        "PIP": Species.MOUSE, "FOX": Species.FOX, "MR. WOLF": Species.HUMAN,
    }


def test_a_person_s_document_says_nothing_of_species_so_that_older_versions_keep_their_digest() -> None:
    old = PhysicalTraits().model_dump(mode="json")
    assert "species" not in old
    assert PhysicalTraits.model_validate(old).species is Species.HUMAN
    fox = PhysicalTraits(species=Species.FOX)
    assert PhysicalTraits.model_validate(fox.document()) == fox
    assert fox.digest() != PhysicalTraits().digest()


def test_words_for_models_that_read_name_the_animal() -> None:
    traits = PhysicalTraits(species=Species.FOX, hair_colour="red", skin="fur", sex=Sex.MALE)
    fox = Character(id="c", name="Reynold", traits=traits)
    words = key_words(fox, None)
    assert "adult male fox on two legs" in words
    assert "red fur" in words
    assert "hair" not in words
    assert key_picture(fox, None).figures[0].traits.species is Species.FOX


def test_every_noun_leads_to_a_species_with_coats() -> None:
    assert {noun.species for noun in NOUNS.values()} == set(Species) - {Species.HUMAN}
    assert set(COATS) == set(Species) - {Species.HUMAN}
