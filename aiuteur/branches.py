"""Branches: what differs between two of them, and an item's past as the tree it is.

Belongs here: transactions around reading lanes side by side. Does not belong here: forking, merging and archiving, which are
commands (`aiuteur.desk`), or comparing (`aiuteur.craft.diffing`).
"""

from collections.abc import Sequence

from aiuteur.craft.diffing import StageChange, compare
from aiuteur.craft.world import Key
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import lineage, merges
from aiuteur.registry.database import Registry
from aiuteur.registry.lineage import Ancestor
from aiuteur.registry.naming import resolve
from aiuteur.settings import Settings

__all__ = ["Ancestor", "Branches"]


class Branches:
    """The branches of a studio's projects, compared."""

    def __init__(self, registry: Registry, storage: Storage, settings: Settings) -> None:
        self._registry, self._storage, self.settings = registry, storage, settings

    def diff(self, ours: Lane, theirs: Lane) -> tuple[StageChange, ...]:
        """What differs from one lane to another of its project, by stage and item; raises `NotFound`, `InvalidInput`."""
        with self._registry.transaction() as session:
            pairs, labels = merges.differing(session, ours, theirs)
        return compare(pairs, labels)

    def page(self, ours: Lane, theirs: Lane, stages: Sequence[StageChange]) -> str:
        """A difference as a page of HTML that needs nothing else."""
        from aiuteur.exports.difference import page

        return page(ours, theirs, stages, self._media)

    def past(self, lane: Lane, name: str) -> tuple[str, list[Ancestor]]:
        """Every version of an item as people name it, oldest first, each with the version it comes from; raises `NotFound`."""
        with self._registry.transaction() as session:
            return lineage.past(session, lane, name)

    def labels(self, lane: Lane) -> dict[Key, str]:
        """What people call the items of a lane that have names, those included that have left it; raises `NotFound`."""
        with self._registry.transaction() as session:
            return lineage.labels(session, lane)

    def find(self, lane: Lane, name: str) -> Key:
        """The item that people write so; raises `NotFound`, `InvalidInput` (ambiguous, or no name)."""
        with self._registry.transaction() as session:
            return resolve(session, lane, name)

    def _media(self, ref: MediaRef) -> bytes:
        return self._storage.get(ref.sha256)
