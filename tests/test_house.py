"""The rules of the house hold for the whole tree, and every one of them can be broken: each is tried on a planted violation."""

from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from aiuteur.film.stages import GATES, GRAPH
from tests.house import conduct, floors, papers, shape
from tests.house.tree import ROOT, Tree

Rule = Callable[[Tree], list[str]]

LONG_FUNCTION = "def f() -> int:\n    x = 1\n" + "    x += 1\n" * 50 + "    return x\n"
PROJECT = '[project]\nname = "aiuteur"\ndependencies = ["numpy>=2", "left-pad>=1"]\n'
REASONS = "| package | imported as | why |\n|---|---|---|\n| `numpy` | `numpy` | sums |\n| `gone` | `gone` | was here |\n"
HASH = f"--hash=sha256:{'0' * 64}"
LOCK = f"six==1.17.0 \\\n    {HASH}\n"
HOME_OF_ANN = "{}home/ann/films".format("/")
INDEX = "https://" + "pypi.example/simple"

RULES: Mapping[str, tuple[Rule, Mapping[str, str]]] = {
    "imports only go down": (floors.climbing, {"aiuteur/film/a.py": "from aiuteur.registry import tables\n"}),
    "nobody imports sideways into another folder": (floors.climbing, {"aiuteur/media/a.py": "import aiuteur.registry.tables\n"}),
    "every module stands on a floor": (floors.climbing, {"aiuteur/common/a.py": "X = 1\n"}),
    "no circles": (floors.circles, {
        "aiuteur/craft/a.py": "from aiuteur.craft.b import x\n",
        "aiuteur/craft/b.py": "from aiuteur.craft import c\n",
        "aiuteur/craft/c.py": "def f() -> None:\n    from aiuteur.craft.a import y\n",
    }),
    "nouns and verbs know few libraries": (floors.impure, {"aiuteur/craft/a.py": "import sqlalchemy\n"}),
    "nouns and verbs do no I/O": (floors.impure, {"aiuteur/film/a.py": "from urllib.request import urlopen\n"}),
    "the studio knows no Dagster": (floors.strangers, {"aiuteur/stages/a.py": "import dagster as dg\n"}),
    "the orchestra knows no SQL": (floors.strangers, {"aiuteur_dagster/a.py": "from sqlalchemy import text\n"}),
    "functions fit a screen": (shape.long_functions, {"aiuteur/craft/a.py": LONG_FUNCTION}),
    "files fit a sitting": (shape.long_files, {"aiuteur/craft/a.py": "X = 1\n" * 251}),
    "a table that shrank is no exception": (shape.long_files, {"aiuteur/film/bible.py": "X = 1\n"}),
    "everything is annotated": (shape.unannotated, {"tests/a.py": "def f(x, *, y: int) -> int:\n    return x\n"}),
    "results are annotated": (shape.unannotated, {"aiuteur/a.py": "async def f(x: int):\n    return x\n"}),
    "modules say what belongs in them": (shape.untold, {"aiuteur/craft/a.py": "X = 1\n"}),
    "public methods say what they do": (shape.untold, {
        "aiuteur/craft/a.py": '"""A."""\nclass A:\n    """A."""\n    def b(self) -> None:\n        return None\n',
    }),
    "packages do nothing": (shape.busy_packages, {"aiuteur/craft/__init__.py": '"""Craft."""\nfrom aiuteur.craft import a\n'}),
    "packages say what they are": (shape.busy_packages, {"aiuteur/craft/__init__.py": ""}),
    "one path spends": (conduct.spending, {"aiuteur/stages/a.py": "reply = maker.make(request)\n"}),
    "one module writes versions": (conduct.scribbling, {"aiuteur/registry/a.py": "run(insert(tables.Version), rows)\n"}),
    "nobody writes versions in SQL": (conduct.scribbling, {"aiuteur/registry/a.py": 'text("UPDATE versions SET n = 2")\n'}),
    "no clock where bytes are made": (conduct.chancy, {"aiuteur/craft/a.py": "x = datetime.now(tz=UTC)\n"}),
    "no hash of strings": (conduct.chancy, {"aiuteur/models/animatic/a.py": "x = hash('a')\n"}),
    "no chance without a seed": (conduct.chancy, {"aiuteur/models/animatic/a.py": "x = np.random.default_rng()\n"}),
    "no chance that all share": (conduct.chancy, {"aiuteur/craft/a.py": "x = random.random()\n"}),
    "nothing of anybody's machine": (papers.private_places, {"docs/a.md": f"See {HOME_OF_ANN}.\n"}),
    "no address of an index": (papers.private_places, {"Makefile": f"pip install -i {INDEX} x\n"}),
    "locks are pins with hashes": (papers.loose_locks, dict.fromkeys(papers.LOCKS, LOCK + "seven==1.0\n")),
    "locks name no address": (papers.loose_locks, dict.fromkeys(papers.LOCKS, f"six @ {INDEX}/six.whl \\\n    {HASH}\n")),
    "locks agree": (papers.loose_locks, dict.fromkeys(papers.LOCKS, LOCK) | {papers.LOCKS[2]: LOCK.replace("1.17", "1.16")}),
    "every dependency has a reason, and is used": (papers.unreasoned, {
        "pyproject.toml": PROJECT, papers.DEPENDENCIES: REASONS, "aiuteur/a.py": "import gone\n",
    }),
    "the changelog keeps its form": (papers.changelog_slips, {"CHANGELOG.md": "# Changelog\n\n## 1.0\n\n### News\n"}),
    "decisions have four parts": (papers.undecided, {"docs/adr/0001-a.md": "# 1. A\n\n## Status\n\n## Context\n\n## Decision\n"}),
    "every exception has its reason": (papers.unreasoned_exceptions, {"aiuteur/a.py": "x = eval('1')  # no" + "qa: S307\n"}),
}


@pytest.fixture(scope="module")
def house() -> Tree:
    return Tree(ROOT)


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _ in RULES.values()), ids=lambda rule: rule.__name__)
def test_the_house_has_no(rule: Rule, house: Tree) -> None:
    assert rule(house) == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_can_be_broken(name: str, tmp_path: Path) -> None:
    rule, planted = RULES[name]
    for path, text in planted.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert rule(Tree(tmp_path)), "the planted violation was not seen"


def test_an_unused_dependency_and_a_reason_for_nothing_are_each_named(tmp_path: Path) -> None:
    for path, text in RULES["every dependency has a reason, and is used"][1].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    slips = " ".join(papers.unreasoned(Tree(tmp_path)))
    assert all(slip in slips for slip in ("left-pad is declared", "gone has a reason", "numpy is imported nowhere"))


def test_the_median_function_is_short(house: Tree) -> None:
    assert shape.median_function(house) <= shape.MEDIAN_FUNCTION


def test_the_stage_graph_runs_downhill() -> None:
    names = [stage.name for stage in GRAPH]
    assert len(set(names)) == len(names)
    for at, stage in enumerate(GRAPH):
        assert set(stage.reads) <= set(names[:at]), f"{stage.name} reads what is not made before it"
    assert list(TopologicalSorter({stage.name: stage.reads for stage in GRAPH}).static_order())
    assert set(names) >= GATES


def test_every_stage_has_a_maker_and_an_asset() -> None:
    from aiuteur.stages.graph import STAGES
    from aiuteur_dagster.definitions import defs

    assets = {key.to_user_string() for key in defs.resolve_all_asset_keys()}
    for stage in GRAPH:
        assert STAGES[stage.name].name == stage.name
        assert stage.name in assets
