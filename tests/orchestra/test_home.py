"""Dagster's home: whoever starts first, and however many do so at once, they open one instance."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from aiuteur.settings import load
from aiuteur_dagster.home import ADDRESS, opened, prepare

AT_ONCE = 3


def test_first_starts_at_once_open_one_instance(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv(ADDRESS, "")
    settings, together = load(home=tmp_path, database_url=database_url), Barrier(AT_ONCE)

    def start(number: int) -> None:
        together.wait()
        with opened(prepare(settings)) as instance:
            instance.add_dynamic_partitions("lanes", [f"lamp{number}@main"])

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one in [pool.submit(start, number) for number in range(AT_ONCE)]:
            one.result()
    with opened(prepare(settings)) as instance:
        assert sorted(instance.get_dynamic_partitions("lanes")) == [f"lamp{number}@main" for number in range(AT_ONCE)]
        assert instance.get_runs() == []
