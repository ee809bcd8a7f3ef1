"""`branch`, `diff`, `merge`, `archive`, `restore`: whole lanes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, cast

import typer

from aiuteur.digest import Json
from aiuteur.errors import Unavailable
from aiuteur.film.commands import Archive, Fork, Merge, Restore
from aiuteur.lane import Lane
from aiuteur.studio import Studio
from aiuteur_dagster.terminal import differing, doing, screen
from aiuteur_dagster.terminal.options import AsJson, OfLane

_OTHER = Annotated[str, typer.Argument(metavar="OTHER", help="The other lane, or a branch of the same project.")]


def branch(
    lane: OfLane,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new branch: a-z, 0-9 and '-'.")],
    at: Annotated[str | None, typer.Option(help="The last stage it has from here, by name or number; all if not given.")] = None,
    message: Annotated[str, typer.Option("--message", "-m", help="What it is for.")] = "",
    as_json: AsJson = False,
) -> None:
    """Begin a branch of a lane: no calls, no media, no cost."""
    where = Lane.parse(lane)
    with Studio.open() as studio:
        result = studio.desk.do(where, Fork(branch=name, at=at, message=message))
    answer: dict[str, Json] = {**result.answer, "from": str(where), "at": at or "all", "message": message}
    if as_json:
        screen.json_value(answer)
    else:
        screen.out.print(f"{answer['lane']} begins with {answer['inherited']} items of {where}.")


def diff(
    lane: OfLane,
    other: _OTHER,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with the pictures side by side.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Every field of prompts and takes too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what differs between two branches, by stage and item."""
    ours = Lane.parse(lane)
    theirs = beside(ours, other)
    with Studio.open() as studio:
        stages = studio.branches.diff(ours, theirs)
        if html is not None:
            _write(html, studio.branches.page(ours, theirs, stages))
    if as_json:
        screen.json_value(differing.answer(ours, theirs, stages))
    elif html is not None:
        screen.out.print(f"The difference of {ours} and {theirs} is in {html}.")
    else:
        differing.draw(ours, theirs, stages, full=full)


def merge(
    lane: OfLane,
    other: _OTHER,
    take: Annotated[list[str] | None, typer.Option(metavar="ITEM,…", help="Only these: scene:4,shot:7B,bible:sue.")] = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="Take theirs where both changed, or a named one is pinned.")] = False,
    message: Annotated[str, typer.Option("--message", "-m", help="Why, kept with the versions.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take items over from another branch: those named, or all that can be had."""
    where = Lane.parse(lane)
    named = tuple(item for one in take or () for part in one.split(",") if (item := part.strip()))
    source = beside(where, other)
    with Studio.open() as studio:
        answer = doing.carry_out(studio, where, Merge(source=str(source), take=named, theirs=theirs, message=message))
    screen.json_value(answer) if as_json else _merged(answer)


def archive(
    lane: OfLane,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put a lane away: it can only be read, and leaves Dagster's partitions."""
    doing.give(lane, Archive(reason=reason), f"Archived; `aiuteur restore {lane}` brings it back", as_json=as_json)


def restore(lane: OfLane, *, as_json: AsJson = False) -> None:
    """Bring an archived lane back."""
    doing.give(lane, Restore(), "Restored", as_json=as_json)


def beside(lane: Lane, other: str) -> Lane:
    """Another lane as written: `project@branch`, or a branch of the same project by its name alone."""
    return Lane.parse(other) if "@" in other.lstrip("@") else Lane(lane.project, other.lstrip("@"))


def _write(file: Path, page: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        message = f"The page cannot be written to {file} ({error.strerror}): give another --html."
        raise Unavailable(message) from error


def _merged(answer: Mapping[str, Json]) -> None:
    taken, gone, left = (cast("Sequence[Json]", answer.get(name, ())) for name in ("taken", "gone", "left"))
    rows = [
        {"item": one["item"], "became": one["how"], "fields": ", ".join(map(str, _list(one["fields"])))}
        for one in taken if isinstance(one, Mapping)
    ]
    rows += [{"item": name, "became": "gone", "fields": ""} for name in gone]
    screen.out.print(f"Merged {answer.get('source')} into {answer['lane']}, which is at revision {answer['revision']}." if rows
                     else f"Nothing to take from {answer.get('source')}.")
    if rows:
        screen.table(rows, "")
    for one in left:
        if isinstance(one, Mapping):
            screen.out.print(f"Left {one['item']}: {one['reason']}.")


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list | tuple) else ()
