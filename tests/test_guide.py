"""The pages of the guide that tell about code are what the code says today; `python -m benchmarks.pages` renders them anew."""

import re

import pytest

from aiuteur import errors
from benchmarks.pages import GUIDE, PAGES, exit_codes, stages


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    assert (GUIDE / name).read_text(encoding="utf-8") == PAGES[name](), "run: python -m benchmarks.pages"


def test_every_way_to_fail_has_its_own_exit_code_on_the_page() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", exit_codes(), flags=re.MULTILINE)]
    assert codes == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130]
    assert f"| {errors.OverBudget.exit_code} | `OverBudget` | does not help |" in exit_codes()


def test_a_gate_is_drawn_as_one_that_others_only_wait_for() -> None:
    assert "quote -.-> clips" in stages()
    assert "frames --> clips" in stages()
