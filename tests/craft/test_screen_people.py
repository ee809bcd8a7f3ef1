from itertools import combinations

import pytest

from aiuteur.craft import fountain
from aiuteur.craft.bible_writing import entries
from aiuteur.craft.cues import known_as
from aiuteur.craft.moments import moments
from aiuteur.craft.screen_people import screen_people
from aiuteur.film.bible import Age, Period, Sex
from aiuteur.film.brief import Brief, Narrative, SourceFormat

PLAY = """Title: The Ferry

INT. KITCHEN - DAY

TILDA (60s), in a black shawl, peels pears. Her son EMIL (30s) waits by the door in a grey coat.

TILDA
Sit down.

EMIL
No.

FATHER LENZ (70) comes in. DR. OSEI in a white coat follows. She puts down her bag.

FATHER LENZ
Peace.

DR. OSEI
Where is he?

An old PATIENT in a hospital gown lies still. RAFE, MINA, and KIT watch.

PATIENT
Here.

RAFE
Quiet.

MINA
Quiet yourself.

KIT
Both of you.
"""


def test_people_look_as_the_script_brings_them_in() -> None:
    found = screen_people(fountain.parse(PLAY).scenes, Period.CONTEMPORARY)
    tilda, emil, lenz, osei, patient = (found[name] for name in ("TILDA", "EMIL", "FATHER LENZ", "DR. OSEI", "PATIENT"))
    assert (tilda.traits.age, tilda.wardrobe.garments[0], tilda.wardrobe.colours[0]) == (Age.ELDERLY, "shawl", "#22232a")
    assert (emil.traits.sex, emil.traits.age, emil.wardrobe.garments[0]) == (Sex.MALE, Age.ADULT, "coat")
    assert (lenz.traits.sex, lenz.traits.age) == (Sex.MALE, Age.ELDERLY)
    assert (osei.traits.sex, osei.wardrobe.garments[0], osei.wardrobe.colours[0]) == (Sex.FEMALE, "coat", "#e8e4da")
    assert (patient.traits.age, patient.wardrobe.garments) == (Age.ELDERLY, ("gown",))


INTRODUCED = """INT. SHOP - DAY

ISOLINE VOSS (70s), silver hair in a bun, brown cardigan, files a key.

WARDEN, an old man with a white moustache and glasses, waits.

ISOLINE
Today, dear?

She holds the key to the lamp.

WARDEN
Today.

He nods. Isoline hurries after him. RUE, 28, bald, looks in.

RUE
Hello?
"""


def test_what_an_introduction_says_of_hair_and_years_is_seen() -> None:
    isoline, warden, rue = screen_people(fountain.parse(INTRODUCED).scenes, Period.CONTEMPORARY).values()
    looks = isoline.traits
    assert (looks.sex, looks.age, looks.hair_colour, looks.hair_style) == (Sex.FEMALE, Age.ELDERLY, "white", "bun")
    assert (isoline.wardrobe.garments[0], isoline.wardrobe.colours[0]) == ("cardigan", "#6a4a32")
    looks = warden.traits
    assert (looks.sex, looks.age, looks.hair_colour, looks.facial_hair) == (Sex.MALE, Age.ELDERLY, "white", "moustache")
    assert looks.distinguishing == ("glasses",)
    assert (rue.traits.age, rue.traits.hair_style) == (Age.YOUNG, "bald")
    assert rue.wardrobe.headwear == "none"


def test_no_two_of_a_cast_look_alike() -> None:
    found = screen_people(fountain.parse(PLAY).scenes, Period.CONTEMPORARY)
    assert len(found) == 8
    for one, two in combinations(found.values(), 2):
        assert (one.traits.hair_colour, one.traits.hair_style) != (two.traits.hair_colour, two.traits.hair_style)
        assert one.wardrobe.colours[0] != two.wardrobe.colours[0]
        assert one.wardrobe.garments != two.wardrobe.garments or one.wardrobe.colours != two.wardrobe.colours


KITCHEN = """INT. KITCHEN - NIGHT

CHEF BRANDT (50s), in a white jacket, stirs. INGRID SOLBERG (58), a retired pilot in a red parka, waits.

CHEF BRANDT
Wait.

INGRID
No.

BRANDT (O.S.)
Ingrid!
"""


def test_a_cue_of_the_surname_alone_is_the_person_of_the_title_and_the_surname() -> None:
    (scene,) = fountain.parse(KITCHEN).scenes
    ingrid = screen_people([scene], Period.CONTEMPORARY)["INGRID"]
    told = Narrative(title="Soup", text=KITCHEN, format=SourceFormat.FOUNTAIN)
    people = [one for one in entries(told, Brief(length_seconds=60), [scene]) if one["kind"] == "character"]
    assert [(one["name"], one["aliases"]) for one in people] == [("Chef Brandt", ["Brandt"]), ("Ingrid", [])]
    assert (ingrid.wardrobe.garments[0], ingrid.wardrobe.colours[0]) == ("parka", "#9c2f2b")
    cast = [{"id": "b", "name": "Chef Brandt"}, {"id": "i", "name": "Ingrid"}]
    assert [(found.speaker_id, found.text) for found in moments(scene, cast, 8.0) if found.speaker] == [
        ("b", "Wait."), ("i", "No."), ("b", "Ingrid!"),
    ]


@pytest.mark.parametrize(("cue", "names", "known"), [
    ("HALE", ("MR. HALE", "MRS. HALE"), "HALE"), ("HALE", ("CAPTAIN HALE", "NORA"), "CAPTAIN HALE"),
    ("TOMAS", ("YOUNG TOMAS", "TOMAS"), "TOMAS"), ("BRANDT", ("MOTHER BRANDT", "BRANDT"), "BRANDT"),
    ("INGRID", ("Ingrid",), "Ingrid"),
])
def test_only_one_title_before_a_surname_says_who_it_is(cue: str, names: tuple[str, ...], known: str) -> None:
    assert known_as(cue, names) == known
