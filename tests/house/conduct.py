"""What code may do and where: one path that spends, one that writes versions, no clock or chance where bytes are made."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.house.tree import Module, Tree

SPENDERS: Final = frozenset({"aiuteur/models/buying.py", "aiuteur/models/purchase.py"})
"""The one path that spends: what is free, and what costs."""

SCRIBE: Final = "aiuteur/registry/versions.py"
REPRODUCIBLE: Final = ("aiuteur/film/", "aiuteur/craft/", "aiuteur/models/animatic/")
"""Where the same request has to give the same bytes."""

CHANCE: Final = re.compile(
    r"hash|id|uuid\.uuid[14]|uuid[14]|os\.urandom|secrets\..*|random\.(?!Random$).*|time\.(time|time_ns|localtime|ctime|strftime)|"
    r"(datetime\.)?datetime\.(now|utcnow|today)|(datetime\.)?date\.today|(np|numpy)\.random\.(?!default_rng|Generator|SeedSequence|PCG64).*",
)
"""Calls whose answer differs from run to run."""


def spending(tree: Tree) -> list[str]:
    """Calls of a maker outside the one path that spends: a maker's `make` takes a request alone, a stage's a unit and a bench."""
    return [
        f"{module.path}:{call.lineno} {ast.unparse(call)}"
        for module in tree.modules("aiuteur", "aiuteur_dagster") if module.path not in SPENDERS
        for call, name in module.calls() if name.endswith(".make") and len(call.args) + len(call.keywords) == 1
    ]


def scribbling(tree: Tree) -> list[str]:
    """Statements that write versions outside the one module that does."""
    return [
        f"{module.path}:{line} {statement}"
        for module in tree.modules("aiuteur", "aiuteur_dagster")
        if module.path != SCRIBE and "/migrations/" not in module.path
        for line, statement in _writes(module)
    ]


def _writes(module: Module) -> Iterator[tuple[int, str]]:
    for call, name in module.calls():
        target = ast.unparse(call.args[0]) if call.args else ""
        writes = name.rpartition(".")[2] in {"insert", "update", "delete"} and re.fullmatch(r"(\w+\.)*(Version|versions)", target)
        if writes or name.rpartition(".")[2] == "Version":
            yield call.lineno, ast.unparse(call)[:80]
    for node in module.nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _VERSION_SQL.search(node.value):
            yield node.lineno, node.value[:80]


_VERSION_SQL: Final = re.compile(r"\b(insert\s+into|update|delete\s+from)\s+(\w+\.)?versions\b|\bwrite_versions\b", re.IGNORECASE)


def chancy(tree: Tree) -> list[str]:
    """Clocks, chance and addresses of memory where the same request has to give the same bytes."""
    found: list[str] = []
    for module in tree.modules("aiuteur"):
        if module.path.startswith(REPRODUCIBLE):
            found += [f"{module.path}:{call.lineno} {name}()" for call, name in module.calls() if _differs(call, name)]
            found += [f"{module.path}:{line} {name}" for line, name in module.imports() if _DRAWN.match(name)]
    return found


_DRAWN: Final = re.compile(r"secrets\.|random\.(?!Random$)")


def _differs(call: ast.Call, name: str) -> bool:
    unseeded = name.rpartition(".")[2] in {"default_rng", "Random"} and not call.args and not call.keywords
    return unseeded or CHANCE.fullmatch(name) is not None
