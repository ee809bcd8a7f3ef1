"""Something to look at on every materialization: words as markdown, lists as tables, pictures as one contact sheet.

Belongs here: which form each stage's artifact takes in the UI. Does not belong here: how pictures are laid out
(`aiuteur.exports.contact_sheet`) or figures (`aiuteur_dagster.metadata`). Exhibits live in the event log, so each is an excerpt.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import dagster as dg

from aiuteur.film.bible import KeyImage, image_item
from aiuteur.film.brief import Brief, Narrative
from aiuteur.film.dailies import Verdict
from aiuteur.film.noun import MediaRef
from aiuteur.film.quote import Quote
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Look, Scene
from aiuteur.film.story import Beat, Treatment
from aiuteur.film.takes import Film, Frame, FrameEnd, Prompt
from aiuteur_dagster import labels
from aiuteur_dagster.curves import SHOWN
from aiuteur_dagster.proxies import proxies
from aiuteur_dagster.reading import called, named, one, ordered_shots, several
from aiuteur_dagster.resources.studio import Studio

if TYPE_CHECKING:
    from aiuteur.craft.world import World
    from aiuteur.stages.run import StageReport

Values: TypeAlias = "dict[str, dg.MetadataValue[Any]]"
Cell: TypeAlias = str | int | float | bool
Picked: TypeAlias = tuple[str, MediaRef]
Media: TypeAlias = Callable[[MediaRef], bytes]

WORDS: Final = 6_000
ROWS: Final = 120
PICTURES: Final = 9
SHEET_BYTES: Final = 48 * 1024


def exhibit(report: "StageReport", studio: Studio) -> Values:
    """What there is to see of a stage that has just worked: how it looks, and beside the dailies what is only reported."""
    beside = proxies(studio.measurements.proxies(report.world)) if report.stage == "dailies" else {}
    return look(report.stage, report.world, studio.media) | beside


def look(stage: str, world: "World", media: Media) -> Values:
    """How a stage of a lane looks, under its constant name; nothing where the lane has none of it yet.

    `media` gives stored bytes; what it raises is raised.
    """
    if stage in _SHEETS:
        return _sheet(_SHEETS[stage](world), media)
    if stage == "film":
        return _film(world, media)
    if stage in SHOWN:
        return SHOWN[stage](world)
    if stage in _TABLES:
        return _table(_TABLES[stage](world))
    words = _WORDS[stage](world) if stage in _WORDS else ""
    return {labels.LOOK: dg.MetadataValue.md(_excerpt(words))} if words else {}


def _excerpt(text: str) -> str:
    return text if len(text) <= WORDS else f"{text[:WORDS].rsplit(None, 1)[0]}\n\n… ({len(text):,} characters in all)"


def _narrative(world: "World") -> str:
    given = one(world, Narrative, "narrative")
    by = f"\n\n*by {given.author}*" if given and given.author else ""
    return f"# {given.title}{by}\n\n{given.text}" if given else ""


def _treatment(world: "World") -> str:
    found = one(world, Treatment, "treatment")
    return "\n\n".join(
        f"## {variant.angle}{' (selected)' if number == found.selected else ''}\n\n*{variant.logline}*\n\n{variant.prose}"
        for number, variant in enumerate(found.variants)
    ) if found else ""


def _beats(world: "World") -> str:
    return "\n".join(
        f"{number}. **{beat.turn.value}**, {beat.seconds:.1f} s, {beat.emotion}: {beat.text}"
        for number, beat in enumerate(several(world, Beat, "beats"), 1)
    )


def _script(world: "World") -> str:
    found = one(world, Script, "script")
    return f"```\n{found.fountain}\n```" if found else ""


def _prompts(world: "World") -> str:
    prompts = named(world, Prompt, "prompts")
    return "\n\n".join(
        f"### {shot.label}\n\n{prompts[shot.id].frame}\n\n*{prompts[shot.id].video}*"
        for shot in ordered_shots(world) if shot.id in prompts
    )


_WORDS: Final[Mapping[str, Callable[["World"], str]]] = MappingProxyType({
    "narrative": _narrative, "treatment": _treatment, "beats": _beats, "script": _script, "prompts": _prompts,
})


def _brief(world: "World") -> list[dict[str, Cell]]:
    found = one(world, Brief, "brief")
    return [{"asked": name.replace("_", " "), "for": str(value) if not isinstance(value, list) else ", ".join(map(str, value))}
            for name, value in found.document().items() if value not in ("", [])] if found else []


def _scenes(world: "World") -> list[dict[str, Cell]]:
    names = called(world)
    return [
        {"scene": scene.number, "slug line": scene.slug, "mood": scene.mood, "weather": scene.weather.value,
         "cast": ", ".join(names.get(who, who) for who in scene.cast), "ends": scene.end_state}
        for scene in several(world, Scene, "scenes")
    ]


def _shots(world: "World") -> list[dict[str, Cell]]:
    return [
        {"shot": shot.label, "seconds": round(shot.duration, 2), "action": shot.action,
         "dialogue": " / ".join(f"{line.speaker}: {line.text}" for line in shot.dialogue),
         "framing": _plain(shot.cinematography.size, shot.cinematography.shot_type),
         "camera": f"{_plain(shot.cinematography.angle, shot.cinematography.movement)}, {shot.cinematography.lens_mm} mm"}
        for shot in ordered_shots(world)
    ]


def _plain(*choices: StrEnum) -> str:
    """Choices as people say them; a column for each would leave the action none to stand in."""
    return ", ".join(choice.value.replace("_", " ") for choice in choices)


def _looks(world: "World") -> list[dict[str, Cell]]:
    names, looks = called(world), named(world, Look, "looks").values()
    place = {item: at for at, item in enumerate((*world.order("scenes"), *world.order("bible")))}
    return [
        {"scene": names.get(look.scene_id, look.scene_id), "who": names.get(look.entry_id, look.entry_id),
         "wardrobe": ", ".join(look.wardrobe.garments) if look.wardrobe else "as before",
         "tags": ", ".join(look.tags), "carries forward": look.carry_forward}
        for look in sorted(looks, key=lambda look: (place.get(look.scene_id, 0), place.get(look.entry_id, 0)))
    ]


def _quote(world: "World") -> list[dict[str, Cell]]:
    found = one(world, Quote, "quote")
    return [
        {"stage": line.stage, "model": f"{line.provider}/{line.model}", "calls": line.calls, "seconds": round(line.seconds, 1),
         "price_usd": "unknown" if line.price_usd is None else f"{line.price_usd:.2f}", "why": line.reason}
        for line in found.lines
    ] if found else []


def _verdicts(world: "World") -> list[dict[str, Cell]]:
    names, place = called(world), {shot.id: number for number, shot in enumerate(ordered_shots(world))}
    found = named(world, Verdict, "dailies")
    return [
        {"take": _take(item, names), "overall": verdict.overall.value,
         "score": "unknown" if verdict.score is None else f"{verdict.score:.2f}",
         "gates failed": ", ".join(gate.name for gate in verdict.gates if not gate.passed),
         "issues": "; ".join(issue.description for issue in verdict.issues)}
        for item, verdict in sorted(found.items(), key=lambda one: (place.get(one[0].split("/")[0], len(place)), one[0]))
    ]


def _take(item: str, names: Mapping[str, str]) -> str:
    return " ".join(names.get(part, part) for part in item.split("/"))


_TABLES: Final[Mapping[str, Callable[["World"], list[dict[str, Cell]]]]] = MappingProxyType({
    "brief": _brief, "scenes": _scenes, "shot_list": _shots, "looks": _looks, "quote": _quote, "dailies": _verdicts,
})


def _table(rows: Sequence[dict[str, Cell]]) -> Values:
    if not rows:
        return {}
    columns = [dg.TableColumn(name, _column_type(value)) for name, value in rows[0].items()]
    schema = dg.TableSchema(columns=columns)
    return {
        labels.LOOK: dg.MetadataValue.table([dg.TableRecord(row) for row in rows[:ROWS]], schema),
        "dagster/row_count": dg.MetadataValue.int(len(rows)),
    }


def _column_type(value: Cell) -> str:
    return "string" if isinstance(value, str) else type(value).__name__


def _bible(world: "World") -> list[Picked]:
    images = named(world, KeyImage, "bible")
    found = (images.get(image_item(item)) for item in world.order("bible"))
    return [(image.name, image.picture) for image in found if image is not None]


def _starts(world: "World") -> dict[str, MediaRef]:
    return {frame.shot_id: frame.picture for frame in named(world, Frame, "frames").values() if frame.end is FrameEnd.START}


def _frames(world: "World") -> list[Picked]:
    starts = _starts(world)
    return [(shot.label, starts[shot.id]) for shot in ordered_shots(world) if shot.id in starts]


def _clips(world: "World") -> list[Picked]:
    """Clips by the frame each starts from, which tells them apart without decoding a video."""
    starts, taken = _starts(world), world.of("clips")
    return [(f"{shot.label}, {shot.duration:.1f} s", starts[shot.id])
            for shot in ordered_shots(world) if shot.id in starts and shot.id in taken]


_SHEETS: Final[Mapping[str, Callable[["World"], list[Picked]]]] = MappingProxyType({
    "bible": _bible, "frames": _frames, "clips": _clips,
})


def _sheet(pictures: Sequence[Picked], media: Media) -> Values:
    """A few of the pictures, evenly chosen, on one sheet that fits the event log."""
    if not pictures:
        return {}
    from aiuteur.exports.contact_sheet import contact_sheet, thumbnails

    shown = min(PICTURES, len(pictures))
    chosen = [pictures[at * (len(pictures) - 1) // max(1, shown - 1)] for at in range(shown)]
    sheet = contact_sheet(thumbnails([ref for _, ref in chosen], media), [label for label, _ in chosen], SHEET_BYTES)
    more = f"\n\n{len(chosen)} of {len(pictures)}" if shown < len(pictures) else ""
    inline = base64.b64encode(sheet).decode()
    return {labels.LOOK: dg.MetadataValue.md(f"![contact sheet](data:image/jpeg;base64,{inline}){more}")}


def _film(world: "World", media: Media) -> Values:
    """A strip of the film's frames, and how long it is."""
    found = one(world, Film, "film")
    return _sheet(_frames(world), media) | {
        labels.FILM_SECONDS: dg.MetadataValue.float(round(found.seconds, 3)), labels.SHOTS: dg.MetadataValue.int(found.shots),
        "lines": dg.MetadataValue.int(found.lines), "lines_voiced": dg.MetadataValue.int(found.lines_voiced),
    } if found else {}
