"""Figures for analysts: tables as pandas frames, Parquet, comparisons, and the facts that every report is made of.

Belongs here: getting figures out, from the database or from a file. Does not belong here: what they mean (`craft.figures`), how
they are shown (`exports.report`), or writing them (`registry.figure_rows`).

    from aiuteur import figures
    takes, shots = figures.load("takes", project="ferry"), figures.load("shots", project="ferry")
    figures.compare(takes, shots, by="model")

pandas and pyarrow are loaded only by what gives frames.
"""

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from aiuteur.craft.figures.comparing import GROUPS, Cell, Sums, by_group, compared
from aiuteur.craft.figures.facts import Facts, ShotFigures
from aiuteur.craft.figures.running import Running
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.registry import embedded
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.figure_facts import STUDIO, facts
from aiuteur.registry.figure_frames import TABLES, fetch, framed, read, write
from aiuteur.registry.figure_rebuild import Difference
from aiuteur.registry.figure_rebuild import rebuild as rebuilt
from aiuteur.registry.tables import Project
from aiuteur.settings import Settings
from aiuteur.settings import load as settings_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["STUDIO", "TABLES", "added", "compare", "export", "facts", "facts_in", "facts_of", "load", "reading", "rebuild"]

_EXACT: Final = 2**53
_MADE: Final = ("provider", "model", "template", "shot_type")
_NEEDED: Final = {
    "takes": ("part", *_MADE, "characters", "score", "accepted", "cost_usd", "take_id"),
    "shots": (
        "project", "ordinal", "score", "median_score", "attempts", "cost_usd", "seconds", "shot", "model", "characters",
        "take_id",
    ),
}
"""The columns that a report is made of."""


def load(
    table: str, *, project: str | None = None, file: Path | None = None, only: Sequence[str] | None = None,
    registry: Registry | None = None, settings: Settings | None = None,
) -> "pd.DataFrame":
    """A table (takes, shots, calls, curves) as a frame with typed columns, of one project or of the whole studio.

    It comes from the registry, or from a Parquet `file` of `export`; `only` names the columns wanted. Raises `InvalidInput` for
    an unknown table or column or a file that holds none, `NotFound` for a project or a file that is not there, `Unavailable`.
    """
    if file is not None:
        return framed(read(file, table, project, only))
    with reading(registry, settings) as session:
        _there(session, project)
        return framed(fetch(session, table, project, only))


def export(
    table: str, path: Path, *, project: str | None = None, registry: Registry | None = None, settings: Settings | None = None,
) -> Path:
    """Write a table to a Parquet file; raises as `load`."""
    with reading(registry, settings) as session:
        _there(session, project)
        return write(fetch(session, table, project), path)


def compare(takes: "pd.DataFrame", shots: "pd.DataFrame", *, by: str) -> "pd.DataFrame":
    """Clip takes by provider, model, template, shot_type or character: score, attempts, share accepted, price, waste.

    `takes` and `shots` are frames of `load`; every number has its 95 % interval beside it (`_low`, `_high`). Calls that failed
    and were billed are in no frame of takes: the report adds them. Raises `InvalidInput` for an unknown `by`.
    """
    import pandas as pd

    if by not in GROUPS:
        message = f"Takes are not compared by {by!r}: they are by {', '.join(GROUPS)}."
        raise InvalidInput(message)
    return pd.DataFrame([_flat(asdict(one)) for one in compared(added(takes, shots)[by])])


def added(takes: "pd.DataFrame", shots: "pd.DataFrame") -> dict[str, list[Sums]]:
    """The sums of every comparison, by pandas where the takes come from a file."""
    every, ends = cast("Any", takes), cast("Any", shots).set_index("take_id")
    clips = every[every["part"] == "clip"]
    of, cost = clips["take_id"], clips["cost_usd"].fillna(0.0)
    tries, film = (of.map(ends[name].astype("float64")).astype("float64") for name in ("attempts", "seconds"))
    clips = clips[[*_MADE, "characters", "score", "accepted"]].assign(
        cost=cost, tries=tries, film=film.fillna(0.0), good=cost.where(tries.notna(), 0.0), costs=cost**2,
        films=film.fillna(0.0) ** 2, both=cost * film.fillna(0.0),
    )
    grouped = clips.groupby([*_MADE, "characters"], sort=False, dropna=False, observed=True).agg(
        takes=("cost", "size"), judged=("score", "count"), mean=("score", "mean"), variance=("score", "var"),
        shots=("tries", "count"), attempts=("tries", "mean"), attempts_variance=("tries", "var"), accepted=("accepted", "sum"),
        cost=("cost", "sum"), good=("good", "sum"), seconds=("film", "sum"), bills=("cost", "size"),
        cost_squares=("costs", "sum"), second_squares=("films", "sum"), products=("both", "sum"),
    )
    return by_group(
        Cell(_text(provider), _text(model), _text(template), _text(kind), _people(people), Sums("", *map(_plain, values)))
        for (provider, model, template, kind, people), values in zip(grouped.index, grouped.itertuples(index=False), strict=True)
    )


def facts_of(takes: "pd.DataFrame", shots: "pd.DataFrame", name: str = STUDIO) -> Facts:
    """What figures are made of where the takes come from files: of the one project that the frames hold, or of a studio."""
    sums = added(takes, shots)
    ordered: Any = shots.sort_values("ordinal")
    projects = set(ordered["project"].astype(object))
    if len(projects) != 1:
        return Facts(name, sums)
    cells = ("ordinal", "score", "attempts", "cost_usd", "seconds", "shot", "model", "characters", "median_score")
    completed = [
        ShotFigures(
            int(ordinal), _known(score), int(tries), _known(cost), float(seconds), str(shot), _text(model),
            _people(who), _known(middle),
        )
        for ordinal, score, tries, cost, seconds, shot, model, who, middle in _rows(ordered[list(cells)])
    ]
    series = {"quality": [one.score for one in completed], "attempts": [float(one.attempts) for one in completed],
              "cost": [one.cost_usd for one in completed]}
    return Facts(str(projects.pop()), sums, completed, {
        name: _state(completed, values) for name, values in series.items() if any(value is not None for value in values)})


def rebuild(
    project: str | None = None, *, registry: Registry | None = None, settings: Settings | None = None,
) -> list[Difference]:
    """Work the rows of one project, or of all, out again from their sources; mends and returns what differs, mostly nothing."""
    with reading(registry, settings) as session:
        _there(session, project)
        return rebuilt(session, project)


def facts_in(folder: Path) -> Facts:
    """What figures are made of, from the files that `export` wrote of takes and shots; raises as `load`."""
    takes, shots = (load(table, file=folder / f"{table}.parquet", only=_NEEDED[table]) for table in ("takes", "shots"))
    return facts_of(takes, shots)


@contextmanager
def reading(registry: Registry | None = None, settings: Settings | None = None) -> Generator[Session]:
    """A transaction to read in: of a registry, or of the one that the settings name, opened and closed again."""
    if registry is not None:
        with registry.transaction() as session:
            yield session
        return
    settings = settings or settings_of()
    url = settings.database_url.get_secret_value() if settings.database_url is not None else embedded.start(settings.home)
    prepare(url)
    opened = Registry.connect(url, local_user())
    try:
        with opened.transaction() as session:
            yield session
    finally:
        opened.close()


def _there(session: Session, project: str | None) -> None:
    """Raise `NotFound` for a project that is not, or no longer, there."""
    if project is not None and session.execute(select(Project.id).where(Project.name == project)).one_or_none() is None:
        message = f"There is no project {project}: `aiuteur lanes` lists those there are."
        raise NotFound(message)


def _state(completed: Sequence[ShotFigures], values: Sequence[float | None]) -> Running:
    state = Running()
    for shot, value in zip(completed, values, strict=True):
        state = state if value is None else state.add(value, float(shot.ordinal))
    return state


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A comparison as one row: each number with its interval beside it."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found |= {name: value["value"], f"{name}_low": value["low"], f"{name}_high": value["high"]}
        else:
            found[name] = value
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of a frame
    """A cell as Python has it: None for what is missing."""
    number = float(value)
    return None if math.isnan(number) else int(number) if number.is_integer() and abs(number) < _EXACT else number


def _rows(frame: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a frame, which has no types
    rows: Iterator[tuple[Any, ...]] = frame.astype(object).itertuples(index=False)
    return rows


def _known(value: Any) -> float | None:  # noqa: ANN401 - a cell of a frame
    return None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN and NA are not themselves


def _text(value: Any) -> str | None:  # noqa: ANN401 - a cell of a frame
    return value if isinstance(value, str) else None


def _people(value: Any) -> list[str]:  # noqa: ANN401 - a cell of a frame
    return value.split(", ") if isinstance(value, str) and value else []
