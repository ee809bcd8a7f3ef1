from pathlib import Path

import pytest

from aiuteur.craft.prompting import Staging, prompt, worn
from aiuteur.film.bible import Character, Lighting, LightQuality, Location, Period, PlaceKind, Style, TimeOfDay, Wardrobe, Weather
from aiuteur.film.brief import AspectRatio
from aiuteur.film.formats import FRAME_SIZES
from aiuteur.film.shots import (
    Blocking,
    CameraMovement,
    Cinematography,
    DialogueLine,
    Facing,
    Look,
    Pose,
    Scene,
    ScreenSide,
    Shot,
    ShotSize,
    ShotType,
)

GOLDEN = Path(__file__).parent / "golden"
WORN = Wardrobe(garments=("long coat", "wool dress"), colours=("#224466", "#887755"))
ADA = Character(id="ada", name="Ada Bell", wardrobe=WORN)
QUAY = Location(id="l1", name="Harbour Street", place=PlaceKind.STREET, interior=False)
BLOCK = Blocking(
    character_id="ada", side=ScreenSide.LEFT, facing=Facing.RIGHT, pose=Pose.WALKING, emotion="afraid", holding="lantern",
)
SCENE = Scene(
    id="s1", number="3", slug="EXT. HARBOUR STREET - NIGHT", location_id="l1", cast=("ada",), time_of_day=TimeOfDay.NIGHT,
    weather=Weather.RAIN, mood="tense", excerpt="Ada runs along the quay.", end_state="She is gone.",
)
SHOT = Shot(
    id="x1", scene_id="s1", label="3A", action="Ada hurries under the lamp.", blocking=(BLOCK,), duration=4.0,
    cinematography=Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM, movement=CameraMovement.PUSH_IN, lens_mm=50),
    lighting=Lighting(quality=LightQuality.LOW_KEY, hardness=0.8, motivated_sources=("street lamp",)),
    dialogue=(DialogueLine(speaker="ADA BELL", speaker_id="ada", text="Is anyone there?", parenthetical="whispering"),),
)


def staging(**changes: object) -> Staging:
    return Staging(**{  # pyright: ignore[reportArgumentType] - a bundle of Staging's own fields
        "shot": SHOT, "scene": SCENE, "location": QUAY,
        "cast": {"ada": ADA}, "props": ("lantern",), "looks": {}, "aspect_ratio": AspectRatio.WIDE,
        "style": Style(id="y", name="Noir", period=Period.VICTORIAN, description="Ink and lamplight."), **changes,
    })


def test_a_length_in_frames_is_told_in_seconds_that_can_be_read() -> None:
    assert "push in over 3.04 seconds" in prompt(staging(shot=SHOT.model_copy(update={"duration": 73 / 24}))).video


@pytest.mark.parametrize("part", ["frame", "video"])
def test_prompts_read_as_filed(part: str) -> None:
    assert getattr(prompt(staging()), part) == (GOLDEN / f"{part}.txt").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("ratio", list(AspectRatio))
def test_the_picture_measures_what_its_aspect_ratio_asks(ratio: AspectRatio) -> None:
    picture = prompt(staging(aspect_ratio=ratio)).picture
    assert (picture.width, picture.height) == FRAME_SIZES[ratio]


def test_a_look_dresses_the_figure_and_adds_its_tags() -> None:
    look = Look(scene_id="s1", entry_id="ada", wardrobe=Wardrobe(garments=("nightgown",)), tags=("soaked",))
    (figure,) = prompt(staging(looks={"ada": look})).picture.figures
    assert figure.wardrobe.garments == ("nightgown",)
    assert figure.tags == ("soaked",)


def test_without_a_changed_wardrobe_the_bible_s_is_worn() -> None:
    assert worn(ADA.wardrobe, Look(scene_id="s1", entry_id="ada", tags=("muddy",))) is ADA.wardrobe


def test_who_has_the_line_is_speaking_in_the_picture() -> None:
    (figure,) = prompt(staging()).picture.figures
    assert figure.speaking
    off = SHOT.model_copy(update={"dialogue": (SHOT.dialogue[0].model_copy(update={"off_screen": True}),)})
    assert not prompt(staging(shot=off)).picture.figures[0].speaking


def test_an_end_picture_is_described_only_where_the_shot_requires_one() -> None:
    assert prompt(staging()).end_picture is None
    ending = prompt(staging(shot=SHOT.model_copy(update={"requires_end_frame": True}))).end_picture
    assert ending is not None
    assert ending.figures[0].pose is Pose.STANDING


def test_no_weather_falls_in_a_room() -> None:
    room = Location(id="l1", name="Attic", place=PlaceKind.ATTIC, interior=True)
    made = prompt(staging(location=room))
    assert (made.motion.weather, made.picture.weather) == (Weather.CLEAR, Weather.RAIN)
    assert prompt(staging()).motion.weather is Weather.RAIN


def test_shots_of_one_place_are_dressed_alike() -> None:
    other = SHOT.model_copy(update={"id": "x2"})
    assert prompt(staging()).picture.seed == prompt(staging(shot=other)).picture.seed
    assert prompt(staging()).motion.seed != prompt(staging(shot=other)).motion.seed


def test_cutting_between_two_people_cuts_between_two_ends_of_the_place() -> None:
    other = BLOCK.model_copy(update={"side": ScreenSide.RIGHT, "facing": Facing.LEFT})
    views = [
        prompt(staging(shot=SHOT.model_copy(update={"blocking": (block,)}))).picture.view for block in (BLOCK, other)
    ]
    assert views[0] == -views[1] < 0


def test_masters_of_one_scene_are_not_all_framed_alike() -> None:
    pair = (BLOCK, BLOCK.model_copy(update={"side": ScreenSide.RIGHT, "facing": Facing.LEFT}))
    views = {prompt(staging(shot=SHOT.model_copy(update={"id": f"x{n}", "blocking": pair}))).picture.view for n in range(12)}
    assert len(views) > 8
    assert min(views) < 0 < max(views)
