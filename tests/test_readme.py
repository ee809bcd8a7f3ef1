"""What README and CONTRIBUTING tell a reader to do or to look at exists."""

import re
import tomllib

import pytest

from aiuteur.settings import PREFIX, Settings
from tests.house.tree import ROOT

PAGES = ("README.md", "CONTRIBUTING.md", "docs/adr/0002-dependencies.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    here = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", here.read_text(encoding="utf-8"))
    assert [link for link in links if not (here.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_named_is_there(page: str) -> None:
    named = re.findall(r"`((?:aiuteur|aiuteur_dagster|tests|docs|examples)/[\w./-]*)`", (ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_named_is_one(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"^make (\w+)|`make (\w+)", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {one or other for one, other in named} <= targets


def test_every_setting_is_told() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in text] == []


def test_the_python_that_is_promised_is_the_one_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert "Python 3.11 or later" in (ROOT / "README.md").read_text(encoding="utf-8")
