import pytest

from aiuteur.craft.prose.period import period_of
from aiuteur.craft.prose.place_words import place_kind
from aiuteur.craft.prose.places import place_cues
from aiuteur.craft.prose.surroundings import settings, weather_cue
from aiuteur.film.bible import Period, PlaceKind, Weather


@pytest.mark.parametrize(("told", "kind", "interior"), [
    ("Ines sat on the bench on the platform and watched the fog. The clerk came out of his office with it.", "railway", False),
    ("An old woman lived in a hut of bark in the oldest part of the forest. She dug roots under the pines.", "forest", False),
    ("Bram lay awake inside the hut and heard the forest.", "room", True),
    ("Old Piet rowed out at dawn, before the gulls were up.", "sea", False),
    ("The nurse pushed the trolley along the corridor and into the ward.", "office", True),
    ("They climbed up to the rooftop and looked at the mountain of crates.", "street", False),
    ("The keeper walked to the lighthouse with a can of oil.", "sea", False),
    ("Inside the lighthouse the keeper trimmed the wick. He slept in the lighthouse.", "attic", True),
    ("Milo sat down on the floor of the shop and counted his nails.", "shop", True),
    ("At seven Dora opened the shop and swept it.", "shop", True),
    ("He stood in the corner of the kitchen, by the window.", "kitchen", True),
    ("She walked home from the shop and sat in the garden.", "garden", False),
    ("Someone wept in a plain room.", "room", True),
    ("By noon the wind rose in the desert. They walked across the dunes beside the camels.", "desert", False),
    ("Lena lay in her bedroom and counted the stripes of the paper.", "bedroom", True),
    ("The master wrote on the board of the schoolroom.", "school", True),
    ("They crept into the cave with a torch.", "cave", True),
    ("She was brought to the hospital at night.", "hospital", True),
    ("I shipped aboard the schooner Marigold, and had seen no more than the end of the quay.", "ship", False),
    ("It was six, and the Bestway supermarket on Mill Street was full of people.", "shop", True),
    ("He waited in the bank on Mill Lane.", "office", True),
    ("They ran down Hill Street in the rain.", "street", False),
    ("It rained in the car park.", "street", False),
    ("Nora ran across the field. The kite climbed over the barn.", "field", False),
])
def test_a_stretch_of_narration_plays_where_its_people_are(told: str, kind: str, interior: bool) -> None:
    (found,) = settings([told])
    assert (found.place.kind.value, found.place.interior) == (kind, interior)


def test_the_rooms_of_a_spaceship_are_neither_sea_nor_street() -> None:
    told = [
        "The ship hung in orbit. Commander Aboud stood on the bridge and looked at the planet.",
        "In the engine room the reactor hummed, and Lin knelt under the console.",
        "She went back to her cabin and took off the spacesuit.",
    ]
    found = settings(told)
    assert [(one.place.kind, one.place.interior) for one in found] == [
        (PlaceKind.SPACESHIP, True), (PlaceKind.SPACESHIP, True), (PlaceKind.SPACESHIP, True),
    ]
    assert [place_kind(one.place.name) for one in found] == [(one.place.kind, True) for one in found]


def test_the_same_words_at_sea_are_a_ship_of_the_sea() -> None:
    found = settings(["The ship rolled. The mate stood on the deck and watched the waves.", "Nobody crossed the bridge."])
    assert (found[0].place.kind, found[0].place.interior) == (PlaceKind.SHIP, False)
    assert found[1].place.kind is PlaceKind.STREET


def test_the_sea_around_a_ship_is_not_the_shore() -> None:
    told = ["The mate stood on the deck.", "At the yard he cut the rope.", "The sea was grey.", "They rowed out at dawn."]
    found = settings(told)
    assert [one.place.kind for one in found] == [PlaceKind.SHIP, PlaceKind.SHIP, PlaceKind.SHIP, PlaceKind.SEA]


def test_the_words_of_today_outweigh_one_that_was_another_thing_once() -> None:
    assert period_of("A nurse in scrubs and trainers pushed a trolley to the freezer.") is Period.CONTEMPORARY
    assert period_of("The trolley rang its bell, and a motor-car hooted.") is Period.EDWARDIAN


def test_a_weekday_is_no_part_of_a_place_s_name() -> None:
    (found,) = settings(["On Saturday the market was crowded, and Ruben could not find the stall."])
    assert (found.place.name, found.place.kind) == ("market", PlaceKind.STREET)


@pytest.mark.parametrize(("name", "kind"), [
    ("HOSPITAL CORRIDOR", PlaceKind.OFFICE), ("ROOFTOP OF THE HOSPITAL", PlaceKind.STREET), ("ENGINE ROOM", PlaceKind.CELLAR),
    ("SHORE BY THE LIGHTHOUSE", PlaceKind.SEA), ("HEART OF THE FOREST", PlaceKind.FOREST),
])
def test_a_slug_line_is_read_by_its_head(name: str, kind: PlaceKind) -> None:
    found = place_kind(name)
    assert found
    assert found[0] is kind


@pytest.mark.parametrize(("told", "weather"), [
    ("His collar was wet, and so were her eyes.", None), ("They walked over the wet sand.", None),
    ("She had a clear voice.", None), ("A storm of applause rose.", None), ("The coat smelled of rain.", None),
    ("Her hair was white as snow.", None), ("Rain fell on the roofs.", Weather.RAIN), ("It had snowed.", Weather.SNOW),
    ("They waited in the fog.", Weather.FOG),
    ("The wind pulled at the door.", Weather.WIND), ("It was a clear night.", Weather.CLEAR),
])
def test_weather_is_what_falls_and_blows_not_what_looks_like_it(told: str, weather: Weather | None) -> None:
    assert weather_cue(told) == weather


def test_fog_all_over_a_story_outlasts_one_passing_word() -> None:
    told = ["Fog lay on the quay.", "She counted the lamps in the fog.", "The sunshine of her smile helped.",
            "A mist hid the pier."]
    assert [one.weather for one in settings(told)] == [Weather.FOG] * 4


def test_a_tide_of_people_is_no_sea_and_a_stove_is_no_name() -> None:
    found = settings(["Ida looked out at the tide of people in the street.", "She sat down in the tide of noise."])
    assert all(setting.place.kind is not PlaceKind.SEA for setting in found)
    assert settings(["They looked at each other across the stove."])[0].place.name == "kitchen"
    assert settings(["In the morning of the ball they went home."])[0].place.name == "home"


def test_a_story_does_not_begin_where_it_only_ends() -> None:
    between = ["He thought about it."] * 9
    paragraphs = ["A king smelled roses from the garden.", *between, "At last they stood at the top of the glass hill."]
    assert "hill" not in settings(paragraphs)[0].place.name


def test_what_is_mine_is_no_mine() -> None:
    assert [cue.place.kind for cue in place_cues("He sat down on the stool next to mine.")] == []
    assert [cue.place.kind for cue in place_cues("He went down into the mine.")] == [PlaceKind.CAVE]


def test_where_a_step_is_heard_nobody_is_yet() -> None:
    found = settings(["Ida sat in her room.", "A slow step was heard upon the stairs and in the passage, and it stopped."])
    assert [setting.place.name for setting in found] == ["room", "room"]


@pytest.mark.parametrize(("told", "kind", "interior"), [
    ("She sat down on the bank and took off her boots.", "sea", False),
    ("They walked along the far bank until it was dark.", "sea", False),
    ("Two otters lay by the bank, for the river was cold.", "sea", False),
    ("She went into the bank and asked for the manager.", "office", True),
    ("He worked at the bank and owned a boat on the river.", "office", True),
    ("They came to a pond.", "sea", False), ("He waded into the marsh.", "field", False),
    ("A pool of light lay in the kitchen.", "kitchen", True),
    ("The captain stood in the wheelhouse.", "ship", True),
])
def test_a_bank_is_of_money_or_of_a_river_by_what_is_about_it(told: str, kind: str, interior: bool) -> None:
    (found,) = settings([told])
    assert (found.place.kind.value, found.place.interior) == (kind, interior)
    assert place_kind(found.place.name) == (found.place.kind, interior)


@pytest.mark.parametrize(("name", "kind"), [
    ("RIVER BANK", "sea"), ("BANK OF THE RIVER", "sea"), ("BANK", "office"), ("MARSH", "field"), ("SWAMP", "forest"),
    ("VILLAGE POND", "sea"), ("WHEELHOUSE", "ship"), ("POOL", "sea"),
])
def test_water_and_what_is_about_it_are_places(name: str, kind: str) -> None:
    assert [found.value for found, _ in [place_kind(name) or pytest.fail(name)]] == [kind]


@pytest.mark.parametrize(("told", "weathers"), [
    (["It rained.", "At noon the sun came out.", "They sat down."], ["rain", "clear", "clear"]),
    (["It snowed.", "By noon the snow had turned to rain.", "They sat down."], ["snow", "rain", "rain"]),
    (["Rain fell at noon.", "That night the moon stood over the roofs.", "Rain was falling again."], ["rain", "clear", "rain"]),
    (["It snowed.", "Snow lay on the roofs.", "The snow was deep.", "Rain was running down the windows."],
     ["snow", "snow", "snow", "rain"]),
    (["Rain fell.", "The moon was behind the rain."], ["rain", "rain"]),
])
def test_weather_goes_on_until_another_comes_or_the_sky_is_seen(told: list[str], weathers: list[str]) -> None:
    assert [one.weather.value for one in settings(told)] == weathers
