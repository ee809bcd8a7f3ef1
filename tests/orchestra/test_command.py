"""Every command can be filled in as a form, and what is filled in is what the studio is told."""

from collections.abc import Generator
from decimal import Decimal
from enum import Enum
from typing import Any, get_args
from uuid import UUID

import dagster as dg
import pytest
import yaml

from aiuteur.errors import Refused
from aiuteur.film.commands import COMMAND, COMMANDS, ApproveSpend, ResolveInterrupt
from aiuteur.lane import Lane
from aiuteur_dagster.definitions import build
from aiuteur_dagster.jobs.forms import FORMS
from tests.orchestra.studios import FakeStudio

ID = "6f1d8a52-6e0b-4b0e-9d0a-5f0c8f0a1b2c"
FILLED: dict[str, dict[str, Any]] = {
    "edit": {"item": "bible:sue", "changes": {"wardrobe.headwear": "a red cap", "tags": ["wet"]}, "guidance": "She was out."},
    "insert": {"what": "shot", "content": {"action": "Rain."}, "within": "scene:2"},
    "delete": {"items": ["shot:3A", "shot:3B"]},
    "move": {"item": "scene:4", "after": "scene:2"},
    "split": {"item": "shot:3A", "at": 1.5},
    "select_variant": {"variant": 2},
    "approve": {"items": ["script"], "note": "Good."},
    "reject": {"items": ["frames/7B/start"], "version": 2, "reason": "Blurred."},
    "promote": {"item": "frames/7B/start", "version": 1},
    "update_scene_asset": {"item": "frames/7B/start"},
    "regenerate_scene": {"scene": "scene:4", "guidance": "Darker.", "force": True},
    "pin": {"items": ["script"]}, "unpin": {"items": ["script"]}, "keep": {"items": ["shot:3A"]},
    "lock": {"items": ["bible:sue"]}, "unlock": {"items": ["bible:sue"]},
    "star": {"items": ["clips/3A"], "version": 3}, "unstar": {"items": ["clips/3A"]},
    "remake": {"items": ["frames/7B/start"], "variants": 6, "model": "google/image-4", "refine_from": 2},
    "apply_rule": {"rule": ID},
    "fork": {"branch": "dark", "at": "script", "message": "By night."},
    "merge": {"source": "dark", "take": ["scene:4"]},
    "archive": {"reason": "Done."}, "restore": {},
    "set_budget": {"scope": "branch", "cap_usd": 12.5, "approve_above_usd": 2},
    "approve_spend": {"fingerprint": "abc", "up_to_usd": 12.4},
    "acknowledge_invalidation": {"ids": [ID]},
    "set_policy": {"auto": "nothing", "max_failures": 2, "thresholds": {"frames": 0.8}},
    "cast_model": {"role": "illustrator", "model": "google/image-4", "scope": "project"},
    "resolve_interrupt": {"interrupt": ID, "action": "skip"},
    "resume": {"note": "The server is back."},
}

MEANT = {"set_policy": {"auto": "off"}}
"""Where a form's word is not the command's."""


@pytest.fixture
def instance() -> Generator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


def tell(studio: FakeStudio, instance: dg.DagsterInstance, kind: str, **filled: object) -> dg.ExecuteInProcessResult:
    job = build(resources={"studio": studio}).resolve_job_def("command")
    form = {"lane": "lamp", "command": {kind: filled}}
    return job.execute_in_process(instance=instance, run_config={"ops": {"tell": {"config": form}}}, raise_on_error=False)


def sentence(result: dg.ExecuteInProcessResult) -> str:
    (event,) = [event for event in result.all_events if event.is_step_failure]
    failure = event.step_failure_data.user_failure_data
    return (failure.description or "") if failure else ""


def test_every_command_has_a_form_with_the_same_fields() -> None:
    assert {kind: list(form.model_fields) for kind, form in FORMS.items()} == {
        kind: list(noun.model_fields) for kind, noun in COMMANDS.items()
    }
    assert set(FILLED) == set(COMMANDS)


@pytest.mark.parametrize("kind", list(FILLED))
def test_what_is_filled_in_is_what_the_studio_is_told(kind: str, instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    done = tell(studio, instance, kind, **FILLED[kind])
    assert done.success
    ((lane, command, key),) = studio.desk.told
    assert (lane, key) == (Lane("lamp"), done.run_id)
    assert command == COMMAND.validate_python({"kind": kind, **FILLED[kind], **MEANT.get(kind, {})})


def test_sums_and_ids_are_exact(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio()
    tell(studio, instance, "approve_spend", fingerprint="abc", up_to_usd=0.1)
    tell(studio, instance, "resolve_interrupt", interrupt=ID)
    spend, resolve = (command for _, command, _ in studio.desk.told)
    assert spend == ApproveSpend(fingerprint="abc", up_to_usd=Decimal("0.1"))
    assert resolve == ResolveInterrupt(interrupt=UUID(ID), action="retry")


@pytest.mark.parametrize(
    ("kind", "filled", "says"),
    [
        ("remake", {"items": []}, "items: Tuple should have at least 1 item"),
        ("remake", {"items": ["script"], "variants": 99}, "variants: Input should be less than or equal to 24"),
        ("resolve_interrupt", {"interrupt": "7"}, "interrupt: Input should be a valid UUID"),
    ],
    ids=["no-items", "too-many", "no-id"],
)
def test_a_form_that_does_not_hold_names_the_field(
    kind: str, filled: dict[str, object], says: str, instance: dg.DagsterInstance,
) -> None:
    studio = FakeStudio()
    assert says in sentence(tell(studio, instance, kind, **filled))
    assert studio.desk.told == []


def test_a_refusal_is_told_in_its_own_words(instance: dg.DagsterInstance) -> None:
    studio = FakeStudio(failing={"desk": Refused("Shot 3A is locked: unlock it first.")})
    assert sentence(tell(studio, instance, "approve", items=["shot:3A"])) == "Shot 3A is locked: unlock it first."


@pytest.mark.parametrize("kind", list(COMMANDS))
def test_every_field_of_a_form_says_what_it_is_or_says_it_by_its_name(kind: str) -> None:
    plain = {"kind", "items", "item", "note", "reason", "message", "scope", "scene", "role", "interrupt", "action", "up_to_usd",
             "at", "what", "auto"}
    unsaid = {name for name, field in FORMS[kind].model_fields.items() if not field.description} - plain
    assert unsaid == set()


def test_a_choice_is_named_as_the_form_takes_it_and_as_people_say_it() -> None:
    assert str(FORMS["set_policy"].model_fields["auto"].description).endswith("nothing (off), free, within_budget")
    assert str(FORMS["reject"].model_fields["ratings"].description).endswith("PASS, MINOR_ISSUES, MAJOR_ISSUES, FAIL")


def test_no_choice_reads_as_a_truth_value_in_yaml() -> None:
    kinds = [one for form in FORMS.values() for field in form.model_fields.values()
             for one in (field.annotation, *get_args(field.annotation)) if isinstance(one, type) and issubclass(one, Enum)]
    assert {type(yaml.safe_load(name)) for kind in kinds for name in kind.__members__} == {str}
