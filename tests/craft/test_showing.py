"""What the words of a story put before the camera: its period, poses, things in hand, and clothes put on and off."""

from itertools import pairwise
from typing import Any

import pytest

from aiuteur.craft.bible_writing import entries
from aiuteur.craft.blocking import held_in, pose_of
from aiuteur.craft.choosing import choose
from aiuteur.craft.coverage import shot_list
from aiuteur.craft.outline import beats as beats_of
from aiuteur.craft.outline import variants
from aiuteur.craft.pieces import pieces_of
from aiuteur.craft.prose.period import period_of
from aiuteur.craft.prose.place_words import place_kind
from aiuteur.craft.screenwriting import scenes
from aiuteur.craft.wardrobe import look
from aiuteur.film.bible import Period, PlaceKind
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.shots import CameraAngle, CameraMovement, Cinematography, Pose, Scene, ShotSize, ShotType


@pytest.mark.parametrize(
    "text",
    [
        "He lit the gas lamps with a ladder, and the captain stood in the hall in his cloak below the tower.",
        "The old lighthouse burned coal. A knight stood on the chessboard.",
        "A gentleman in a top hat came with a telegram from the steam train.",
    ],
)
def test_gas_lamps_lighthouses_and_top_hats_are_no_middle_ages(text: str) -> None:
    assert period_of(text) in {Period.VICTORIAN, Period.EDWARDIAN}


@pytest.mark.parametrize("text", ["A wave broke over the bow of the ferry.", "The oracle of the office had no answer."])
def test_one_word_makes_no_far_age(text: str) -> None:
    assert period_of(text) is Period.CONTEMPORARY


def test_a_king_in_his_castle_is_of_the_middle_ages() -> None:
    assert period_of("The king slept. The king woke. The king wept.") is Period.MEDIEVAL
    assert period_of("The king rode out of the castle, and his knights drew their swords.") is Period.MEDIEVAL


def test_a_lighthouse_is_a_narrow_place_under_a_roof() -> None:
    assert place_kind("LIGHTHOUSE") == (PlaceKind.ATTIC, True)


@pytest.mark.parametrize(
    ("text", "pose"),
    [
        ("Her hair fell about her face.", Pose.STANDING),
        ("Night fell upon the town.", Pose.STANDING),
        ("Silence fell.", Pose.STANDING),
        ("The street ran down to the river.", Pose.STANDING),
        ("His hand shook so badly that it fell.", Pose.STANDING),
        ("She sat in the doorway with her knees drawn up.", Pose.SITTING),
        ("Paul slipped on the ice and fell.", Pose.LYING),
        ("The old man knelt.", Pose.KNEELING),
        ("Paul fell on his knees.", Pose.KNEELING),
        ("Nora came in with mud on her knees.", Pose.WALKING),
        ("Nora quickly ran to the gate.", Pose.RUNNING),
    ],
)
def test_only_what_a_person_does_is_a_pose(text: str, pose: Pose) -> None:
    assert pose_of(text) is pose


def test_hands_hold_the_scene_s_own_things() -> None:
    assert held_in("She lifted the brass astrolabe.", ["astrolabe"]) == "astrolabe"
    assert held_in("She lifted the brass astrolabe.") is None


def test_shots_carry_the_things_their_action_names() -> None:
    acts = ("Nora stands by the window.", "Nora took the letter from the table.", "Nora looks at the lamp.")
    script = ScriptScene(
        id="s1",
        number="1",
        slug=SlugLine(int_ext="INT.", place="ROOM", time="NIGHT"),
        elements=tuple(Element(kind=ElementKind.ACTION, text=text) for text in acts),
        seconds=12.0,
    )
    told: dict[str, Any] = {
        "time_of_day": "night",
        "mood": "quiet",
        "excerpt": acts[0],
        "end_state": acts[-1],
        "location_id": None,
    }
    scene = Scene.model_validate(
        {"id": "s1", "number": "1", "slug": "INT. ROOM - NIGHT", "cast": ["c1"], "props": ["p1", "p2"], **told}
    )
    cast: list[dict[str, Any]] = [{"id": "c1", "name": "Nora", "weight": "lead", "sex": "female"}]
    shots = shot_list(scene, script, cast, None, 12.0, 8.0, [{"id": "p1", "name": "lamp"}, {"id": "p2", "name": "letter"}])
    insert = next(shot for shot in shots if shot.cinematography.shot_type is ShotType.INSERT)
    assert insert.props == ("p2",)
    assert ("p1",) in {shot.props for shot in shots}
    assert () in {shot.props for shot in shots}


WORN = {"garments": ["coat", "suit"], "colours": ["#111111", "#222222"], "headwear": "hat", "accessories": []}


def clothes(text: str, name: str = "Paul Winter") -> Any:  # noqa: ANN401 - a wardrobe is JSON
    """What somebody wears after a scene."""
    entry = {"id": "c1", "kind": "character", "name": name, "wardrobe": WORN}
    return look({"excerpt": text}, entry, None)["wardrobe"]


def test_a_coat_taken_off_is_no_longer_worn() -> None:
    assert clothes("Paul came in. He took off his long coat and sat.")["garments"] == ["suit"]


def test_a_hat_put_on_is_worn_from_then_on() -> None:
    entry = {"id": "c1", "kind": "character", "name": "Paul", "wardrobe": {**WORN, "headwear": "none"}}
    first = look({"excerpt": "Paul put on his cap."}, entry, None)
    assert look({"excerpt": "Paul sat down."}, entry, first)["wardrobe"] == {**WORN, "headwear": "cap"}


def test_what_somebody_else_takes_off_changes_nothing() -> None:
    assert clothes("Paul came in. Nora took off her coat.") is None


def test_what_leads_into_a_line_is_no_picture_of_its_own() -> None:
    text = "A door opened. We heard my mother say, “What do you want?” and then nothing."
    assert [piece.text for piece in pieces_of(text)] == ["A door opened.", "What do you want?", "And then nothing."]


def test_a_line_cut_from_its_tag_ends_with_a_stop_and_one_that_goes_on_with_its_comma() -> None:
    text = "“It is late,” said Paul. Nora looked up.\n\n“It is,” she said. “But I,” she said, “am not tired.”"
    spoken = [piece.text for piece in pieces_of(text) if piece.spoken]
    assert spoken == ["It is late.", "It is.", "But I,", "am not tired."]
    assert all(line.rstrip(".,") in text for line in spoken)


@pytest.mark.parametrize(("text", "before", "pose"), [
    ("She kneels beside the trunk.", Pose.STANDING, Pose.KNEELING),
    ("Winter came and Ilse grew very ill.", Pose.STANDING, Pose.LYING),
    ("He drives through the night.", Pose.STANDING, Pose.SITTING),
    ("She rowed until her arms ached.", Pose.STANDING, Pose.SITTING),
    ("She took the cup from the tray.", Pose.LYING, Pose.LYING), ("At noon she rose.", Pose.LYING, Pose.STANDING),
    ("He got up.", Pose.SITTING, Pose.STANDING), ("She rolled the dough.", Pose.STANDING, Pose.STANDING),
    ("The chairs stood in rows.", Pose.SITTING, Pose.SITTING),
])
def test_a_pose_goes_on_until_the_words_change_it(text: str, before: Pose, pose: Pose) -> None:
    assert pose_of(text, before) is pose


def test_who_reads_holds_what_they_read() -> None:
    assert held_in("Mother reads the letter twice.") == "letter"


def bible(text: str) -> dict[str, dict[str, Any]]:
    """The people of a text's bible, by name."""
    narrative = Narrative(title="A Test", text=text, format=SourceFormat.PROSE)
    brief = Brief(length_seconds=60)
    beats = [beat.model_copy(update={"id": str(place)}) for place, beat in enumerate(
        beats_of(narrative, brief, variants(narrative, brief)[0]))]
    people = [entry for entry in entries(narrative, brief, scenes(narrative, beats)) if entry["kind"] == "character"]
    return {str(entry["name"]): entry for entry in people}


YOUNG = (
    "“Is that the ferry?” said Ned, who was only six. “No,” said his father. Ned held the lamp. “It will come,” he said.\n\n"
    "Mr. Hale laughed. “It was ten o’clock when it left,” said Mr. Hale. “It was ten,” said Ned."
)


def test_a_child_is_drawn_a_child_and_dressed_as_one() -> None:
    cast = bible(YOUNG)
    assert cast["Ned"]["traits"]["age"] == "child"
    assert cast["Ned"]["wardrobe"]["garments"] in (["hoodie", "trousers"], ["sweater", "trousers"])
    assert all(entry["traits"]["age"] != "child" for name, entry in cast.items() if name != "Ned")


def test_children_listed_as_such_are_children() -> None:
    cast = bible(
        "Three children came to the mill: Anna, her brother Paul, and Lotte. “We are lost,” said Anna. “We are not,” said Paul. "
        "“I am hungry,” said Lotte. The miller looked at them. “Then eat,” said the miller."
    )
    assert {name for name, entry in cast.items() if entry["traits"]["age"] == "child"} == {"Anna", "Paul", "Lotte"}


def test_a_pose_of_one_moment_is_over_by_the_next_shot() -> None:
    script = ScriptScene(
        id="s1", number="1", slug=SlugLine(int_ext="EXT.", place="QUAY", time="DAY"), seconds=24.0,
        elements=tuple(Element(kind=ElementKind.ACTION, text=text) for text in (
            "The quay lay still.", "Ada ran along the quay.", "Ada looked at the water.", "Ada sat on a crate.", "Ada smiled.")),
    )
    scene = Scene.model_validate({
        "id": "s1", "number": "1", "slug": "EXT. QUAY - DAY", "location_id": None, "cast": ["a"], "time_of_day": "day",
        "mood": "calm", "excerpt": "Ada ran.", "end_state": "She smiles.",
    })
    shots = shot_list(scene, script, [{"id": "a", "name": "Ada", "sex": "female"}], None, 24.0, 8.0)
    poses = [block.pose for shot in shots for block in shot.blocking if shot.action != scene.slug]
    assert Pose.RUNNING in poses
    after = poses[poses.index(Pose.RUNNING) + 1 :]
    assert Pose.RUNNING not in after
    assert after[-1] is Pose.SITTING


def test_a_scene_outside_is_established_from_afar_and_its_masters_differ() -> None:
    script = ScriptScene(
        id="s1", number="1", slug=SlugLine(int_ext="EXT.", place="QUAY", time="DAY"), seconds=40.0,
        elements=tuple(Element(kind=ElementKind.ACTION, text=f"The tide came in for the {n}th time.") for n in range(6)),
    )
    scene = Scene.model_validate({
        "id": "s1", "number": "1", "slug": "EXT. QUAY - DAY", "location_id": None, "cast": [], "time_of_day": "day",
        "mood": "calm", "excerpt": "The tide.", "end_state": "Still.",
    })
    cameras = [shot.cinematography for shot in shot_list(scene, script, [], None, 40.0, 8.0)]
    assert cameras[0].size is ShotSize.EXTREME_WIDE
    assert all((one.size, one.angle) != (two.size, two.angle) for one, two in pairwise(cameras))


def test_a_sentence_that_a_tag_breaks_into_is_kept_whole() -> None:
    text = "“I am growing old,” said Paul, “and I should like to see the sea.” Nora laughed. “It is late,” she said. “Go.”"
    pieces = pieces_of(text)
    assert [piece.goes_on for piece in pieces if piece.spoken] == [True, False, False, False]
    for budget in (2.0, 4.0, 6.0):
        kept = {piece.text for piece in choose(pieces, [1.0] * len(pieces), budget)}
        assert ("I am growing old," in kept) == ("and I should like to see the sea." in kept)


def test_what_somebody_is_called_tells_their_sex_and_what_others_say_tells_no_age() -> None:
    cast = bible(
        "Nurse Brandt walked along the ward. In the last bed lay Captain Roth, an old man with a white beard. "
        "“I am awake,” said Roth. "
        "“It is four,” said the nurse.\n\n“When I was eighteen, Roth, you were grey already,” said Doctor Amsel. "
        "“I was born grey,” said Roth. “Sleep,” said Doctor Amsel."
    )
    assert (cast["Roth"]["traits"]["sex"], cast["Roth"]["traits"]["facial_hair"]) == ("male", "beard")
    assert all(entry["traits"]["age"] != "teen" for entry in cast.values())


@pytest.mark.parametrize(("angle", "said"), [
    (CameraAngle.EYE_LEVEL, "close up, push in"), (CameraAngle.LOW, "close up, low, push in"),
    (CameraAngle.BIRDS_EYE, "close up, birds eye, push in"),
])
def test_a_storyboard_says_how_a_shot_is_taken(angle: CameraAngle, said: str) -> None:
    camera = Cinematography(
        shot_type=ShotType.SINGLE, size=ShotSize.CLOSE_UP, angle=angle, movement=CameraMovement.PUSH_IN,
    )
    assert camera.said == said
