"""The source tree as the rules of the house see it: every module with its name, its text and its syntax.

Belongs here: reading and walking source. Does not belong here: any rule (`tests.house.floors`, `tests.house.shape`, …).
"""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

ROOT: Final = Path(__file__).resolve().parents[2]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its path below the root, its dotted name and its text."""

    path: str
    name: str
    text: str

    @cached_property
    def syntax(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    @property
    def is_package(self) -> bool:
        """Whether this is an `__init__.py`."""
        return self.path.endswith("__init__.py")

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of the file."""
        return ast.walk(self.syntax)

    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        return (node for node in self.nodes() if isinstance(node, Function))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the dotted name it calls, as written."""
        return ((node, ast.unparse(node.func)) for node in self.nodes() if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every imported name with its line: `from a import b` is both `a` and `a.b`."""
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.lineno, node.module
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@dataclass(frozen=True)
class Tree:
    """A checkout, or a planted imitation of one."""

    root: Path

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file that belongs to the product: tracked, or new and not ignored; in a planted tree, every file."""
        if not (self.root / ".git").exists():
            return tuple(sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()))
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git the person has
            cwd=self.root, check=True, capture_output=True, text=True,
        ).stdout.splitlines()
        return tuple(sorted(name for name in set(listed) if (self.root / name).is_file()))

    def modules(self, *tops: str) -> tuple[Module, ...]:
        """The Python modules below some top folders."""
        return tuple(module for module in self.everything if module.path.split("/")[0] in tops)

    @cached_property
    def everything(self) -> tuple[Module, ...]:
        """Every Python module."""
        return tuple(
            Module(path, path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), self.text(path))
            for path in self.files if path.endswith(".py")
        )

    def text(self, path: str) -> str:
        """A file's text; bytes that are no UTF-8 are replaced."""
        return (self.root / path).read_text(encoding="utf-8", errors="replace")
