"""Branches and changes as a person makes them, from the terminal: branch, change, merge; edit, see, quote, make, compare."""

import os
from collections.abc import Generator
from typing import Any

import pytest

from tests.journeys.terminal import STORY, WarmTerminal

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Generator[WarmTerminal]:
    """A studio with a short film in it."""
    opened = WarmTerminal(tmp_path_factory.mktemp("studio"))
    (opened.folder / "lamp.txt").write_text(STORY)
    opened.run("make", "lamp.txt", "--length", "8")
    yield opened
    opened.close()


def make(terminal: WarmTerminal, branch: str) -> dict[str, Any]:
    return terminal.json("make", "lamp.txt", "--length", "8", "--branch", branch)


def changed(terminal: WarmTerminal, one: str, other: str) -> dict[str, list[str]]:
    """The items that differ, by stage."""
    stages = terminal.json("diff", one, other)["stages"]
    return {stage["stage"]: [f"{item['happened']} {item['item']}" for item in stage["items"]] for stage in stages}


def states(terminal: WarmTerminal, lane: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in terminal.rows("status", lane):
        found.setdefault(row["artifact"], set()).add(row["state"])
    return found


def test_a_branch_is_begun_changed_and_merged(terminal: WarmTerminal) -> None:
    begun = terminal.json("branch", "lamp", "night", "-m", "darker")
    items = next(lane["items"] for lane in terminal.rows("lanes") if lane["lane"] == "lamp@main")
    assert (begun["lane"], begun["inherited"]) == ("lamp@night", items)
    assert {lane["lane"]: (lane["from"], lane["message"]) for lane in terminal.rows("lanes")}["lamp@night"] == ("main", "darker")
    assert changed(terminal, "lamp", "night") == {}

    terminal.run("edit", "lamp@night", "shot:1A", "cinematography.lens_mm=120")
    assert changed(terminal, "lamp", "night") == {"shot_list": ["changed shot:1A"]}

    merged = terminal.json("merge", "lamp", "night", "-m", "as agreed")
    assert [(one["item"], one["fields"]) for one in merged["taken"]] == [("shot:1A", ["cinematography"])]
    assert changed(terminal, "lamp", "night") == {}
    newest = terminal.rows("log", "lamp", "shot:1A")[-1]
    assert (newest["version"], newest["origin"], newest["source"], newest["selected"]) == (2, "merged", "night version 2", True)
    assert states(terminal, "lamp")["prompts"] == {"current", "stale"}
    assert make(terminal, "main")["calls_made"] > 0
    assert make(terminal, "night")["calls_made"] == 0
    assert {state for found in states(terminal, "lamp@night").values() for state in found} == {"current"}


def test_an_edit_is_seen_priced_made_and_compared(terminal: WarmTerminal) -> None:
    terminal.run("branch", "lamp", "rain")
    change = "scene:1 weather=rain"
    foreseen = terminal.json("quote", "lamp@rain", "--change", change)
    assert terminal.json("quote", "lamp@rain")["items"] == []
    terminal.run("edit", "lamp@rain", "scene:1", "weather=rain")
    stale = [row for row in terminal.rows("status", "lamp@rain") if row["state"] == "stale"]
    assert any(row["cause"] == "scene 1: weather" for row in stale)
    quoted = terminal.json("quote", "lamp@rain")
    assert [item["item"] for item in quoted["items"]] == [item["item"] for item in foreseen["items"]]
    assert quoted["price"]["high"] == 0
    assert "Nothing on lamp@rain waits for approval" in terminal.run("allow", "lamp@rain", code=4)

    made = make(terminal, "rain")
    assert made["calls_made"] > 0
    assert terminal.json("quote", "lamp@rain")["items"] == []
    found = changed(terminal, "lamp", "rain")
    assert found["scenes"] == ["changed scene:1"]
    planned = {item["item"] for item in quoted["items"]}
    assert {name.split(" ")[1] for stage in ("prompts", "frames") for name in found.get(stage, ())} <= planned
    page = terminal.folder / "rain.html"
    terminal.run("diff", "lamp", "rain", "--html", str(page))
    told = page.read_text()
    assert "lamp@main → lamp@rain" in told
    assert told.count('<img src="data:image/jpeg;base64,') >= 2
    assert "http" not in told.replace("http-equiv", "")


def test_an_early_branch_makes_what_its_parent_made_at_no_cost(terminal: WarmTerminal) -> None:
    terminal.run("branch", "lamp", "again", "--at", "brief")
    assert states(terminal, "lamp@again")["script"] == {"missing"}
    shot = terminal.json("show", "lamp", "shot:1B")["item"]
    made = make(terminal, "again")
    assert made["calls_made"] == 0
    assert terminal.json("show", "lamp@again", "shot:1B")["item"] == shot


def test_a_rejected_version_gives_way_to_the_one_before(terminal: WarmTerminal) -> None:
    terminal.run("branch", "lamp", "doubt")
    before = terminal.json("show", "lamp@doubt", "shot:1B")["content"]["action"]
    terminal.run("edit", "lamp@doubt", "shot:1B", "action=Nothing at all happens here for a while.")
    terminal.run("reject", "lamp@doubt", "shot:1B", "--reason", "dull")
    assert terminal.json("show", "lamp@doubt", "shot:1B")["content"]["action"] == before
    terminal.run("promote", "lamp@doubt", "shot:1B", str(terminal.rows("log", "lamp@doubt", "shot:1B")[-1]["version"]))
    assert terminal.json("show", "lamp@doubt", "shot:1B")["content"]["action"].startswith("Nothing at all")


def test_pins_locks_and_conflicts_are_respected_with_a_sentence(terminal: WarmTerminal) -> None:
    terminal.run("branch", "lamp", "other")
    terminal.run("edit", "lamp@other", "shot:1B", "action=Tom knocks at the door of the tower.")
    terminal.run("edit", "lamp", "shot:1B", "action=Tom waits at the foot of the tower.")
    torn = terminal.run("merge", "lamp", "other", code=4)
    assert "shot:1B: action changed on both branches" in torn
    assert "aiuteur merge lamp@main lamp@other --take shot:1B --theirs" in torn
    terminal.run("lock", "lamp", "shot:1B")
    assert "it is locked here" in terminal.run("merge", "lamp", "other", "--take", "shot:1B", "--theirs", code=5)
    terminal.run("unlock", "lamp", "shot:1B")
    terminal.run("merge", "lamp", "other", "--take", "shot:1B", "--theirs")
    assert terminal.json("show", "lamp", "shot:1B")["content"]["action"].startswith("Tom knocks")
    terminal.run("edit", "lamp@other", "shot:1A", "duration=3")
    terminal.run("pin", "lamp", "shot:1A")
    left = terminal.json("merge", "lamp", "other")["left"]
    assert [(one["item"], one["why"]) for one in left] == [("shot:1A", "pinned")]


def test_an_archived_branch_is_read_and_not_changed(terminal: WarmTerminal) -> None:
    terminal.run("branch", "lamp", "shelf")
    terminal.run("archive", "lamp@shelf", "--reason", "enough")
    assert terminal.json("show", "lamp@shelf", "shot:1A")["version"] >= 1
    edit, merge, fork = ("edit", "lamp@shelf", "shot:1A", "duration=4"), ("merge", "lamp", "shelf"), ("branch", "lamp@shelf", "x")
    for words in (edit, merge, fork):
        assert "restore" in terminal.run(*words, code=5)
    assert "restore" in terminal.run("make", "lamp.txt", "--length", "8", "--branch", "shelf", code=5)
    terminal.run("restore", "lamp@shelf")
    terminal.run("edit", "lamp@shelf", "shot:1A", "duration=4")


def test_an_editor_is_opened_on_what_there_is(terminal: WarmTerminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.run("branch", "lamp", "words")
    monkeypatch.setitem(os.environ, "EDITOR", "sed -i s/smiled/wept/")
    monkeypatch.delitem(os.environ, "VISUAL", raising=False)
    terminal.run("edit", "lamp@words", "script")
    assert "Ida wept" in terminal.run("show", "lamp@words", "script")
    assert "Nothing changed" in terminal.run("edit", "lamp@words", "script", code=2)
    monkeypatch.setitem(os.environ, "EDITOR", "false")
    assert "did not end well" in terminal.run("edit", "lamp@words", "script", code=2)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("branch", "lamp", "Night!"), 2, "not a valid branch name"),
        (("branch", "lamp", "x", "--at", "colours"), 2, "no stage 'colours'"),
        (("branch", "lamp", "main"), 4, "is there already"),
        (("branch", "nowhere", "x"), 3, "no project nowhere"),
        (("diff", "lamp", "nowhere"), 3, "no branch nowhere"),
        (("merge", "lamp", "main"), 2, "into itself"),
        (("merge", "lamp", "night", "--take", "shot:99Z"), 3, "no shot '99Z'"),
        (("promote", "lamp", "shot:1A", "99"), 3, "no version 99"),
        (("edit", "lamp", "shot:1A", "colour=red"), 2, "colour"),
        (("edit", "lamp", "shot:1A", "red"), 2, "FIELD=VALUE"),
        (("quote", "lamp", "--change", "shot:1A"), 2, "no change"),
        (("budget", "lamp", "--cap", "lots"), 2, "no sum"),
        (("resolve", "lamp"), 3, "Nothing waits"),
        (("mrege", "lamp"), 2, "Did you mean 'merge'"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(words: tuple[str, ...], code: int, says: str, terminal: WarmTerminal) -> None:
    said = terminal.run(*words, code=code)
    assert said.startswith("aiuteur: ")
    assert says in said
    assert len(said.splitlines()) == 1
