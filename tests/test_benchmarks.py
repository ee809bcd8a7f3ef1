"""The benchmarks' own frame is right: rows against bounds, tables that merge, and a meter that misses no process."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import report
from benchmarks.meter import metered
from benchmarks.table import GROUPS, Found, Group, Row

BURN = "import time\nend = time.process_time() + {0}\nwhile time.process_time() < end: pass\n"


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        monkeypatch.setitem(GROUPS, name, Group(name, f"The {name}.", lambda: iter(())))


@pytest.mark.parametrize(("found", "holds"), [
    pytest.param(Found("ratio", 2.2, "×", 2.2), True, id="at its bound"),
    pytest.param(Found("ratio", 2.21, "×", 2.2), False, id="over it"),
    pytest.param(Found("recall", 0.84, "", 0.85, least=True), False, id="under a least"),
    pytest.param(Found("seconds", 9.0, "s"), None, id="without a bound"),
])
def test_a_value_is_held_against_its_bound(found: Found, holds: bool | None) -> None:
    assert found.row("film").holds is holds


def test_measuring_one_group_anew_keeps_the_rows_of_the_others(groups: None) -> None:
    before = [Row("first", "a", 1, "s"), Row("second", "b", 2, "s"), Row("gone", "c", 3, "s")]
    anew = [Row("first", "a", 9, "s")]
    assert report.merged(before, anew, ["first"]) == [*anew, Row("second", "b", 2, "s")]


def test_rows_survive_their_file(tmp_path: Path) -> None:
    rows = [Row("film", "CPU", 1.5, "s", 2.0, True), Row("film", "shots", 12, "")]
    report.save(rows, tmp_path / "bench.json")
    assert report.load(tmp_path / "bench.json") == rows


def test_a_page_keeps_the_sections_of_groups_that_were_not_measured_anew(groups: None) -> None:
    both = report.page([Row("first", "a", 1, "s"), Row("second", "b", 2, "s")], "two cores")
    anew = report.page([Row("second", "b", 7, "s")], "two cores", both)
    assert anew == both.replace("| b | 2 s |", "| b | 7 s |")
    second = report.page([Row("second", "b", 7, "s")], "two cores")
    assert report.page([], "two cores", anew.replace("## first", "## gone")) == second


def test_page_and_terminal_tell_what_does_not_hold(groups: None) -> None:
    rows = [Row("first", "CPU", 3, "s", 2.0, False), Row("first", "shots", 1234, "")]
    text = report.page(rows, "two cores")
    assert "| CPU | 3 s | 2 s | **no** |" in text
    assert "| shots | 1,234 |  |  |" in text
    out = StringIO()
    report.show(rows, Console(file=out, width=120))
    assert "no" in out.getvalue().split("CPU")[1]


def test_the_meter_counts_what_a_command_leaves_behind(tmp_path: Path) -> None:
    leave = f"subprocess.Popen([sys.executable, '-c', {BURN.format(0.4)!r}], start_new_session=True)"
    code = f"import subprocess, sys\n{leave}\n{BURN.format(0.2)}"
    used = metered([sys.executable, "-c", code], {}, tmp_path / "log")
    assert used.code == 0
    assert 0.6 <= used.cpu < 1.2


def test_the_meter_sees_the_memory_of_children_while_they_live(tmp_path: Path) -> None:
    child = "import time\nx = bytearray(120_000_000)\nx[::4096] = b'1' * len(x[::4096])\ntime.sleep(0.6)\n"
    code = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])\nprint('done')"
    used = metered([sys.executable, "-c", code], {}, tmp_path / "log")
    assert used.peak >= 120_000_000
    assert used.out == "done\n"
