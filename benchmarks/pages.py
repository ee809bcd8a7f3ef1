"""The pages of the guide that are rendered from what they tell about: `python -m benchmarks.pages` writes them.

Belongs here: pages that would go stale if they were written by hand. Does not belong here: measuring (`benchmarks.report`).
"""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from aiuteur import errors
from aiuteur.film.stages import GATES, GRAPH, StageSpec
from benchmarks.command_pages import commands, transitions
from benchmarks.model_pages import page as models

GUIDE: Final = Path(__file__).resolve().parent.parent / "docs" / "guide"


def exit_codes() -> str:
    """The page of exit codes, from the classes of `aiuteur.errors`."""
    rows = [f"| {kind.exit_code} | `{kind.__name__}` | {_again(kind)} | {_told(kind)} |" for kind in _kinds(errors.AiuteurError)]
    return "\n".join([
        "# Exit codes", "",
        "Every command of `aiuteur` ends with one of these. What went wrong is told on stderr: what, where, what to do.", "",
        "| code | called | trying again | what happened |", "|---|---|---|---|",
        "| 0 | | | It worked. |",
        "| 1 | | may help | A run failed in a way that nobody foresaw; the UI has its log. |",
        *rows,
        "| 130 | | goes on | Ctrl-C. What is made is kept; the same command goes on where it was. |", "",
    ])


def stages() -> str:
    """The page of stages, from the stage graph."""
    return "\n".join([
        "# Stages", "",
        "What is made of a story, in order. An arrow reads “is read by”; a dashed one only waits.", "",
        "```mermaid", "flowchart LR", *_edges(), "```", "",
        "| stage | artifact | department | one for each | reads | asks | what it is |", "|---|---|---|---|---|---|---|",
        *(_row(stage) for stage in GRAPH), "",
        "Each artifact is an asset of the same name in Dagster, partitioned by lane (`project@branch`).", "",
    ])


PAGES: Final = MappingProxyType({
    "exit-codes.md": exit_codes, "stages.md": stages, "commands.md": commands,
    "transitions.md": transitions, "models/table.md": models,
})
"""Every rendered page of the guide, by file name."""


def _kinds(base: type[errors.AiuteurError]) -> Iterator[type[errors.AiuteurError]]:
    """The errors that end a command, by exit code: those that have a code of their own."""
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, base) and kind is not base]
    return iter(sorted((kind for kind in classes if "exit_code" in vars(kind)), key=lambda kind: kind.exit_code))


def _again(kind: type[errors.AiuteurError]) -> str:
    if issubclass(kind, errors.Transient):
        return "may help"
    return "does not help" if issubclass(kind, errors.Permanent) else "waits for a person"


def _told(kind: type[errors.AiuteurError]) -> str:
    return (kind.__doc__ or "").partition(";")[0].strip().removesuffix(".") + "."


def _edges() -> Iterator[str]:
    for stage in GRAPH:
        for read in stage.reads:
            yield f"    {read} {'-.->' if read in GATES else '-->'} {stage.name}"


def _row(stage: StageSpec) -> str:
    reads = ", ".join(f"`{name}`" for name in stage.reads) or "–"
    asks = ", ".join(stage.roles) or "–"
    cells = (str(stage.number or "–"), f"`{stage.name}`", stage.group.replace("_", " "), stage.item, reads, asks, stage.does)
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Write every page."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (GUIDE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
