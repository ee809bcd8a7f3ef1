"""Settings come from the environment and the file, and a bad one is told in a sentence that shows no secret."""

from pathlib import Path

import pytest

from aiuteur.errors import InvalidInput
from aiuteur.settings import PREFIX, Settings, load


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_everything_stays_in_the_project_folder(project: Path) -> None:
    settings = load()
    assert settings.home == project / ".aiuteur"
    assert settings.media == str(project / ".aiuteur" / "media")
    assert settings.out == project / "out"
    assert settings.database_url is None


def test_environment_wins_over_file_and_caller_over_both(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "aiuteur.toml").write_text('calls = 3\nprocesses = 4\nout = "from-file"\n')
    monkeypatch.setenv("AIUTEUR_CALLS", "5")
    monkeypatch.setenv("AIUTEUR_OUT", "from-environment")
    settings = load(out=Path("given"))
    assert (settings.calls, settings.processes, settings.out) == (5, 4, project / "given")


def test_a_secret_is_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIUTEUR_DATABASE_URL", "postgresql://ann:hunter2@db/films")
    settings = load()
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value().endswith("hunter2@db/films")


@pytest.mark.parametrize(("name", "value", "sentence"), [
    pytest.param("CALLS", "many", "AIUTEUR_CALLS is 'many' and should be a valid integer", id="not a number"),
    pytest.param("CALLS", "0", "AIUTEUR_CALLS is '0' and should be greater than or equal to 1", id="too few"),
    pytest.param("PROCESSES", "100000", "AIUTEUR_PROCESSES is '100000' and should be less than or equal to 256", id="too many"),
    pytest.param("DATABASE_URL", "mysql://ann:hunter2@db/x", "AIUTEUR_DATABASE_URL must be the address of", id="MySQL"),
])
def test_a_bad_value_is_told_by_where_it_stands(name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"AIUTEUR_{name}", value)
    with pytest.raises(InvalidInput) as caught:
        load()
    assert sentence in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(("text", "sentence"), [
    pytest.param("calls = ", "aiuteur.toml is not valid TOML", id="malformed"),
    pytest.param("cals = 3", "aiuteur.toml: 'cals' is no setting. The settings are call_seconds, calls", id="unknown"),
    pytest.param("calls = -1", "aiuteur.toml: calls is -1 and should be greater", id="bad value"),
])
def test_a_bad_file_is_told_by_name(text: str, sentence: str, project: Path) -> None:
    (project / "aiuteur.toml").write_text(text)
    with pytest.raises(InvalidInput) as caught:
        load()
    assert sentence in str(caught.value)


def test_every_bad_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIUTEUR_CALLS", "0")
    monkeypatch.setenv("AIUTEUR_PROCESSES", "0")
    with pytest.raises(InvalidInput) as caught:
        load()
    assert len(str(caught.value).splitlines()) == 2
