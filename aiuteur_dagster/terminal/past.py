"""The past in the terminal: events in words, and the versions of an item as the tree they are.

Belongs here: how both are told. Does not belong here: reading them (`aiuteur.branches`, `aiuteur.registry.events`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text
from rich.tree import Tree

from aiuteur.craft.naming import key_of
from aiuteur.film.stages import STAGES
from aiuteur.registry.naming import name_of
from aiuteur_dagster.terminal import screen
from aiuteur_dagster.terminal.answers import plain

if TYPE_CHECKING:
    from aiuteur.craft.world import Key
    from aiuteur.digest import Json
    from aiuteur.lane import Lane
    from aiuteur.studio import Studio

_SHOWN: Final = 6
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def versions(studio: "Studio", lane: "Lane", item: str) -> "tuple[str, list[dict[str, Json]]]":
    """An item's name, and its versions, oldest first: `parent` is the version each comes from, `source` another branch's."""
    name, found = studio.branches.past(lane, item)
    return name, [{
        "version": one.row.n, "parent": one.parent, "source": one.source, "origin": one.row.origin,
        "provider": one.row.provider, "model": one.row.model, "guidance": one.row.guidance,
        "score": plain(getattr(one.row, "score", None)), "cost_usd": plain(one.row.cost_usd),
        "created_at": plain(one.row.created_at), "selected": one.row.selected, "best": one.row.best,
        "rejected": one.row.rejected, "starred": bool(getattr(one.row, "starred", False)), "digest": one.row.digest,
    } for one in found]


def draw(name: str, rows: "Sequence[Mapping[str, Json]]") -> None:
    """Draw versions under the ones they come from; those made anew stand side by side."""
    tree = Tree(Text(name, style="bold"), guide_style="dim")
    drawn: dict[object, Tree] = {}
    for row in rows:
        above = drawn.get(row["parent"], tree)
        drawn[row["version"]] = above.add(_version(row))
    screen.out.print(tree)


def _version(row: "Mapping[str, Json]") -> Text:
    marks = [name for name in ("selected", "best", "starred", "rejected") if row[name]]
    told = Text(f"{row['version']} ", style="bold")
    told.append(str(row["origin"]), style="")
    if row["source"]:
        told.append(f" from {row['source']}")
    if row["model"]:
        told.append(f" by {row['model']}")
    if row["score"] is not None:
        told.append(f" score {row['score']}")
    if marks:
        told.append(f"  {', '.join(marks)}", style="red" if "rejected" in marks else "green")
    told.append(f"  {row['created_at']}", style="dim")
    if row["guidance"]:
        told.append(f"\n{row['guidance']}", style="italic")
    return told


def told(rows: "Sequence[Mapping[str, Json]]", labels: "Mapping[Key, str]") -> "list[dict[str, Json]]":
    """Events for the eye: when, what, and what of, items by their names."""
    return [
        {"at": row["at"], "what": str(row["kind"]).replace("_", " "), "of": _words(row["payload"], labels)} for row in rows
    ]


def _words(payload: "Json", labels: "Mapping[Key, str]") -> str:
    if not isinstance(payload, Mapping):
        return ""
    parts = {name: _said(value, labels) for name, value in payload.items() if value not in (None, "", [], {})}
    return "; ".join(f"{name.replace('_', ' ')} {said}" for name, said in parts.items())


def _said(value: "Json", labels: "Mapping[Key, str]") -> str:
    """A value of an event; what is a key of an item is told by its name, a long list by its beginning and its length."""
    if isinstance(value, Mapping):
        return _said([_pair(called(name, labels), part) for name, part in value.items()], labels)
    if isinstance(value, list | tuple):
        shown = ", ".join(called(str(part), labels) for part in value[:_SHOWN])
        return shown + (f" and {len(value) - _SHOWN} more" if len(value) > _SHOWN else "")
    return called(str(value), labels)


def _pair(name: str, value: "Json") -> str:
    """A name with what is said of it, unless that is an id, which says nothing to people."""
    return name if isinstance(value, str) and _ID.fullmatch(value) else f"{name} {value}"


def called(text: str, labels: "Mapping[Key, str]") -> str:
    """What people write for the key of an item; anything else as it stands."""
    key = key_of(text)
    return name_of(key, labels) if key.item and (key.artifact in STAGES or key.artifact == "order") else text
