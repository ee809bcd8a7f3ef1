"""Long stories in parts: a task whose material is more than a model holds is asked part by part, and the answers are joined.

Belongs here: where a payload is cut and how contents are put together again. Does not belong here: asking
(`aiuteur.stages.work`), how many tokens a model holds (`aiuteur.models.catalogue`).

Parts overlap: each shows, as `before`, the last item of the part before it, so that a seam is written in view of what it goes on
from; what is shown so is not asked for again. Passages keep the numbers of the whole narrative and items their ids, so that an
id means the same in every part. A part is a payload of the same task: whoever reads answers knows nothing of parts.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, cast

from aiuteur.craft.passages import Piece, pieces
from aiuteur.craft.timing import content_seconds
from aiuteur.digest import Json

Payload = Mapping[str, Json]
_MOST: Final = 4
"""How many times as many parts as the size alone asks for are tried."""

Size = Callable[[str, Payload], int]


def parts(task: str, payload: Payload, room: int, size: Size) -> list[Payload]:
    """A payload in parts whose words take at most about `room` tokens each; itself, whole, where it fits or cannot be cut."""
    cut = _CUTS.get(task)
    whole = size(task, payload)
    if cut is None or whole <= room:
        return [payload]
    fewest = -(-whole // room)
    found: list[Payload] = []
    # What every part repeats (the brief, the overlap) takes room of its own: more parts are tried until all fit.
    for count in range(fewest, _MOST * fewest + 1):
        found = cut(payload, count)
        if all(size(task, part) <= room for part in found):
            break
    return found


def joined(task: str, payload: Payload, contents: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The content of the whole from those of its parts, in order."""
    return contents[0] if len(contents) == 1 else _JOINS[task](payload, contents)


def _story_parts(payload: Payload, count: int) -> list[Payload]:
    """The narrative in stretches of passages, each with its share of the film's seconds."""
    narrative = cast("Mapping[str, Any]", payload["narrative"])
    found = pieces(str(narrative["text"]))
    stretches = _stretches(found, count)
    whole = sum(piece.end - piece.start for piece in found)
    seconds = content_seconds(float(cast("Mapping[str, Any]", payload["brief"])["length_seconds"]))
    return [
        {**payload, "only": [piece.id for piece in stretch], "before": [last.id] if last is not None else [],
         "seconds": round(seconds * sum(piece.end - piece.start for piece in stretch) / whole, 3)}
        for stretch, last in zip(stretches, [None, *(stretch[-1] for stretch in stretches)], strict=False)
    ]


def _stretches(found: Sequence[Piece], count: int) -> list[Sequence[Piece]]:
    """Pieces in `count` runs of about the same number of characters."""
    whole, taken = sum(len(piece.text) for piece in found), 0
    made: list[Sequence[Piece]] = []
    run: list[Piece] = []
    for piece in found:
        run.append(piece)
        taken += len(piece.text)
        if taken >= whole * (len(made) + 1) / count:
            made.append(run)
            run = []
    return [*made, run] if run else made


def _beat_parts(payload: Payload, count: int) -> list[Payload]:
    """The beats in runs, each with the last beat of the one before."""
    runs = _runs(cast("Sequence[Json]", payload["beats"]), count)
    return [{**payload, "beats": run, "before": [last] if last else []} for run, last in runs]


def _scene_parts(payload: Payload, count: int) -> list[Payload]:
    """The script's scenes in runs, each after the first beginning with the last scene of the one before."""
    script = cast("Mapping[str, Any]", payload["script"])
    return [
        {**payload, "script": {**script, "scenes": [*([last] if last else []), *run]}}
        for run, last in _runs(script["scenes"], count)
    ]


def _runs(items: Sequence[Any], count: int) -> list[tuple[list[Any], Any]]:
    """Items in `count` runs, each with the last item of the run before."""
    step = max(1, -(-len(items) // count))
    return [(list(items[start:start + step]), items[start - 1] if start else None) for start in range(0, len(items), step)]


def _treatment_joined(payload: Payload, contents: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Each variant's prose and passages through all parts; its angle and logline are those of its first."""
    del payload
    variants = [
        {**ways[0], "prose": " ".join(way["prose"] for way in ways), "passages": [one for way in ways for one in way["passages"]]}
        for ways in zip(*(content["variants"] for content in contents), strict=True)
    ]
    return {"variants": variants, "selected": contents[0]["selected"]}


def _beats_joined(payload: Payload, contents: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """All beats in order; they already share the seconds as their stretches do."""
    del payload
    return {"beats": [beat for content in contents for beat in content["beats"]]}


def _script_joined(payload: Payload, contents: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """All scenes in order, under the title of the first part."""
    del payload
    return {**contents[0], "scenes": [scene for content in contents for scene in content["scenes"]]}


def _bible_joined(payload: Payload, contents: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Every entry once, by kind and name or alias: as its first part tells it, with the names that later parts add; one style."""
    del payload
    entries: list[dict[str, Any]] = []
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for content in contents:
        for entry in content["entries"]:
            names = [entry["name"], *entry.get("aliases", ())]
            kind = str(entry["kind"])
            known = [("style", "")] if kind == "style" else [(kind, str(name).casefold()) for name in names]
            same = next((kept[name] for name in known if name in kept), None)
            if same is None:
                same = dict(entry)
                entries.append(same)
            elif "aliases" in same:
                same["aliases"] = list(dict.fromkeys([*same["aliases"], *(name for name in names if name != same["name"])]))
            kept |= dict.fromkeys(known, same)
    return {"entries": sorted(entries, key=lambda entry: entry["kind"] == "style")}


_CUTS: Final[Mapping[str, Callable[[Payload, int], list[Payload]]]] = MappingProxyType({
    "treatment": _story_parts, "beats": _story_parts, "script": _beat_parts, "bible": _scene_parts,
})
_JOINS: Final[Mapping[str, Callable[[Payload, Sequence[Mapping[str, Any]]], Mapping[str, Any]]]] = MappingProxyType({
    "treatment": _treatment_joined, "beats": _beats_joined, "script": _script_joined, "bible": _bible_joined,
})
