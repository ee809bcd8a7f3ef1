"""From a story to a film by one command, and what a person can ask of it afterwards."""

from collections.abc import Generator
from pathlib import Path

import pytest

from aiuteur.digest import digest_bytes
from aiuteur.film.stages import STAGES
from tests.journeys.terminal import STORY, Terminal

LENGTH = 12


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Generator[Terminal]:
    opened = Terminal(tmp_path_factory.mktemp("studio"))
    (opened.folder / "lamp.txt").write_text(STORY)
    yield opened
    opened.run("down")


@pytest.fixture(scope="module")
def made(terminal: Terminal) -> dict[str, object]:
    return terminal.json("make", "lamp.txt", "--length", str(LENGTH))


@pytest.mark.slow
def test_a_story_becomes_a_film_with_its_papers(terminal: Terminal, made: dict[str, object]) -> None:
    folder = terminal.folder / "out" / "lamp" / "main"
    assert made["lane"] == "lamp@main"
    assert {path.name for path in folder.iterdir()} == {"film.mp4", "film.srt", "screenplay.fountain", "storyboard.png"}
    assert made["files"] == [str(folder / name) for name in ("film.mp4", "film.srt", "screenplay.fountain", "storyboard.png")]
    assert made["length_seconds"] == pytest.approx(LENGTH, rel=0.1)
    assert made["cost_usd"] == 0
    assert "Ida Marsh climbed the stair" in (folder / "screenplay.fountain").read_text()


@pytest.mark.slow
def test_made_again_nothing_is_made_and_the_film_is_the_same(terminal: Terminal, made: dict[str, object]) -> None:
    film = terminal.folder / "out" / "lamp" / "main" / "film.mp4"
    before = digest_bytes(film.read_bytes())
    again = terminal.json("make", "lamp.txt", "--length", str(LENGTH))
    assert (again["calls_made"], again["new"]) == (0, False)
    assert digest_bytes(film.read_bytes()) == before


@pytest.mark.slow
def test_every_artifact_is_current_and_can_be_looked_at(terminal: Terminal, made: dict[str, object]) -> None:
    rows = terminal.rows("status", "lamp")
    assert {row["artifact"] for row in rows} == set(STAGES)
    assert {row["state"] for row in rows} == {"current"}
    shot = next(row for row in rows if row["artifact"] == "shot_list")
    label = shot["label"].removeprefix("shot ")
    shown = terminal.json("show", "lamp@main", f"shot_list/{label}")
    assert (shown["item"], shown["version"], shown["content"]["label"]) == (shot["item"], 1, label)
    assert terminal.json("show", "lamp", "script", "--version", "1")["content"]["fountain"].startswith("Title:")
    assert [lane["lane"] for lane in terminal.rows("lanes")] == ["lamp@main"]
    assert terminal.rows("log", "lamp")[0]["kind"] == "project_created"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("make", "nothing.txt"), 2, "nothing.txt"),
        (("make", "lamp.txt", "--length", "0"), 2, "not 0"),
        (("make", "lamp.txt", "--length", "-5"), 2, "not -5"),
        (("make", "lamp.txt", "--length", "1e9"), 2, "not 1e+09"),
        (("make", "lamp.txt", "--length", "soon"), 2, "--length"),
        (("make", "lamp.txt", "--project", "../lamp"), 2, "not a valid project name"),
        (("make", "lamp.txt", "--models", "gpt"), 2, "animatic"),
        (("make", "lamp.txt", "--length", "30"), 4, "lamp"),
        (("status", "nowhere"), 3, "nowhere"),
        (("show", "lamp", "score"), 3, "score"),
        (("show", "lamp", "script", "--version", "9"), 3, "no version 9"),
        (("up", "--port", "0"), 2, "no port"),
    ],
    ids=[
        "no-file", "length-0", "length-below-0", "length-too-great", "length-in-words", "bad-name", "unknown-models",
        "another-brief", "no-lane", "no-item", "no-version", "no-port",
    ],
)
def test_wrong_input_gets_one_sentence_and_its_exit_code(
    arguments: tuple[str, ...], code: int, says: str, terminal: Terminal, made: dict[str, object],
) -> None:
    said = terminal.run(*arguments, code=code)
    assert said.startswith("aiuteur: ")
    assert says in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_killed_make_goes_on_with_what_is_missing(terminal: Terminal, made: dict[str, object]) -> None:
    # A length of its own: the very same story and brief would be answered by what was bought for the first film.
    words = ("make", "lamp.txt", "--length", str(LENGTH + 1), "--project", "again")
    with terminal.start(*words) as first:
        assert first.stderr is not None
        for line in first.stderr:
            if line.startswith("frames"):
                break
        first.kill()
    second = terminal.json(*words)
    third = terminal.json(*words[:-1], "whole")
    assert 0 < second["calls_made"] < third["calls_reused"]
    assert third["calls_made"] == 0
    for name in ("film.mp4", "film.srt", "screenplay.fountain"):
        resumed, whole = (terminal.folder / "out" / project / "main" / name for project in ("again", "whole"))
        assert resumed.read_bytes() == whole.read_bytes(), name
    assert Path(second["folder"]) == terminal.folder / "out" / "again" / "main"
