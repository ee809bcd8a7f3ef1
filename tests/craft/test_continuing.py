import pytest

from aiuteur.craft.coverage import continuing
from aiuteur.film.bible import Lighting
from aiuteur.film.shots import Blocking, CameraMovement, Cinematography, Facing, Pose, ScreenSide, Shot, ShotSize, ShotType


def shot(
    size: ShotSize = ShotSize.CLOSE_UP, pose: Pose = Pose.STANDING, movement: CameraMovement = CameraMovement.STATIC
) -> Shot:
    camera = Cinematography(shot_type=ShotType.SINGLE, size=size, movement=movement)
    block = Blocking(character_id="ada", side=ScreenSide.LEFT, facing=Facing.RIGHT, pose=pose)
    return Shot(
        id="", scene_id="", label="", cinematography=camera, lighting=Lighting(), action="", blocking=(block,), duration=3.0,
    )


def test_a_set_up_held_over_a_cut_goes_on() -> None:
    assert continuing([shot(), shot(), shot()]) == [None, 0, 1]


@pytest.mark.parametrize(
    "other", [shot(ShotSize.MEDIUM), shot(pose=Pose.SITTING), shot(movement=CameraMovement.PUSH_IN)],
    ids=["another size", "another pose", "a moving camera"],
)
def test_another_set_up_begins_anew(other: Shot) -> None:
    assert continuing([shot(), other]) == [None, None]


def test_no_shots_continue_nothing() -> None:
    assert continuing([]) == []
