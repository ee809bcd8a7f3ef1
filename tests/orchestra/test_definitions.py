"""The whole asset graph, as Dagster sees it: what changes here changes for every operator."""

import resource
import subprocess
import sys

import dagster as dg
import pytest

from aiuteur.film.stages import GRAPH
from aiuteur_dagster.definitions import build, defs
from tests.orchestra.studios import FakeStudio

DAILIES = ["gates_file", "gates_focus", "gates_light", "gates_likeness", "gates_motion", "gates_sound", "takes_accepted"]
GRAPH_AS_SEEN: dict[str, tuple[str, set[str], list[str]]] = {
    "narrative": ("development", set(), []),
    "brief": ("development", set(), []),
    "treatment": ("development", {"narrative", "brief"}, []),
    "beats": ("development", {"narrative", "treatment", "brief"}, []),
    "script": ("development", {"narrative", "beats", "brief"}, ["script_parses_back"]),
    "bible": ("art_department", {"script", "brief", "narrative"}, []),
    "scenes": ("previs", {"script", "bible"}, []),
    "shot_list": ("previs", {"scenes", "script", "bible", "brief"}, []),
    "looks": ("previs", {"bible", "scenes"}, []),
    "prompts": ("previs", {"shot_list", "looks", "bible", "scenes", "brief"}, []),
    "frames": ("previs", {"prompts", "bible", "shot_list", "brief"}, ["every_shot_has_a_frame"]),
    "quote": ("production", {"frames"}, ["spending_is_approved"]),
    "clips": ("production", {"prompts", "frames", "quote"}, ["clip_durations_match"]),
    "dailies": ("production", {"clips", "frames", "shot_list"}, DAILIES),
    "film": ("post", {"clips", "shot_list", "scenes", "script", "narrative", "bible", "brief"}, ["film_plays"]),
    "metrics": ("figures", {"dailies", "film"}, []),
    "forecast": ("figures", {"shot_list", "dailies", "metrics"}, []),
}


def test_the_asset_graph_is_as_it_was_agreed() -> None:
    graph = defs.resolve_asset_graph()
    seen = {
        node.key.to_user_string(): (
            node.group_name, {parent.to_user_string() for parent in node.parent_keys},
            sorted(check.name for check in graph.get_check_keys_for_assets({node.key})),
        )
        for node in graph.asset_nodes
    }
    assert seen == GRAPH_AS_SEEN


def test_every_stage_is_an_asset_on_lanes_with_an_owner_kinds_and_a_description() -> None:
    graph = defs.resolve_asset_graph()
    for stage in GRAPH:
        node = graph.get(dg.AssetKey(stage.name))
        assert node.partitions_def == dg.DynamicPartitionsDefinition(name="lanes")
        assert node.owners == [f"team:{stage.group}"]
        assert 1 <= len(node.kinds) <= 3
        assert node.description is not None
        assert node.description.startswith(f"One version is {stage.does}")
        assert node.code_version


@pytest.mark.parametrize(("job", "without"), [
    ("film", set[str]()), ("previs", {"quote", "clips", "dailies", "film", "metrics", "forecast"}),
])
def test_jobs_cover_the_stages_they_promise(job: str, without: set[str]) -> None:
    selected = {key.to_user_string() for key in defs.resolve_job_def(job).asset_layer.executable_asset_keys}
    assert selected == set(GRAPH_AS_SEEN) - without


def test_dagster_loads_everything_together() -> None:
    dg.Definitions.validate_loadable(defs)


def test_steps_run_in_one_process() -> None:
    jobs = [defs.resolve_job_def(name) for name in ("film", "previs", "create_project")]
    assert {job.executor_def.name for job in jobs} == {"in_process"}


def test_a_test_gives_its_own_studio() -> None:
    studio = FakeStudio()
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("lanes", ["a@main"])
        job = build(resources={"studio": studio}).resolve_job_def("film")
        result = job.execute_in_process(instance=instance, partition_key="a@main")
    assert result.success
    order = [stage for stage, _ in studio.ran]
    assert set(order) == set(GRAPH_AS_SEEN)
    assert all(order.index(above) < order.index(name) for name, (_, deps, _) in GRAPH_AS_SEEN.items() for above in deps)


def test_loading_the_definitions_is_quick_and_opens_nothing() -> None:
    heavy = "{'cv2', 'skia', 'av', 'scipy', 'sqlalchemy', 'psycopg', 'aiuteur.studio'}"
    program = f"import sys, aiuteur_dagster.definitions; print(sorted({heavy} & set(sys.modules)))"
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started < 2.0
