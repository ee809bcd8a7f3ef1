"""What is written beside the code: locks, dependencies and their reasons, the changelog, and nothing of anybody's machine."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Final, cast

from tests.house.tree import Module, Tree

DEPENDENCIES: Final = "docs/adr/0002-dependencies.md"
LOCKS: Final = ("requirements.lock", "requirements-voice.lock", "requirements-dev.lock")
BINARY: Final = (".png", ".jpg", ".jpeg", ".mp4", ".flac", ".wav", ".gz", ".zip")

_PIN: Final = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?P<where>(?:\s*;[^\\]+?)?)"
    r"(?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})+",
)
_MACHINE: Final = re.compile(r"(?<![\w.~/-])/(?:work|root|Users|home/(?!\.)\w+)/\w")
_INDEX: Final = re.compile(
    r"https?://[^\s\"'<>)]*(?:pypi|pythonhosted|/simple\b|artifactory|nexus|devpi)|(?<!no-emit)--(?:extra-)?(?:index-url|find-links)\b",
)


def private_places(tree: Tree) -> list[str]:
    """Paths of somebody's machine, and addresses of package indexes."""
    return [
        f"{path}:{number} {line.strip()[:100]}"
        for path in tree.files if not path.endswith(BINARY)
        for number, line in enumerate(tree.text(path).splitlines(), 1) if _MACHINE.search(line) or _INDEX.search(line)
    ]


def loose_locks(tree: Tree) -> list[str]:
    """Lines of the locks that are neither a pin, a hash nor blank; pins without a hash; pins that differ from lock to lock."""
    found: list[str] = []
    pins: dict[str, str] = {}
    for path in LOCKS:
        entries = re.split(r"\n(?=\S)", tree.text(path).strip())
        for entry in entries:
            pin = _PIN.fullmatch(entry)
            if pin is None:
                found.append(f"{path}: {entry.splitlines()[0][:100]!r} is not a pin with hashes alone")
            elif pins.setdefault(f"{pin['name']}{pin['where']}", pin["version"]) != pin["version"]:
                found.append(f"{path}: {pin['name']} is pinned to {pin['version']} here and otherwise elsewhere")
    return found


def declared(tree: Tree) -> set[str]:
    """The dependencies of pyproject.toml, extras too, without versions and without the package itself."""
    project = cast("dict[str, object]", tomllib.loads(tree.text("pyproject.toml"))["project"])
    lists = [project["dependencies"], *cast("dict[str, list[str]]", project.get("optional-dependencies", {})).values()]
    names = {re.split(r"[\[<>=!~; ]", line)[0] for wanted in cast("list[list[str]]", lists) for line in wanted}
    return names - {"aiuteur"}


def reasoned(tree: Tree) -> dict[str, str]:
    """The dependencies that the decision record gives a reason for, each with the name it is imported by (or why by none)."""
    rows = re.findall(r"^\| `([\w.-]+)` \| (.+?) \| (\S.+?) \|$", tree.text(DEPENDENCIES), flags=re.MULTILINE)
    return {name: imported for name, imported, _ in rows}


def unreasoned(tree: Tree) -> list[str]:
    """Dependencies without a reason, reasons without a dependency, and dependencies that nothing imports."""
    names, told = declared(tree), reasoned(tree)
    used = {name.partition(".")[0] for module in tree.everything for name in _imported(module)}
    return [
        *(f"{name} is declared in pyproject.toml and has no reason in {DEPENDENCIES}" for name in sorted(names - set(told))),
        *(f"{name} has a reason in {DEPENDENCIES} and is not declared" for name in sorted(set(told) - names)),
        *(f"{name} is imported nowhere (as {imported})" for name, imported in sorted(told.items())
          if imported.startswith("`") and imported.strip("`") not in used),
    ]


def _imported(module: Module) -> Iterator[str]:
    """What is imported, by a statement or by a name in quotes."""
    yield from (name for _, name in module.imports())
    for call, name in module.calls():
        if name.rpartition(".")[2] == "import_module" and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


_RELEASE: Final = re.compile(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d")
_KINDS: Final = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def changelog_slips(tree: Tree) -> list[str]:
    """Where the changelog leaves the form of Keep a Changelog."""
    text = tree.text("CHANGELOG.md")
    heads = re.findall(r"^## (.*)$", text, flags=re.MULTILINE)
    kinds = re.findall(r"^### (.*)$", text, flags=re.MULTILINE)
    return [
        *([] if text.startswith("# Changelog\n") else ["CHANGELOG.md does not begin with '# Changelog'"]),
        *([] if heads[:1] == ["[Unreleased]"] else ["the first section is not [Unreleased]"]),
        *(f"{head!r} is not '[version] - date'" for head in heads[1:] if not _RELEASE.fullmatch(head)),
        *(f"{kind!r} is no kind of change" for kind in kinds if kind not in _KINDS),
    ]


def undecided(tree: Tree) -> list[str]:
    """Decision records without one of the four parts, or out of number."""
    records = [path for path in tree.files if path.startswith("docs/adr/")]
    found = [f"{path} has no '{part}'" for path in records for part in ("Status", "Context", "Decision", "Consequences")
             if not re.search(rf"^(?:## )?{part}\b", tree.text(path), flags=re.MULTILINE)]
    numbers = [path.removeprefix("docs/adr/")[:4] for path in records]
    return found + ([] if numbers == [f"{n:04d}" for n in range(1, len(records) + 1)] else [f"numbers are {numbers}"])


def unreasoned_exceptions(tree: Tree) -> list[str]:
    """Places where a lint or type rule is switched off without saying why, after a dash or in a comment on the line above."""
    found: list[str] = []
    for module in tree.everything:
        lines = module.text.splitlines()
        found += [
            f"{module.path}:{number} {line.strip()[:100]}" for number, line in enumerate(lines, 1)
            if _OFF.search(line) and not _WHY.search(line) and not lines[number - 2].lstrip().startswith("# ")
        ]
    return found


_OFF: Final = re.compile(r"#\s*(?:noqa|pyright: ignore|type: ignore)\b(?!\S*`)")
_WHY: Final = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|pyright: ignore\[[\w, ]+\]) - \S")
