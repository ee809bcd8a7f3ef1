"""Who may import whom: floors, circles, and the libraries that a floor may know."""

import sys
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import Final

from tests.house.tree import Module, Tree

FLOORS: Final = MappingProxyType({
    "aiuteur.errors": 0, "aiuteur.digest": 0, "aiuteur.lane": 0, "aiuteur.settings": 0,
    "aiuteur.commitpoints": 0,  # names at which a test may end the process
    "aiuteur.film": 1,
    "aiuteur.craft": 2,
    "aiuteur.prompts": 2,  # files that craft renders
    "aiuteur.catalogue": 2,  # facts about models, as files
    "aiuteur.registry": 3, "aiuteur.media": 3,
    "aiuteur.intake": 3,  # a person's file, in; the nouns and the verbs make a narrative of it
    "aiuteur.webhooks": 3,  # one address that is told what waits for a person
    "aiuteur.figures": 4,
    "aiuteur.models": 4,
    "aiuteur.exports": 5,
    "aiuteur.stages": 6,  # the last of them, the film, goes out with what exports draws
    "aiuteur.desk": 6, "aiuteur.branches": 6, "aiuteur.purchases": 6,
    "aiuteur.listening": 7,  # where providers' webhooks arrive
    "aiuteur.measurements": 7,  # compares what stages have made
    "aiuteur.accounts": 7,  # prices what stages plan, and tells the desk
    "aiuteur.studio": 8,  # opens everything below for whoever works with it
    "aiuteur.watch": 9,  # what sensors ask of it
    "aiuteur.housekeeping": 9,  # what leaves the studio
    "aiuteur_dagster": 10,
})
"""The floor of each folder and of each module at the top; the longest name that fits counts."""

PURE: Final = frozenset({
    "pydantic", "numpy", "scipy", "statsmodels", "jinja2",
    "defusedxml",  # Final Draft is XML, and reading it safely is the grammar's business: bytes in, text out
})
"""What the nouns and the verbs may know besides the standard library."""

UNPURE: Final = frozenset({
    "asyncio", "socket", "sqlite3", "subprocess", "urllib.request", "http", "random", "secrets", "tempfile", "shutil", "time",
    "os", "threading", "multiprocessing",
})
"""What of the standard library they may not: I/O, the clock, chance."""

FOREIGN: Final = frozenset({
    "sqlalchemy", "alembic", "psycopg", "psycopg2", "httpx", "httpx2", "requests", "cv2", "av", "skia", "obstore",
})
"""What the orchestra may not know: SQL, HTTP, pixels."""


def floor(name: str) -> tuple[str, int] | None:
    """The folder that a module belongs to, and its floor; None outside the house."""
    fitting = [known for known in FLOORS if name == known or name.startswith(f"{known}.")]
    best = max(fitting, key=len, default=None)
    return (best, FLOORS[best]) if best is not None else None


def climbing(tree: Tree) -> list[str]:
    """Imports that go up, or sideways into another folder."""
    found: list[str] = []
    for module in tree.modules("aiuteur", "aiuteur_dagster"):
        here = floor(module.name)
        if here is None:
            if not module.is_package:
                found.append(f"{module.path} stands on no floor: name it in tests/house/floors.py")
            continue
        for line, name in module.imports():
            there = floor(name)
            if there and there[0] != here[0] and there[1] >= here[1] and here[1] > 0:
                found.append(f"{module.path}:{line} {here[0]} (floor {here[1]}) imports {name} (floor {there[1]})")
    return found


def circles(tree: Tree) -> list[str]:
    """Modules that import each other in a ring."""
    names = {module.name for module in tree.everything}
    edges = {module.name: _internal(module, names) - {module.name} for module in tree.modules("aiuteur", "aiuteur_dagster")}
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return [" → ".join(error.args[1])]
    return []


def _internal(module: Module, names: set[str]) -> set[str]:
    """The modules of the house that a module imports; a package counts only where nothing in it is meant."""
    mentioned = {name for _, name in module.imports()}
    return {name for name in mentioned & names if not any(other.startswith(f"{name}.") for other in mentioned & names)}


def impure(tree: Tree) -> list[str]:
    """Libraries that film and craft may not know."""
    pure = [module for module in tree.modules("aiuteur") if module.path.startswith(("aiuteur/film/", "aiuteur/craft/"))]
    return [
        f"{module.path}:{line} imports {name}" for module in pure for line, name in module.imports()
        if _forbidden(name) or _library(name) not in PURE
    ]


def _forbidden(name: str) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in UNPURE)


def _library(name: str) -> str:
    """The third-party library of an import; one of the pure ones for what is of the house or of the standard library."""
    top = name.partition(".")[0]
    return "pydantic" if top == "aiuteur" or top in sys.stdlib_module_names else top


def strangers(tree: Tree) -> list[str]:
    """Dagster in the studio, and SQL, HTTP or pixels in the orchestra."""
    studio = [(module, line, name) for module in tree.modules("aiuteur") for line, name in module.imports()]
    orchestra = [(module, line, name) for module in tree.modules("aiuteur_dagster") for line, name in module.imports()]
    wrong = [found for found in studio if found[2].startswith("dagster")]
    wrong += [found for found in orchestra if found[2].partition(".")[0] in FOREIGN]
    return [f"{module.path}:{line} imports {name}" for module, line, name in wrong]
