"""How code is cut and told: functions that fit a screen, files that fit a sitting, docstrings, annotations, empty packages."""

import ast
from collections.abc import Iterator
from statistics import median
from types import MappingProxyType
from typing import Final

from tests.house.tree import Function, Module, Tree

CODE: Final = ("aiuteur", "aiuteur_dagster", "benchmarks", "tests")
LONGEST_FUNCTION: Final = 45
MEDIAN_FUNCTION: Final = 10
LONGEST_FILE: Final = 250
LONGEST_TEST: Final = 350
"""A file of tests mirrors a module and may have more to say about it."""

TABLES: Final = MappingProxyType({
    "aiuteur/film/bible.py": "the vocabulary of bodies, places and light: enumerations and fields, no behaviour",
    "aiuteur/film/commands.py": "the vocabulary of commands: one noun each, no behaviour",
    "aiuteur/registry/tables.py": "the tables of the registry",
    "aiuteur/registry/migrations/versions/0001_make_the_registry.py": "the schema as DDL",
})
"""Files that may be longer, each with its reason."""


def lines(function: Function) -> int:
    """A function's lines from its `def` to its end, without its docstring."""
    told = ast.get_docstring(function, clean=False)
    return (function.end_lineno or function.lineno) - function.lineno + 1 - (told.count("\n") + 1 if told else 0)


def long_functions(tree: Tree) -> list[str]:
    """Functions that do not fit a screen."""
    return [
        f"{module.path}:{function.lineno} {function.name} has {lines(function)} lines"
        for module in tree.modules(*CODE) for function in module.functions() if lines(function) > LONGEST_FUNCTION
    ]


def median_function(tree: Tree) -> float:
    """The median length of the product's functions."""
    product = tree.modules("aiuteur", "aiuteur_dagster")
    return median([lines(function) for module in product for function in module.functions()] or [0])


def long_files(tree: Tree) -> list[str]:
    """Files longer than a sitting that are no table, and tables that no longer need to be one."""
    found: list[str] = []
    for module in tree.modules(*CODE):
        count = len(module.text.splitlines())
        longest = LONGEST_TEST if module.path.startswith("tests/") else LONGEST_FILE
        if count > longest and module.path not in TABLES:
            found.append(f"{module.path} has {count} lines")
        if count <= LONGEST_FILE and module.path in TABLES:
            found.append(f"{module.path} has {count} lines and need not be listed as a table any more")
    return found


def unannotated(tree: Tree) -> list[str]:
    """Functions with an argument or a result whose type is not written."""
    return [
        f"{module.path}:{function.lineno} {function.name}"
        for module in tree.modules(*CODE) for function in module.functions() if not _annotated(function)
    ]


def _annotated(function: Function) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return function.returns is not None and all(arg.annotation is not None for arg in named if arg.arg not in {"self", "cls"})


def untold(tree: Tree) -> list[str]:
    """Modules, public classes and public functions of the product without a docstring."""
    found: list[str] = []
    for module in tree.modules("aiuteur", "aiuteur_dagster", "benchmarks"):
        if "/migrations/" not in module.path:
            found += [f"{module.path}: {what}" for what, node in _public(module) if not ast.get_docstring(node)]
    return found


def _public(module: Module) -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    """The module, and everything public in it and in its public classes."""
    yield "the module", module.syntax
    for node in module.syntax.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from ((f"{node.name}.{inner.name}", inner) for inner in node.body
                        if isinstance(inner, Function) and not inner.name.startswith("_") and not _overload(inner))


def _overload(function: Function) -> bool:
    return any(ast.unparse(decorator).endswith("overload") for decorator in function.decorator_list)


def busy_packages(tree: Tree) -> list[str]:
    """Packages that do something when they are imported."""
    return [
        module.path for module in tree.modules("aiuteur", "aiuteur_dagster") if module.is_package
        and not (len(module.syntax.body) == 1 and ast.get_docstring(module.syntax))
    ]
