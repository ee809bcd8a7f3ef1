"""Animals as the illustrator draws them: that they are told from people and from each other, whichever way they turn."""

from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from aiuteur.digest import digest_bytes
from aiuteur.film.bible import Lighting, Period, PhysicalTraits, PlaceKind, Sex, TimeOfDay, Wardrobe, Weather
from aiuteur.film.shots import CameraAngle, Facing, Pose, ScreenSide, ShotSize, ShotType
from aiuteur.film.species import Species
from aiuteur.film.takes import Figure, Picture
from aiuteur.models.animatic.art import resvg_engine, skia_engine
from aiuteur.models.animatic.art.display import Group
from aiuteur.models.animatic.art.figures.beasts.kinds import KINDS
from aiuteur.models.animatic.art.figures.figure import body, drawn
from aiuteur.models.animatic.illustrator import draw

ANIMALS = tuple(species for species in Species if species is not Species.HUMAN)
COAT = Wardrobe(garments=("coat", "trousers"), colours=("#3f5a7a", "#3a3430"))
SIDE = 160


def figure(species: Species, **changes: object) -> Figure:
    traits = PhysicalTraits(species=species, sex=Sex.MALE, hair_colour="" if species is not Species.HUMAN else "brown")
    return Figure.model_validate({"name": "Somebody", "traits": traits, "wardrobe": COAT, **changes})


def brief(*figures: Figure, size: ShotSize = ShotSize.CLOSE_UP, side: int = SIDE) -> Picture:
    return Picture(
        width=side, height=side, place=PlaceKind.HALL, place_name="Hall", interior=True, period=Period.VICTORIAN,
        time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="calm", lighting=Lighting(), shot_type=ShotType.SINGLE, size=size,
        angle=CameraAngle.EYE_LEVEL, lens_mm=50, figures=figures, seed=5, grain=0.0,
    )


def picture(*figures: Figure, size: ShotSize = ShotSize.CLOSE_UP) -> NDArray[np.int16]:
    made = draw(brief(*figures, size=size).model_dump_json(), "key_image")[0]
    decoded = cv2.imdecode(np.frombuffer(made.data, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(decoded, np.int16)


def apart(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    """The share of a picture that differs clearly."""
    return float((np.abs(one - other).max(axis=2) > 24).mean())


@pytest.mark.parametrize("facing", [Facing.CAMERA, Facing.RIGHT], ids=["before", "aside"])
def test_no_two_species_look_alike_nor_any_like_a_person(facing: Facing) -> None:
    seen = {species: picture(figure(species, facing=facing)) for species in Species}
    alike = {(one.value, two.value): apart(seen[one], seen[two]) for one, two in combinations(Species, 2)}
    assert min(alike.values()) > 0.06, min(alike, key=lambda pair: alike[pair])
    assert min(share for pair, share in alike.items() if "human" in pair) > 0.12


def test_an_animal_has_a_back_to_its_head_that_is_no_person_s() -> None:
    person = picture(figure(Species.HUMAN, facing=Facing.AWAY))
    assert all(apart(picture(figure(species, facing=Facing.AWAY)), person) > 0.05 for species in ANIMALS)


@pytest.mark.parametrize("species", ANIMALS)
def test_two_of_a_species_differ_and_one_is_the_same_in_every_picture(species: Species) -> None:
    one, two = (picture(figure(species, name=name)) for name in ("Tod", "Mabel"))
    assert apart(one, two) > 0.02
    assert (picture(figure(species, name="Tod")) == one).all()


def test_the_coat_that_the_bible_tells_is_the_one_that_is_seen() -> None:
    def coat(word: str) -> NDArray[np.float64]:
        traits = PhysicalTraits(species=Species.FOX, hair_colour=word)
        made = picture(figure(Species.FOX, traits=traits))
        return made[int(SIDE * 0.3) : int(SIDE * 0.36), int(SIDE * 0.46) : int(SIDE * 0.54)].mean(axis=(0, 1))

    red, white, black = coat("red"), coat("white"), coat("black")
    assert red[2] > red[0] * 1.8
    assert white.min() > 1.5 * black.max()


def test_a_mouse_is_small_and_a_bear_is_large_and_both_stand_within_what_a_camera_holds() -> None:
    heights = {species: body(figure(species), Period.VICTORIAN).who.height for species in Species}
    assert heights[Species.MOUSE] < 0.75 * heights[Species.HUMAN] < heights[Species.HUMAN] < heights[Species.BEAR]
    assert all(1.1 < height < 2.2 for height in heights.values())
    small = PhysicalTraits.model_validate({"species": "mouse", "age": "child"})
    assert body(figure(Species.MOUSE, traits=small), Period.VICTORIAN).who.height > 0.9


@pytest.mark.parametrize("species", ANIMALS)
def test_every_species_is_drawn_in_every_pose_and_turn(species: Species) -> None:
    for pose in Pose:
        for facing in Facing:
            one = figure(species, pose=pose, facing=facing, speaking=True, emotion="joy")
            assert drawn(body(one, Period.VICTORIAN))


def test_an_open_mouth_is_seen_in_every_species() -> None:
    for species in ANIMALS:
        shut, open_ = (picture(figure(species, facing=Facing.RIGHT, pose=Pose.SITTING, speaking=said)) for said in (False, True))
        assert (np.abs(shut - open_).max(axis=2) > 12).sum() > 8, species


def test_both_engines_draw_an_animal_alike() -> None:
    badger = drawn(body(figure(Species.BADGER, facing=Facing.RIGHT), Period.VICTORIAN))
    items = [Group(badger, matrix=(90.0, 0.0, 0.0, 90.0, 100.0, 190.0))]
    skia, resvg = (np.asarray(engine.render(items, 200, 200), np.int16) for engine in (skia_engine, resvg_engine))
    assert np.abs(skia - resvg).mean() < 3
    assert skia[:, :, 3].any()


@pytest.mark.parametrize("hat", ["top_hat", "bonnet", "hood", "cap", "straw_hat", "crown"])
def test_a_hat_leaves_the_animal_s_face_to_be_seen(hat: str) -> None:
    bare, worn = (picture(figure(Species.CAT, wardrobe=COAT.model_copy(update={"headwear": kind}))) for kind in ("none", hat))
    assert apart(bare, worn) > 0.02
    face = (slice(int(SIDE * 0.46), int(SIDE * 0.6)), slice(int(SIDE * 0.4), int(SIDE * 0.6)))
    assert apart(bare[face], worn[face]) < 0.25


def test_an_animal_s_key_image_and_frames_are_the_same_bytes_again() -> None:
    fox = figure(Species.FOX, side=ScreenSide.LEFT, facing=Facing.RIGHT)
    pair = (fox, figure(Species.CROW, side=ScreenSide.RIGHT, facing=Facing.LEFT))
    asked = brief(*pair, size=ShotSize.WIDE).model_dump_json()
    first, again = ([digest_bytes(made.data) for made in draw(asked, "frame")] for _ in range(2))
    assert first == again


def test_every_species_has_a_kind() -> None:
    assert set(KINDS) == set(ANIMALS)
    assert all(kind.usual > 0 and len(kind.coats) >= kind.usual for kind in KINDS.values())
