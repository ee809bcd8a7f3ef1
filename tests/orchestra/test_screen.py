"""What a person sees in the terminal, where it differs from what a machine is answered."""

import time

import pytest

from aiuteur_dagster.terminal import screen


def test_moments_are_told_by_the_clock_on_the_wall(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    then = "2026-12-01T08:09:10+00:00"
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        screen.table([{"lane": "lamp@main", "created_at": then, "message": f"at {then}"}], "")
    finally:
        monkeypatch.undo()
        time.tzset()
    (_, row) = capsys.readouterr().out.splitlines()
    assert row.split(maxsplit=3)[:3] == ["lamp@main", "2026-12-01", "13:39"]
    assert row.rstrip().endswith(f"at {then}"), "what a person wrote stays as it is"


def test_a_column_in_which_no_row_says_anything_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    screen.table([{"lane": "a@main", "from": None, "items": 0}, {"lane": "b@main", "from": None, "items": 2}], "")
    assert capsys.readouterr().out.split() == ["lane", "items", "a@main", "0", "b@main", "2"]
    screen.table([{"lane": "a@main", "from": None}, {"lane": "a@dark", "from": "a@main"}], "")
    assert capsys.readouterr().out.split() == ["lane", "from", "a@main", "–", "a@dark", "a@main"]
