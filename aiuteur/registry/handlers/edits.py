"""Commands that write versions: edit, select a variant, keep.

Belongs here: what a person changed in one item, and what must change with it. Does not belong here: lists (`lists`), what may be
changed (`aiuteur.craft.revising`).
"""

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy.orm import Session

from aiuteur.craft.naming import name_in
from aiuteur.craft.revising import rebased, revise
from aiuteur.craft.world import Key, Selected
from aiuteur.digest import Json
from aiuteur.errors import Conflict, InvalidInput
from aiuteur.film import commands as c
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Shot
from aiuteur.lane import Lane
from aiuteur.registry.drafts import Draft, Origin, Outcome, Recorded
from aiuteur.registry.handlers.handled import UNCHANGED, Handled, held_items, weighed
from aiuteur.registry.lanes import LaneRow, lane_row
from aiuteur.registry.naming import LaneNames, locate, resolve
from aiuteur.registry.pointers import held_for
from aiuteur.registry.versions import write
from aiuteur.registry.worlds import fields_of, some


def edit(session: Session, lane: Lane, command: c.Edit) -> Handled:
    """Change some fields of an item, or of one scene of the script."""
    row = lane_row(session, lane)
    key, part = locate(session, lane, command.item)
    held_for(session, row, command.kind, [key])
    found = some(session, lane, row.branch_id, [key])[key]
    changes = weighed(cast("Mapping[str, Json]", command.changes))
    more = _joined(session, lane, row, found.noun, changes) if isinstance(found.noun, Shot) else []
    noun = revise(found.noun, changes, part)
    _unique(session, lane, row, key, found.noun, noun)
    drafts = [edited(found, noun, guidance=command.guidance), *more]
    return told("edited", write(session, row, Outcome(drafts)).recorded, fields=sorted(command.changes), part=part)


def select_variant(session: Session, lane: Lane, command: c.SelectVariant) -> Handled:
    """Choose one of the treatment's variants."""
    row, _ = held_items(session, lane, command.kind, ("treatment",))
    found = some(session, lane, row.branch_id, [Key("treatment")])[Key("treatment")]
    noun = revise(found.noun, {"selected": command.variant - 1})
    return told("edited", write(session, row, Outcome([edited(found, noun)])).recorded, fields=["selected"])


def keep(session: Session, lane: Lane, command: c.Keep) -> Handled:
    """Rebase items: the same content, on what it was made from as that is now; pinned."""
    row, held = held_items(session, lane, command.kind, command.items)
    found = some(session, lane, row.branch_id, [one.key for one in held])
    now = fields_of(session, row.branch_id, {read for one in found.values() for read in reads(one)})
    drafts = [edited(one, one.noun, basis=rebased(one.basis, now)) for one in found.values()]
    done = write(session, row, Outcome(drafts))
    return told("kept", done.recorded) if done.changed else UNCHANGED


def edited(
    found: Selected, noun: Noun, *, basis: Mapping[str, str] | None = None, guidance: str | None = None, label: str | None = None,
    pin: bool = True,
) -> Draft:
    """A person's new version of an item, made from what the old one was."""
    return Draft(
        found.key, noun, found.basis if basis is None else basis, Origin.EDITED, pin=pin, parent_id=found.version_id,
        guidance=guidance, label=label,
    )


def reads(found: Selected) -> set[Key]:
    """The items that a version was made from."""
    return {Key(*path.split(":", 2)[:2]) for path in found.basis}


def told(event: str, recorded: Sequence[Recorded], **details: Json) -> Handled:
    """What was written, for the event and for who asked."""
    return Handled(event, [one.key for one in recorded], recorded, details)


def _joined(session: Session, lane: Lane, row: LaneRow, shot: Shot, changes: dict[str, Json]) -> list[Draft]:
    """Where a shot is to continue from another, that one's id in place of its name, and its end frame asked for."""
    name = changes.get("continues_from")
    if not isinstance(name, str):
        return []
    key = resolve(session, lane, name if ":" in name else f"shot:{name}")
    found = some(session, lane, row.branch_id, [key]).get(key)
    if found is None or not isinstance(found.noun, Shot) or key.item == shot.id or found.noun.scene_id != shot.scene_id:
        message = f"Shot {shot.label} cannot continue from {name}: name another shot of its scene."
        raise InvalidInput(message)
    changes["continues_from"] = key.item
    if found.noun.requires_end_frame:
        return []
    held_for(session, row, "edit", [key])
    return [edited(found, found.noun.model_copy(update={"requires_end_frame": True}), pin=found.pinned)]


def _unique(session: Session, lane: Lane, row: LaneRow, key: Key, old: Noun, new: Noun) -> None:
    """Refuse a shot's label that another one bears: people could not tell them apart."""
    name = name_in(new)
    if key.artifact == "shot_list" and name is not None and name != name_in(old):
        others = [one for one in LaneNames(session, lane, row.branch_id).find("shot_list", name) if one.item != key.item]
        if others:
            message = f"There is a shot {name} already: give this one another label."
            raise Conflict(message)
