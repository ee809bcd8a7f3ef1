import pytest

from aiuteur.craft.scopes import Scope, scope, touched_scenes
from aiuteur.craft.world import ORDER, Key

SCENE_OF = {"a1": "a", "a2": "a", "b1": "b", "c1": "c"}
SCENES = ("a", "b", "c")


def keys(*names: str) -> list[Key]:
    return [Key(artifact, item) for artifact, _, item in (name.partition("/") for name in names)]


@pytest.mark.parametrize(("changed", "affected", "reaches"), [
    pytest.param(["shot_list/a1"], ["prompts/a1", "frames/a1/start", "film"], Scope.LOCAL_SHOT, id="one shot's action"),
    pytest.param(["scenes/a"], ["order/a", "shot_list/a1", "prompts/a1", "film"], Scope.LOCAL_SCENE, id="one scene's mood"),
    pytest.param(["order/a"], ["film"], Scope.LOCAL_SCENE, id="a shot moved in its scene"),
    pytest.param(["shot_list/a1"], ["frames/a1/end", "frames/a2/start", "film"], Scope.CONTINUITY_BREAK, id="a frame goes on"),
    pytest.param(["looks/a/sue"], ["looks/b/sue", "prompts/a1", "prompts/b1"], Scope.CONTINUITY_BREAK, id="a look carries on"),
    pytest.param(["scenes/b"], ["looks/c/sue", "prompts/b1"], Scope.CONTINUITY_BREAK, id="the next scene goes on"),
    pytest.param(["bible/sue"], ["prompts/a1", "frames/a1/start"], Scope.GLOBAL, id="who is in it"),
    pytest.param(["script"], ["scenes/a"], Scope.GLOBAL, id="the script"),
    pytest.param(["order/scenes"], ["looks/a/sue", "looks/b/sue", "looks/c/sue", "film"], Scope.GLOBAL, id="the order of all"),
])
def test_how_far_a_change_reaches(changed: list[str], affected: list[str], reaches: Scope) -> None:
    assert scope(keys(*changed), keys(*affected), SCENE_OF, SCENES) is reaches


def test_scenes_are_told_in_the_order_of_the_film_and_the_film_is_in_none() -> None:
    found = keys("clips/c1", "frames/a1/start", "looks/a/sue", "bible/sue")
    assert touched_scenes([*found, Key("film"), Key(ORDER, "scenes")], SCENE_OF, SCENES) == ["a", "c"]
