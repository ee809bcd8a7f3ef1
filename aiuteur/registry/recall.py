"""Recall: what of a lane's lists is not selected and yet known.

That is what the parent had of lists that the lane, forked before them, has not made yet, and items that a person rejected.

Belongs here: fetching it. Does not belong here: using it: a list made anew is held against it, so that what comes out the same is
the same item, and is not paid for again (`aiuteur.stages.lists`).
"""

from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from aiuteur.craft.world import ORDER, Key, World
from aiuteur.registry.worlds import noun_of

_LISTS: Final = (ORDER, "beats", "script", "bible", "shot_list")
_RECALLED: Final = text("""
SELECT a.kind, a.item, v.n, v.content FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
JOIN aiuteur.artifacts a ON a.branch_id = b.id JOIN aiuteur.versions v ON v.id = coalesce(a.forked_version_id, a.head_version_id)
WHERE p.name = :project AND b.name = :branch AND a.kind = ANY(:lists) AND a.selected_version_id IS NULL
    AND (a.forked_version_id IS NOT NULL OR a.tombstoned_at IS NULL)
""").bindparams(bindparam("lists", type_=ARRAY(Text())))


def recall(session: Session, world: World) -> World:
    """A world with its `past`; as it is where every list is made and all that is in it selected."""
    if _whole(world):
        return world
    lane = world.lane
    rows = session.execute(_RECALLED, {"project": lane.project, "branch": lane.branch, "lists": list(_LISTS)})
    return replace(world, past={Key(kind, item): noun_of(lane, Key(kind, item), n, content) for kind, item, n, content in rows})


def _whole(world: World) -> bool:
    scenes = world.order("scenes")
    lists = [("bible", "bible"), ("beats", "beats"), *(("shot_list", scene) for scene in scenes)]
    wanted = [Key(ORDER, scope) for scope in ("scenes", "bible", *scenes)]
    wanted += [Key(artifact, item) for artifact, scope in lists for item in world.order(scope)]
    return all(key in world.items for key in wanted)
