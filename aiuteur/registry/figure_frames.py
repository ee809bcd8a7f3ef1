"""Tables of figures as Arrow and pandas: their columns, out of Postgres by COPY, in and out of Parquet.

Belongs here: types and transport. Does not belong here: what analysts call (`aiuteur.figures`).
"""

import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from psycopg import sql
from sqlalchemy.orm import Session

from aiuteur.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    import pandas as pd

_DIMENSIONS: Final = dict.fromkeys(
    ("narrative_fidelity", "character_consistency", "continuity", "technical_quality", "emotional_authenticity", "composition"),
    "float",
)
_WHERE: Final = {"project": "name", "branch": "name", "shot": "text", "label": "text"}
_MADE: Final = dict.fromkeys(("provider", "model", "template"), "name")
_KIND: Final = {"rules": "text", "scene": "name", "shot_type": "name", "size": "name", "characters": "name"}

TABLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "takes": {
        **_WHERE, "part": "name", "n": "count", "attempt": "count", "origin": "name", **_MADE, **_KIND, "seconds": "float",
        "waited": "float", "cost_usd": "float", "at": "time", "judge": "name", "score": "float", "overall": "name",
        "accepted": "bool", "gates_failed": "count", **_DIMENSIONS, "take_id": "text",
    },
    "shots": {
        **_WHERE, "ordinal": "count", "how": "name", "attempts": "count", "best_take": "count", "score": "float",
        "median_score": "float", "seconds": "float", "cost_usd": "float", "at": "time", **_MADE, **_KIND, **_DIMENSIONS,
        "take_id": "text",
    },
    "calls": {
        "project": "name", "branch": "name", "artifact": "name", "item": "text", "role": "name", "task": "name",
        "provider": "name", "model": "name", "attempt": "count", "state": "name", "reused": "count", "reserved_usd": "float",
        "cost_usd": "float", "waited": "float", "at": "time",
    },
    "curves": {
        "project": "name", "series": "name", "n": "count", "mean": "float", "slope": "float", "sd": "float", "mean_x": "float",
        "mxx": "float", "mxy": "float", "myy": "float",
    },
})
"""The columns of each table and their types: names are categories, counts whole numbers that may be missing, times are UTC."""


def columns(table: str, only: Sequence[str] | None = None) -> Mapping[str, str]:
    """The columns of a table, or some of them; raises `InvalidInput` naming the tables or columns there are."""
    if table not in TABLES:
        message = f"There is no table of figures called {table!r}: they are {', '.join(TABLES)}."
        raise InvalidInput(message)
    unknown = set(only or ()) - set(TABLES[table])
    if unknown:
        message = f"{table} has no column {', '.join(sorted(unknown))}: it has {', '.join(TABLES[table])}."
        raise InvalidInput(message)
    return {name: kind for name, kind in TABLES[table].items() if only is None or name in only}


def fetch(session: Session, table: str, project: str | None = None, only: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - an Arrow table, which has no types
    """A table of one project or of all as Arrow, by COPY: a million rows in seconds. Raises `InvalidInput` (no such table)."""
    from pyarrow import csv as reader

    csv: Any = reader
    wanted = columns(table, only)
    picked = [
        sql.SQL("{0} AT TIME ZONE 'UTC' AS {0}" if kind == "time" else "{}").format(sql.Identifier(name))
        for name, kind in wanted.items()
    ]
    of = sql.SQL("WHERE project = {}").format(sql.Literal(project)) if project is not None else sql.SQL("")
    statement = sql.SQL("COPY (SELECT {} FROM figures.{} {}) TO STDOUT (FORMAT csv, HEADER)").format(
        sql.SQL(", ").join(picked), sql.Identifier(table), of)
    received = io.BytesIO()
    driver = cast("psycopg.Connection[Any]", session.connection().connection.driver_connection)
    with driver.cursor().copy(statement) as copy:
        for block in copy:
            received.write(block)
    received.seek(0)
    rules = csv.ConvertOptions(
        column_types=_arrow(wanted), null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False,
        true_values=["t"], false_values=["f"],
    )
    return csv.read_csv(received, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=rules)


def framed(table: Any) -> "pd.DataFrame":  # noqa: ANN401 - an Arrow table
    """An Arrow table as a frame: categories, `Int64` and `boolean` with missing values, floats with NaN, times in UTC."""
    import pandas as pd

    pa = _pyarrow()
    kinds = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(na_value=math.nan)}
    frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get)
    for name in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(frame[name]) and frame[name].dt.tz is None:
            frame[name] = frame[name].dt.tz_localize("UTC")
    return frame


def write(table: Any, path: Path) -> Path:  # noqa: ANN401 - an Arrow table
    """Write a table to Parquet, whole or not at all; makes the folder."""
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.making")
    parquet.write_table(table, making, compression="zstd")
    making.replace(path)
    return path


def read(path: Path, table: str, project: str | None = None, only: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - an Arrow table
    """A table of `write`; raises `NotFound` (no such file) and `InvalidInput` (not such a table)."""
    from pyarrow import parquet as reader

    parquet: Any = reader
    pa = _pyarrow()
    if not path.is_file():
        message = f"{path} is not there: write it with `aiuteur figures --parquet`."
        raise NotFound(message)
    message = f"{path} holds no table of {table}: it has to be a Parquet file that `aiuteur figures --parquet` wrote."
    wanted = _arrow(columns(table))
    picked = list(columns(table, only))
    try:
        if set(parquet.read_schema(path).names) != set(wanted):
            raise InvalidInput(message)
        rows = [("project", "=", project)] if project is not None else None
        return parquet.read_table(path, schema=pa.schema(list(wanted.items())), columns=picked, filters=rows)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InvalidInput(message) from error


def _pyarrow() -> Any:  # noqa: ANN401 - a library without types
    import pyarrow as pa

    return pa


def _arrow(wanted: Mapping[str, str]) -> dict[str, Any]:
    pa = _pyarrow()
    kinds = {
        "name": pa.dictionary(pa.int32(), pa.string()), "text": pa.string(), "count": pa.int64(), "float": pa.float64(),
        "bool": pa.bool_(), "time": pa.timestamp("us"),
    }
    return {name: kinds[kind] for name, kind in wanted.items()}
