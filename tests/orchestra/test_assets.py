"""What an asset does when it is materialized, and what it tells."""

import base64
from collections.abc import Generator
from decimal import Decimal
from unittest import mock

import cv2
import dagster as dg
import numpy as np
import pytest

from aiuteur.craft.gating import Gate
from aiuteur.craft.world import ORDER, Key
from aiuteur.errors import AiuteurError, Ambiguous, Conflict, Corrupt, RateLimited, Refused, Unavailable
from aiuteur.film.bible import KeyImage, Lighting
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.dailies import Overall, Verdict
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.shots import Cinematography, DialogueLine, Order, Shot, ShotSize, ShotType
from aiuteur.film.story import Treatment, TreatmentVariant
from aiuteur.film.takes import Clip, Film, Frame, FrameEnd
from aiuteur.models.protocols import Declined, Reply
from aiuteur_dagster.definitions import build
from aiuteur_dagster.failures import as_dagster
from aiuteur_dagster.labels import FAILURE_TAG, PERMANENT
from aiuteur_dagster.metadata import reasons
from tests.orchestra.studios import PICTURE, FakeStudio, png


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        opened.add_dynamic_partitions("lanes", ["a@main"])
        yield opened


def materialize(studio: FakeStudio, instance: dg.DagsterInstance, *names: str) -> dg.ExecuteInProcessResult:
    job = build(resources={"studio": studio}).resolve_implicit_global_asset_job_def()
    selected = [dg.AssetKey(name) for name in names]
    return job.execute_in_process(instance=instance, partition_key="a@main", asset_selection=selected, raise_on_error=False)


def told(studio: FakeStudio, instance: dg.DagsterInstance, name: str) -> dict[str, object]:
    result = materialize(studio, instance, name)
    (event,) = result.asset_materializations_for_node(f"make_{name}")
    return {key: value.value for key, value in event.metadata.items()}


def shot(number: int, label: str) -> Shot:
    camera = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.CLOSE_UP)
    line = DialogueLine(speaker="IDA", speaker_id=None, text="Who is there?")
    return Shot(
        id=f"shot{number}", scene_id="scene1", label=label, cinematography=camera, lighting=Lighting(), action="Ida turns.",
        dialogue=(line,), duration=3.0,
    )


def shots() -> dict[Key, Noun]:
    return {
        Key(ORDER, "scenes"): Order(ids=("scene1",)), Key(ORDER, "scene1"): Order(ids=("shot2", "shot1")),
        Key("shot_list", "shot1"): shot(1, "1B"), Key("shot_list", "shot2"): shot(2, "1A"),
    }


def test_materialized_alone_an_asset_does_its_own_stage_only(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    assert materialize(studio, instance, "scenes").success
    assert studio.ran == [("scenes", "a@main")]


def test_every_materialization_tells_its_figures_under_constant_names(instance: dg.DagsterInstance) -> None:
    found = told(FakeStudio(), instance, "looks")
    assert found == {
        "data_version": "digest-of-looks", "version": 3, "items": 2, "made": 1, "calls_made": 4, "calls_reused": 5,
        "cost_usd": 0.25, "seconds": 1.5, "notes": "- since there was none yet: 3A",
    }
    event = instance.get_latest_materialization_event(dg.AssetKey("looks"))
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.tags is not None
    assert event.asset_materialization.tags["dagster/data_version"] == "digest-of-looks"


def test_why_items_were_made_is_told_by_the_names_people_know() -> None:
    why = ("l/start: there was none", "m/start: there was none", "l/end: stale: shot 3A: action")
    notes = [f"abcdefghijk{note}" for note in why]
    names = {"abcdefghijkl": "3A", "abcdefghijkm": "3B"}
    assert reasons(notes, names) == (
        "- since there was none yet: 3A start, 3B start\n- since this moved: shot 3A: action: 3A end"
    )
    assert reasons([f"{number}: missing" for number in range(20)], {}).endswith("10, 11 and 8 more")


def test_the_treatment_reads_as_markdown_with_the_selected_variant_named(instance: dg.DagsterInstance) -> None:
    variants = tuple(
        TreatmentVariant(angle=angle, logline="A lamp.", prose="It burns.", passages=()) for angle in ("Plain", "Dark")
    )
    found = told(FakeStudio({Key("treatment"): Treatment(variants=variants, selected=1)}), instance, "treatment")
    assert found["look"] == "## Plain\n\n*A lamp.*\n\nIt burns.\n\n## Dark (selected)\n\n*A lamp.*\n\nIt burns."


def test_the_shot_list_is_a_table_in_the_order_of_the_film(instance: dg.DagsterInstance) -> None:
    result = materialize(FakeStudio(shots()), instance, "shot_list")
    (event,) = result.asset_materializations_for_node("make_shot_list")
    table = event.metadata["look"]
    assert isinstance(table, dg.TableMetadataValue)
    assert [record.data["shot"] for record in table.records] == ["1A", "1B"]
    assert table.records[0].data == {
        "shot": "1A", "seconds": 3.0, "action": "Ida turns.", "dialogue": "IDA: Who is there?", "framing": "close up, single",
        "camera": "eye level, static, 35 mm",
    }
    assert event.metadata["dagster/row_count"].value == 2


def test_takes_are_reviewed_in_the_order_of_the_film(instance: dg.DagsterInstance) -> None:
    nouns = shots()
    for take in ("shot1/start", "shot1/clip", "shot2/start"):
        nouns[Key("dailies", take)] = Verdict(take="0" * 64, judge="judge-2", gates=(), overall=Overall.ACCEPT)
    event = materialize(FakeStudio(nouns), instance, "dailies").asset_materializations_for_node("make_dailies")[0]
    table = event.metadata["look"]
    assert isinstance(table, dg.TableMetadataValue)
    assert [record.data["take"] for record in table.records] == ["1A start", "1B clip", "1B start"]


@pytest.mark.parametrize("stage", ["bible", "frames", "clips"])
def test_pictures_come_as_one_sheet_that_fits_the_event_log(stage: str, instance: dg.DagsterInstance) -> None:
    nouns = shots() | {Key(ORDER, "bible"): Order(ids=("c1", "c2"))}
    for number in (1, 2):
        nouns[Key("bible", f"c{number}/image")] = KeyImage(entry_id=f"c{number}", name="Ida", picture=PICTURE)
        nouns[Key("frames", f"shot{number}/start")] = Frame(shot_id=f"shot{number}", end=FrameEnd.START, picture=PICTURE)
        nouns[Key("clips", f"shot{number}")] = Clip(shot_id=f"shot{number}", video=PICTURE)
    markdown = str(told(FakeStudio(nouns, png()), instance, stage)["look"])
    head, _, rest = markdown.partition("base64,")
    sheet = base64.b64decode(rest.rstrip(")"))
    assert head == "![contact sheet](data:image/jpeg;"
    assert len(sheet) <= 48 * 1024
    assert sheet.startswith(b"\xff\xd8\xff")
    assert cv2.imdecode(np.frombuffer(sheet, np.uint8), cv2.IMREAD_COLOR) is not None


def test_a_sheet_has_as_many_pictures_as_fit_in_the_order_of_the_bible(instance: dg.DagsterInstance) -> None:
    ids = [f"c{number}" for number in range(11)]
    nouns: dict[Key, Noun] = {Key(ORDER, "bible"): Order(ids=tuple(reversed(ids)))}
    nouns |= {Key("bible", f"{item}/image"): KeyImage(entry_id=item, name=item, picture=PICTURE) for item in ids}
    with mock.patch("aiuteur.exports.contact_sheet.contact_sheet", return_value=b"") as laid:
        look = str(told(FakeStudio(nouns, png()), instance, "bible")["look"])
    assert laid.call_args.args[1] == ["c10", "c9", "c8", "c7", "c5", "c4", "c3", "c2", "c0"]
    assert look.endswith("9 of 11")


def test_a_long_story_is_an_excerpt_in_the_event_log(instance: dg.DagsterInstance) -> None:
    story = Narrative(title="Long", text="word " * 400_000, format=SourceFormat.PROSE)
    look = str(told(FakeStudio({Key("narrative"): story}), instance, "narrative")["look"])
    assert look.endswith("characters in all)")
    assert len(look) < 7_000


def test_the_film_is_delivered_and_its_place_told(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    found = told(studio, instance, "film")
    assert (found["file"], found["files"]) == ("/out/a/main/film.mp4", ["/out/a/main/film.mp4"])
    assert studio.delivered == [None]
    assert [str(lane) for lane in studio.played] == ["a@main"]


def test_a_brief_shows_what_was_asked(instance: dg.DagsterInstance) -> None:
    result = materialize(FakeStudio({Key("brief"): Brief(length_seconds=90, genres=("mystery", "comedy"))}), instance, "brief")
    (event,) = result.asset_materializations_for_node("make_brief")
    table = event.metadata["look"]
    assert isinstance(table, dg.TableMetadataValue)
    rows = {record.data["asked"]: record.data["for"] for record in table.records}
    assert rows["length seconds"] == "90"
    assert rows["genres"] == "mystery, comedy"


@pytest.mark.parametrize(
    "error", [Refused("No."), Ambiguous("It may have been paid."), Conflict("Taken.")], ids=["refused", "ambiguous", "conflict"],
)
def test_what_is_permanent_or_ambiguous_fails_once_with_its_sentence(error: AiuteurError, instance: dg.DagsterInstance) -> None:
    studio = FakeStudio(failing={"bible": error})
    result = materialize(studio, instance, "bible")
    assert not result.success
    assert studio.ran == [("bible", "a@main")]
    (event,) = [event for event in result.all_events if event.is_step_failure]
    failure = event.step_failure_data.user_failure_data
    assert failure is not None
    assert failure.description == str(error)


@pytest.mark.parametrize(
    ("failing", "kept"),
    [
        ({"bible": Refused("No.")}, PERMANENT), ({"bible": Conflict("Taken.")}, None),
        ({"script_parses_back": Corrupt("Bad.")}, PERMANENT),
    ],
    ids=["refused", "conflict", "in-a-check"],
)
def test_a_run_that_would_fail_again_is_marked_by_the_time_it_ends(
    failing: dict[str, AiuteurError], kept: str | None, instance: dg.DagsterInstance,
) -> None:
    run = instance.get_run_by_id(materialize(FakeStudio(failing=failing), instance, "script", "bible").run_id)
    assert run is not None
    assert run.status is dg.DagsterRunStatus.FAILURE
    assert run.tags.get(FAILURE_TAG) == kept


def test_a_finer_error_is_told_by_the_class_that_says_how_permanent_it_is() -> None:
    failure = as_dagster(Declined("Not that.", Reply({}, (), cost_usd=0.0)))
    assert isinstance(failure, dg.Failure)
    assert failure.metadata["error"].value == "Refused"


@pytest.mark.parametrize(
    ("error", "wait"), [(RateLimited("Wait.", 42.0), 42.0), (RateLimited("Wait."), 5.0), (Unavailable("Gone."), 5.0)],
    ids=["as-it-says", "it-does-not-say", "unavailable"],
)
def test_what_may_pass_is_asked_for_again_after_the_wait_it_names(error: AiuteurError, wait: float) -> None:
    again = as_dagster(error)
    assert isinstance(again, dg.RetryRequested)
    assert (again.max_retries, again.seconds_to_wait) == (3, wait)


def test_a_transient_error_is_retried_and_then_fails(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio(failing={"bible": RateLimited("Wait.", 0.0)})
    assert not materialize(studio, instance, "bible").success
    assert studio.ran == [("bible", "a@main")] * 4


def test_a_check_that_does_not_hold_stops_what_is_below_on_that_lane(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio(unsound={"every_shot_has_a_frame": "No frame for shot 3A."})
    result = materialize(studio, instance, "frames", "quote", "clips")
    assert not result.success
    assert [stage for stage, _ in studio.ran] == ["frames"]
    (evaluation,) = result.get_asset_check_evaluations()
    assert (evaluation.passed, evaluation.description, evaluation.blocking) == (False, "No frame for shot 3A.", True)
    assert evaluation.partition == "a@main"
    assert {name: value.value for name, value in evaluation.metadata.items()} == {"shots": 3, "bare": 1}


def test_a_check_that_holds_lets_the_run_go_on(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    assert materialize(studio, instance, "script", "bible").success
    assert [stage for stage, _ in studio.ran] == ["script", "bible"]


def test_spending_that_waits_for_a_person_is_a_warning_that_stands_in_nobodys_way(instance: dg.DagsterInstance) -> None:
    shut = Gate("Needs approval of $12.40: $12.40 expected.", "f1", closed=True, needs_usd=Decimal("12.40"))
    studio = FakeStudio(gate=shut)
    result = materialize(studio, instance, "quote", "clips")
    assert result.success
    assert [stage for stage, _ in studio.ran] == ["quote", "clips"]
    found = next(one for one in result.get_asset_check_evaluations() if one.check_name == "spending_is_approved")
    assert (found.passed, found.severity, found.blocking) == (False, dg.AssetCheckSeverity.WARN, False)
    assert found.description == "Needs approval of $12.40: $12.40 expected."
    assert found.metadata["needs_usd"].value == 12.4
    assert "aiuteur allow a@main" in str(found.metadata["remedy"].value)


def test_a_film_that_is_free_or_within_budget_passes_the_gate(instance: dg.DagsterInstance) -> None:
    result = materialize(FakeStudio(), instance, "quote")
    found = next(one for one in result.get_asset_check_evaluations() if one.check_name == "spending_is_approved")
    assert (found.passed, found.metadata) == (True, {})


@pytest.mark.parametrize(("tags", "spend"), [({}, True), ({"aiuteur/spends": "nothing"}, False)], ids=["a-persons", "a-free-one"])
def test_a_run_begun_to_make_what_is_free_spends_nothing(
    tags: dict[str, str], *, spend: bool, instance: dg.DagsterInstance,
) -> None:
    studio = FakeStudio()
    job = build(resources={"studio": studio}).resolve_implicit_global_asset_job_def()
    job.execute_in_process(instance=instance, partition_key="a@main", asset_selection=[dg.AssetKey("clips")], tags=tags)
    assert studio.spent == [spend]


def test_the_film_shows_a_strip_of_its_frames(instance: dg.DagsterInstance) -> None:
    nouns = shots()
    paper = MediaRef(sha256="0" * 64, mime="video/mp4", size=1)
    nouns[Key("film")] = Film(video=paper, captions=paper, screenplay=paper, storyboard=paper, seconds=6.0004, shots=2, lines=1,
                              lines_voiced=1)
    nouns[Key("frames", "shot1/start")] = Frame(shot_id="shot1", end=FrameEnd.START, picture=PICTURE)
    found = told(FakeStudio(nouns, png()), instance, "film")
    assert str(found["look"]).startswith("![contact sheet](data:image/jpeg;base64,")
    assert found["film_seconds"] == 6


@pytest.mark.parametrize(
    ("name", "severity"), [("gates_light", dg.AssetCheckSeverity.ERROR), ("takes_accepted", dg.AssetCheckSeverity.ERROR)],
)
def test_reviews_are_checked_by_family_and_block_nothing(
    name: str, severity: dg.AssetCheckSeverity, instance: dg.DagsterInstance,
) -> None:
    studio = FakeStudio(unsound={name: "1 of 2 takes fail."})
    result = materialize(studio, instance, "dailies", "film")
    assert result.success
    found = {one.check_name: one for one in result.get_asset_check_evaluations()}
    assert (found[name].passed, found[name].severity, found[name].blocking) == (False, severity, False)
    assert found["gates_file"].passed
    assert ("film", "a@main") in studio.ran
