"""Where the camera stands: the ends of a set it looks at, the ground it shows, the back of who stands before it."""

from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from aiuteur.film.shots import CameraAngle, Facing, Pose, ScreenSide, ShotSize, ShotType
from aiuteur.film.takes import Picture
from aiuteur.models.animatic.art import compose
from aiuteur.models.animatic.art.framing import cameras
from tests.models.test_illustrator import KEEPER, SINGER, brief, figures_alone


def backdrop(picture: Picture) -> NDArray[np.float64]:
    """The background alone, small and in greys."""
    back, _ = compose.planes(picture)
    return cv2.resize(cv2.cvtColor(back, cv2.COLOR_BGR2GRAY), (48, 27), interpolation=cv2.INTER_AREA).astype(float)


@pytest.mark.parametrize("size", ["wide", "close_up"])
@pytest.mark.parametrize(("place", "interior"), [("street", False), ("room", True), ("forest", False), ("church", True)])
def test_a_place_seen_from_its_two_ends_is_two_pictures_of_one_light(place: str, size: str, *, interior: bool) -> None:
    left, right = (backdrop(brief(place=place, interior=interior, size=size, view=view, figures=[])) for view in (-0.8, 0.8))

    assert np.abs(left - right).mean() > 8
    assert left.mean() == pytest.approx(right.mean(), rel=0.25)


@pytest.mark.parametrize("side", [ScreenSide.LEFT, ScreenSide.RIGHT])
@pytest.mark.parametrize("view", [-1.0, 0.6])
def test_people_hold_their_side_of_the_frame_wherever_the_camera_looks(side: ScreenSide, view: float) -> None:
    alpha = figures_alone(brief(figures=[KEEPER.model_copy(update={"side": side}).document()], view=view))[:, :, 3]
    middle = np.nonzero(alpha > 128)[1].mean() / alpha.shape[1]

    assert middle == pytest.approx(0.4 if side is ScreenSide.LEFT else 0.6, abs=0.07)


def test_a_camera_s_places_are_found_again() -> None:
    camera, _ = cameras(brief(view=0.7), (1.5, 1.6), 1.0)
    moved = replace(camera, pan=-2.3)

    for one in (camera, moved):
        left = one.at(one.x_of(0.0, 3.0), 0, 3.0)[0]
        assert left == pytest.approx((one.width - one.frame_width) / 2)
        assert one.sees(one.x_of(0.5, 3.0), 3.0)
        assert not one.sees(one.x_of(2.5, 3.0), 3.0)


def test_who_lies_is_seen_on_the_ground_of_the_place_however_close() -> None:
    lying = KEEPER.model_copy(update={"pose": Pose.LYING, "side": ScreenSide.CENTRE})
    picture = brief(figures=[lying.document()], size=ShotSize.MEDIUM_CLOSE, interior=True, place="room")
    people, behind = cameras(picture, (0.25, 0.25), 0.68)

    assert people is behind
    assert people.horizon < people.at(0, 0, 0)[1]
    assert people.at(0, 0, 0)[1] < (people.height + people.frame_height) / 2


def test_a_crowd_too_wide_for_its_size_stands_on_the_ground() -> None:
    crowd = [KEEPER.model_copy(update={"name": str(n)}).document() for n in range(6)]
    picture = brief(figures=crowd, size="medium_wide")
    _, layers = compose.planes(picture)

    assert [plane.depth for plane in layers] == [0.45, 0.7]


def test_who_stands_before_the_lens_shows_their_back() -> None:
    pair = [SINGER.document(), KEEPER.model_copy(update={"foreground": True, "pose": Pose.REACHING}).document()]
    seen = {
        facing: compose.planes(brief(
            figures=[pair[0], {**pair[1], "facing": facing}], size="medium", shot_type=ShotType.OVER_SHOULDER))[1][-1].raster
        for facing in (Facing.RIGHT, Facing.AWAY)
    }

    assert np.array_equal(seen[Facing.RIGHT], seen[Facing.AWAY])


@pytest.mark.parametrize("size", [ShotSize.MEDIUM, ShotSize.CLOSE_UP])
def test_from_a_crane_the_eyes_stay_where_they_are_composed(size: ShotSize) -> None:
    figure = KEEPER.model_copy(update={"side": ScreenSide.CENTRE}).document()
    tops = [
        np.nonzero(figures_alone(brief(figures=[figure], size=size, angle=angle))[:, :, 3].max(axis=1) > 128)[0].min()
        for angle in (CameraAngle.EYE_LEVEL, CameraAngle.BIRDS_EYE)
    ]

    assert abs(int(tops[0]) - int(tops[1])) < 20


def test_what_is_out_of_focus_looks_as_if_it_were_drawn_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = brief(width=640, height=360, size="close_up", place="tavern", interior=True, figures=[])
    quick = compose.planes(picture)[0].astype(float)
    monkeypatch.setattr(compose, "_SOFT", 99.0)
    whole = compose.planes(picture)[0].astype(float)

    assert 0 < np.abs(quick - whole).mean() < 1


@pytest.mark.parametrize(("place", "interior", "ages"), [
    ("street", False, ("ancient", "medieval", "victorian", "contemporary", "future")),
    ("room", True, ("medieval", "victorian", "contemporary")), ("kitchen", True, ("medieval", "victorian", "contemporary")),
])
def test_a_place_shows_its_age(place: str, ages: tuple[str, ...], *, interior: bool) -> None:
    seen = [backdrop(brief(place=place, interior=interior, period=age, figures=[])) for age in ages]

    assert min(np.abs(one - other).mean() for one, other in combinations(seen, 2)) > 2


def test_a_street_that_is_a_market_has_its_stalls() -> None:
    plain, market = (backdrop(brief(place_name=name, figures=[])) for name in ("Cloth Row", "Cloth Market"))
    stalls = np.s_[10:20, 2:46]

    assert np.abs(plain - market)[stalls].mean() > 5


@pytest.mark.parametrize(("place", "usual", "own"), [("room", "Den", "The Tent"), ("attic", "Studio", "Lighthouse")])
def test_some_places_are_built_as_their_name_says(place: str, usual: str, own: str) -> None:
    one, other = (backdrop(brief(place=place, interior=True, place_name=name, figures=[])) for name in (usual, own))

    assert np.abs(one - other).mean() > 12


def test_no_night_comes_into_a_spaceship() -> None:
    day, night = (
        backdrop(brief(place="spaceship", interior=True, period="future", time_of_day=hour, figures=[]))
        for hour in ("day", "night")
    )

    assert night.mean() > 0.8 * day.mean()
