"""Fields, changes and the past, in the words of a terminal."""

import json
from pathlib import Path

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput
from aiuteur.film.commands import Delete, Edit, Move, Remake, SelectVariant
from aiuteur.film.dailies import Dimension, Rating
from aiuteur_dagster.terminal import fields, past, whatif

LABELS = {Key("shot_list", "h1"): "7B", Key("scenes", "s4"): "4", Key("bible", "c1"): "entry Sue Marsh"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("duration=4", {"duration": 4}), ("action=Sue waits.", {"action": "Sue waits."}),
        ("wardrobe.headwear=null", {"wardrobe.headwear": None}), ("text=a=b", {"text": "a=b"}),
        ('tags=["wet"]', {"tags": ["wet"]}),
    ],
    ids=["number", "words", "nothing", "an-equals-sign", "list"],
)
def test_a_value_is_json_or_plain_words(word: str, value: dict[str, object]) -> None:
    assert fields.of_words([word]) == value


@pytest.mark.parametrize("word", ["duration", "=4", ""])
def test_what_is_no_field_says_how_to_write_one(word: str) -> None:
    with pytest.raises(InvalidInput, match="FIELD=VALUE"):
        fields.of_words([word])


def test_a_file_gives_fields_or_a_text(tmp_path: Path) -> None:
    (tmp_path / "shot.json").write_text(json.dumps({"duration": 4}))
    (tmp_path / "film.fountain").write_text("INT. HALL\n")
    assert fields.of_file(str(tmp_path / "shot.json")) == {"duration": 4}
    assert fields.of_file(str(tmp_path / "film.fountain")) == {"fountain": "INT. HALL\n"}


@pytest.mark.parametrize(("text", "says"), [("[1]", "no fields"), ("{", "no JSON")])
def test_a_file_that_holds_no_fields_says_so(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "shot.json").write_text(text)
    with pytest.raises(InvalidInput, match=says):
        fields.of_file(str(tmp_path / "shot.json"))
    with pytest.raises(InvalidInput, match="cannot be read"):
        fields.of_file(str(tmp_path / "none.json"))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("bible:sue wardrobe.headwear=cap", Edit(item="bible:sue", changes={"wardrobe.headwear": "cap"})),
        ("edit shot:7B 'action=She sings.' duration=4", Edit(item="shot:7B", changes={"action": "She sings.", "duration": 4})),
        ("delete shot:7B shot:7C", Delete(items=("shot:7B", "shot:7C"))),
        ("move scene:4", Move(item="scene:4")), ("move scene:4 after scene:1", Move(item="scene:4", after="scene:1")),
        ("remake shot:7B", Remake(items=("shot:7B",))), ("select 2", SelectVariant(variant=2)),
    ],
)
def test_a_change_in_words_is_a_command(text: str, command: object) -> None:
    assert whatif.command(text) == command


@pytest.mark.parametrize("text", ["", "shot:7B", "select two", "select 0", "delete", "edit shot:7B", "shot:7B 'open"])
def test_what_is_no_change_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidInput):
        whatif.command(text)


def test_events_speak_of_items_by_name_and_never_in_ids() -> None:
    payload = {
        "items": ["shot_list/h1", "bible/c1"], "versions": {"frames/h1/start": 3},
        "selected": {"shot_list/h1": "0c975f61-95a3-4ad0-8267-a263c20fa8c4"}, "gone": [],
    }
    (row,) = past.told([{"at": "now", "kind": "key_made", "payload": payload}], LABELS)
    assert row["what"] == "key made"
    assert row["of"] == "items shot:7B, bible:sue-marsh; versions frames/7B/start 3; selected shot:7B"


def test_a_long_list_is_told_by_its_beginning() -> None:
    (row,) = past.told([{"at": "now", "kind": "clips", "payload": {"made": [f"clips/x{n}" for n in range(60)]}}], {})
    assert str(row["of"]).endswith("and 54 more")


def test_ratings_are_given_by_their_names() -> None:
    assert fields.ratings(["continuity=fail", "Composition=MINOR_ISSUES"]) == {
        Dimension.CONTINUITY: Rating.FAIL, Dimension.COMPOSITION: Rating.MINOR_ISSUES,
    }


@pytest.mark.parametrize("word", ["continuity", "mood=fail", "continuity=good"])
def test_a_rating_that_is_none_is_refused_with_those_there_are(word: str) -> None:
    with pytest.raises(InvalidInput, match="narrative_fidelity"):
        fields.ratings([word])
