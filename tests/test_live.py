"""The smoke test of the real services says what it costs and asks; nothing is called without a yes."""

import pytest

from aiuteur.film.crew import Role
from benchmarks import live
from tests.wire.serving import Services


def answering(monkeypatch: pytest.MonkeyPatch, services: Services, answer: str) -> None:
    for name, value in services.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AIUTEUR_COMPATIBLE_BASE_URL")

    def asked(question: str) -> str:
        assert "pay" in question
        return answer

    monkeypatch.setattr("builtins.input", asked)
    monkeypatch.setattr("sys.argv", ["live"])


def test_without_a_yes_nothing_is_called(
    monkeypatch: pytest.MonkeyPatch, serve: Services, capsys: pytest.CaptureFixture[str],
) -> None:
    answering(monkeypatch, serve, "")
    assert live.main() == 0
    assert "Together about $" in capsys.readouterr().out
    assert serve.posts() == []


def test_with_a_yes_each_role_is_called_once(
    monkeypatch: pytest.MonkeyPatch, serve: Services, capsys: pytest.CaptureFixture[str],
) -> None:
    answering(monkeypatch, serve, "y")
    assert live.main() == 0
    assert capsys.readouterr().out.count("ok ") == len(serve.posts()) == 6


def test_video_is_tried_only_where_it_is_asked_for() -> None:
    settings = Services(9).settings()
    assert Role.CINEMATOGRAPHER not in {trial.role for trial in live.trials(settings, video=False)}
    assert Role.CINEMATOGRAPHER in {trial.role for trial in live.trials(settings, video=True)}
