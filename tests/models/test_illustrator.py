"""The illustrator: what it answers, that it always answers the same, and that what it draws can be told apart."""

import asyncio
import json
import os
import subprocess
import sys
from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from aiuteur.digest import digest_bytes
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import Lighting, Period, PhysicalTraits, PlaceKind, Sex, TimeOfDay, Wardrobe, Weather
from aiuteur.film.shots import CameraAngle, Facing, Pose, ScreenSide, ShotSize, ShotType
from aiuteur.film.takes import Figure, Picture
from aiuteur.models.animatic.art import compose
from aiuteur.models.animatic.art.display import Mark, Path
from aiuteur.models.animatic.art.figures.figure import body
from aiuteur.models.animatic.art.figures.poses import bones
from aiuteur.models.animatic.art.figures.skirts import skirt
from aiuteur.models.animatic.art.framing import OVERSCAN, cameras
from aiuteur.models.animatic.illustrator import AnimaticIllustrator, draw
from aiuteur.models.protocols import Made, Reference, Reply, Request

_WITHIN = {
    PlaceKind.ROOM, PlaceKind.ATTIC, PlaceKind.OFFICE, PlaceKind.SHOP, PlaceKind.CHURCH, PlaceKind.KITCHEN, PlaceKind.CELLAR,
        PlaceKind.TAVERN,
    PlaceKind.HALL, PlaceKind.BEDROOM, PlaceKind.SCHOOL, PlaceKind.HOSPITAL, PlaceKind.SPACESHIP, PlaceKind.CAVE,
}
KEEPER = Figure(
    name="The Keeper", traits=PhysicalTraits(sex=Sex.MALE, hair_colour="grey", facial_hair="full beard"),
    wardrobe=Wardrobe(garments=("long coat", "trousers"), colours=("#8a3030", "#303038"), headwear="cap"),
    side=ScreenSide.LEFT, facing=Facing.RIGHT,
)
SINGER = Figure(
    name="Mira Lund", traits=PhysicalTraits(sex=Sex.FEMALE, hair_colour="auburn", hair_style="long"),
    wardrobe=Wardrobe(garments=("dress",), colours=("#2f6b9f",)), side=ScreenSide.RIGHT, facing=Facing.LEFT, emotion="joy",
        speaking=True,
)


def brief(**changes: object) -> Picture:
    plain = Picture(
        width=320, height=180, place=PlaceKind.STREET, place_name="Harbour Street", interior=False, period=Period.MIDCENTURY,
        time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="calm", lighting=Lighting(), shot_type=ShotType.MASTER,
            size=ShotSize.WIDE,
        angle=CameraAngle.EYE_LEVEL, lens_mm=35, figures=(KEEPER, SINGER), seed=11,
    )
    return Picture.model_validate({**plain.document(), **changes})


def decoded(made: Made) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(made.data, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)


def frame(picture: Picture, task: str = "frame") -> NDArray[np.uint8]:
    return decoded(draw(picture.model_dump_json(), task)[0])


def ask(task: str, payload: dict[str, object]) -> Reply:
    return asyncio.run(AnimaticIllustrator().make(Request(task, json.loads(json.dumps(payload)))))


def figures_alone(picture: Picture) -> NDArray[np.uint8]:
    """The layer of the people, BGRA."""
    return next(plane.raster for plane in compose.planes(picture)[1] if plane.depth == 0.7)


def test_frame_is_answered_with_the_picture_and_layers_farthest_first() -> None:
    media = ask("frame", {"picture": brief().document(), "end": "start"}).media

    assert [made.role for made in media] == ["picture", *["layer"] * (len(media) - 1)]
    assert (media[0].width, media[0].height) == (320, 180)
    assert decoded(media[0]).shape == (180, 320, 3)
    depths = [made.depth for made in media[1:]]
    assert depths == sorted(depths)
    assert media[1].mime == "image/jpeg"
    for made in media[1:]:
        height, width = decoded(made).shape[:2]
        assert (made.width, made.height, made.overscan) == (width, height, OVERSCAN)
        assert width == pytest.approx(320 * OVERSCAN, abs=2)
    assert all(decoded(made).shape[2] == 4 for made in media[2:])


def test_key_image_is_one_picture_on_plain_ground() -> None:
    media = ask("key_image", {"picture": brief(figures=[KEEPER.document()], size="full", shot_type="single").document()}).media

    assert [made.role for made in media] == ["picture"]
    edge = decoded(media[0])[20:160, :12].astype(float)
    assert edge.std() < 25


@pytest.mark.parametrize(("task", "payload"), [("clip", {"picture": {}}), ("frame", {})], ids=["another task", "no brief"])
def test_what_cannot_be_drawn_is_refused_with_a_sentence(task: str, payload: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match=r"\."):
        ask(task, payload)


def test_same_brief_gives_the_same_bytes_in_two_processes() -> None:
    picture = brief(weather="rain", time_of_day="night").model_dump_json()
    here = [digest_bytes(made.data) for made in draw(picture, "frame")]
    program = (
        "import sys; from aiuteur.digest import digest_bytes; from aiuteur.models.animatic.illustrator import draw;"
        "print(*(digest_bytes(made.data) for made in draw(sys.argv[1], 'frame')))"
    )
    there = subprocess.run(  # the hash seed differs, so that no order of a set or dict can leak into the picture
        [sys.executable, "-c", program, picture], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": "77"}
    ).stdout.split()

    assert here == there


@pytest.mark.parametrize(
    "changes",
    [{}, {"size": "close_up", "interior": True, "place": "tavern"}, {"place": "forest", "time_of_day": "dusk"},
        {"size": "insert", "props": ["letter"]}],
    ids=["wide street", "close-up indoors", "forest with boughs in front", "insert"],
)
def test_layers_flatten_to_the_picture(changes: dict[str, object]) -> None:
    picture = brief(**changes)
    media = draw(picture.model_dump_json(), "frame")
    flat = decoded(media[1]).astype(float)
    for made in media[2:]:
        layer = decoded(made).astype(float)
        alpha = layer[:, :, 3:] / 255
        flat = flat * (1 - alpha) + layer[:, :, :3] * alpha
    top, left = (flat.shape[0] - picture.height) // 2, (flat.shape[1] - picture.width) // 2
    centre = flat[top : top + picture.height, left : left + picture.width]

    assert np.abs(centre - decoded(media[0])).mean() < 4.5


def test_every_kind_of_place_differs_from_every_other() -> None:
    seen = {kind: frame(brief(place=kind, place_name="There", interior=kind in _WITHIN, figures=[])) for kind in PlaceKind}
    small = {kind: cv2.cvtColor(cv2.resize(image, (32, 18), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2LAB) for kind,
        image in seen.items()}

    for one, other in combinations(PlaceKind, 2):
        assert np.abs(small[one].astype(float) - small[other].astype(float)).mean() > 5, (one, other)


@pytest.mark.parametrize("facing", list(Facing))
@pytest.mark.parametrize("pose", list(Pose))
def test_every_pose_is_drawn_within_the_canvas_on_the_ground(pose: Pose, facing: Facing) -> None:
    figure = KEEPER.model_copy(update={"pose": pose, "facing": facing, "side": ScreenSide.CENTRE})
    picture = brief(figures=[figure.document()], width=240, height=180)
    alpha = figures_alone(picture)[:, :, 3]
    rows, columns = np.nonzero(alpha > 128)
    level = body(figure, picture.period).eye()[1]
    feet = cameras(picture, (level, level), 0.3)[0].at(0, 0, 0)[1]

    assert columns.min() > 2
    assert columns.max() < alpha.shape[1] - 3
    assert rows.max() == pytest.approx(feet, abs=5)
    assert rows.max() - rows.min() > (8 if pose is Pose.LYING else 30)


def test_poses_differ_from_each_other() -> None:
    shapes = {
        pose: figures_alone(brief(figures=[KEEPER.model_copy(update={"pose": pose, "side": ScreenSide.CENTRE}).document()],
            size="full"))[:, :, 3] > 128
        for pose in Pose
    }

    for one, other in combinations(Pose, 2):
        both = (shapes[one] & shapes[other]).sum() / (shapes[one] | shapes[other]).sum()
        assert both < 0.86, (one, other)


def test_two_who_sit_face_to_face_keep_their_knees_apart() -> None:
    pair = [figure.model_copy(update={"pose": Pose.SITTING}).document() for figure in (KEEPER, SINGER)]
    alpha = figures_alone(brief(figures=pair, size="medium_wide", interior=True, place="kitchen"))[:, :, 3]
    covered = np.nonzero((alpha > 128).any(axis=0))[0]

    assert np.diff(covered).max() > 4


def test_people_idle_each_in_their_own_manner_and_always_the_same() -> None:
    names = [f"Person {number}" for number in range(12)]
    manners = [bones(KEEPER.model_copy(update={"name": name}), side=False) for name in names]

    assert len({(manner.near_arm, manner.far_arm) for manner in manners}) > 2
    assert manners == [bones(KEEPER.model_copy(update={"name": name}), side=False) for name in names]


@pytest.mark.parametrize("side", [True, False])
def test_a_long_skirt_shows_the_feet_of_one_who_sits(*, side: bool) -> None:
    facing = Facing.RIGHT if side else Facing.CAMERA
    sitter = body(SINGER.model_copy(update={"pose": Pose.SITTING, "facing": facing}), Period.VICTORIAN)
    lows = [low(mark.path) for mark in skirt(sitter.who, sitter.joints, (0.2, 0.2, 0.2), 1.92, 1.3) if isinstance(mark, Mark)]

    assert max(lows) < max(sitter.joints.near_leg[2][1], sitter.joints.far_leg[2][1])
    assert max(lows) > sitter.joints.hip[1] * 0.6


def low(path: Path) -> float:
    """The lowest end point of a path (y downwards)."""
    return max(numbers[-1] for _, numbers in path if numbers)


def colours_of(figure: Figure, size: ShotSize) -> NDArray[np.float64]:
    """How much of the figure's layer falls into each of 8 x 8 bins of hue and saturation."""
    raster = figures_alone(brief(figures=[figure.document()], size=size, shot_type="single"))
    hsv = cv2.cvtColor(np.ascontiguousarray(raster[:, :, :3]), cv2.COLOR_BGR2HSV)
    counts, _, _ = np.histogram2d(hsv[:, :, 0][raster[:, :, 3] > 250], hsv[:, :, 1][raster[:, :, 3] > 250], bins=(8, 8),
        range=((0, 180), (0, 256)))
    return np.asarray(counts / max(1.0, counts.sum()), np.float64)


def test_a_character_keeps_their_colours_across_sizes_and_two_differ() -> None:
    full, medium = colours_of(KEEPER, ShotSize.FULL), colours_of(KEEPER, ShotSize.MEDIUM)
    other = colours_of(SINGER, ShotSize.FULL)

    assert np.minimum(full, medium).sum() > 0.55
    assert np.minimum(full, other).sum() < np.minimum(full, medium).sum() - 0.2


def test_faces_of_two_plain_names_differ_in_close_up() -> None:
    one, two = (
        frame(brief(figures=[Figure(name=name, traits=PhysicalTraits(sex=Sex.MALE), wardrobe=Wardrobe()).document()],
            size="close_up"), "key_image").astype(float)
        for name in ("Anton Weil", "Peter Holm")
    )

    assert np.abs(one - two).mean() > 2


def test_screen_sides_are_kept() -> None:
    for side, share in ((ScreenSide.LEFT, 0.5), (ScreenSide.RIGHT, 0.5)):
        figure = KEEPER.model_copy(update={"side": side})
        alpha = figures_alone(brief(figures=[figure.document()], size="medium"))[:, :, 3]
        middle = np.nonzero(alpha > 128)[1].mean() / alpha.shape[1]
        assert bool(middle < share) is (side is ScreenSide.LEFT)


@pytest.mark.parametrize("angle", list(CameraAngle))
@pytest.mark.parametrize(("width", "height"), [(320, 180), (180, 320), (180, 180), (240, 180), (420, 180)])
def test_every_angle_works_at_every_aspect_ratio(angle: CameraAngle, width: int, height: int) -> None:
    image = frame(brief(angle=angle, width=width, height=height))

    assert image.shape == (height, width, 3)
    assert image.std() > 8


def test_night_is_darker_than_day_and_low_key_darker_still() -> None:
    day, night = frame(brief()).mean(), frame(brief(time_of_day="night")).mean()
    low = frame(brief(time_of_day="night", lighting={"quality": "low_key"})).mean()

    assert day > night + 40
    assert low < night


def test_light_from_the_left_lights_the_left_side_of_a_person() -> None:
    sides = {}
    for direction in ("left", "right"):
        lighting = {"direction": direction, "quality": "dramatic", "hardness": 0.8}
        figure = KEEPER.model_copy(update={"side": ScreenSide.CENTRE, "facing": Facing.CAMERA})
        raster = figures_alone(brief(figures=[figure.document()], size="full", lighting=lighting))
        columns = np.nonzero(raster[:, :, 3].max(axis=0) > 250)[0]
        middle = int(columns.mean())
        left, right = raster[:, columns.min() : middle, :3].mean(), raster[:, middle : columns.max(), :3].mean()
        sides[direction] = left / right
    assert sides["left"] > sides["right"] * 1.1


def test_resvg_draws_the_same_composition(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiuteur.models.animatic.art import resvg_engine

    picture = brief(width=240, height=136, place="room", interior=True, time_of_day="night")
    by_skia = frame(picture).astype(float)
    monkeypatch.setattr(compose, "render", resvg_engine.render)
    by_resvg = frame(picture).astype(float)

    one, two = (cv2.resize(image, (48, 27), interpolation=cv2.INTER_AREA) for image in (by_skia, by_resvg))
    assert np.abs(one - two).mean() < 5


def test_renderer_is_chosen_by_the_environment() -> None:
    program = "from aiuteur.models.animatic.art import render; print(render.NAME)"
    chosen = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env={**os.environ, "AIUTEUR_RENDERER": "resvg"}
    ).stdout.strip()

    assert chosen == "resvg"


def test_a_shot_that_goes_on_begins_with_the_end_frame_of_the_other_and_its_layers() -> None:
    before = [
        Reference("key_image", "0" * 64, "image/png", b"not this"),
        Reference("continues", "1" * 64, "image/png", b"end frame", 64, 36),
        Reference("continues_layer", "2" * 64, "image/jpeg", b"far", 76, 44, 0.0, 1.2),
        Reference("continues_layer", "3" * 64, "image/png", b"near", 76, 44, 0.7, 1.2),
    ]
    request = Request("frame", {"picture": {}, "end": "start"}, references=tuple(before))
    made = asyncio.run(AnimaticIllustrator().make(request)).media
    assert [(item.role, item.data, item.depth) for item in made] == [
        ("picture", b"end frame", 0.0), ("layer", b"far", 0.0), ("layer", b"near", 0.7),
    ]
