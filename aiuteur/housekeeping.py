"""Housekeeping: what leaves the studio, and the only ways in which it does.

Belongs here: erasing a project with its bytes, and sweeping up bytes that nothing refers to. Does not belong here: what Dagster
knows of a lane (`aiuteur_dagster.forgetting`), or when the sweep runs (`aiuteur_dagster.jobs.housekeeping`).
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from aiuteur.errors import Unavailable
from aiuteur.media.storage import Storage
from aiuteur.registry import erasing, media_rows
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.settings import Settings, load
from aiuteur.studio import database_url

if TYPE_CHECKING:
    from collections.abc import Generator

    from aiuteur.lane import Lane
    from aiuteur.registry.erasing import Erased

KEPT: Final = timedelta(days=7)
"""How long bytes that nothing refers to are kept: what was put may wait for its row while a call is under way."""

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed: objects, and their bytes in all."""

    objects: int
    bytes: int


class Housekeeping:
    """Removes what may go: as the local person their project, as the service the bytes that nobody refers to."""

    def __init__(self, person: Registry, service: Registry, storage: Storage) -> None:
        self._person, self._service, self._storage = person, service, storage

    @classmethod
    @contextmanager
    def open(cls, settings: Settings | None = None) -> "Generator[Self]":
        """The housekeeping of a studio, its connections given back at the end; raises `Unavailable`."""
        settings = settings or load()
        url = database_url(settings)
        prepare(url)
        person, service = Registry.connect(url, local_user()), Registry.connect(url, role="service")
        try:
            yield cls(person, service, Storage.open(settings.media))
        finally:
            person.close()
            service.close()

    def lanes_of(self, project: str) -> "list[Lane]":
        """The lanes that erasing a project would take away; raises `NotFound`, `Conflict` and `Refused` where it may not be."""
        with self._person.transaction() as session:
            return erasing.lanes_of(session, project)

    def erase(self, project: str, reason: str = "") -> "Erased":
        """Erase a project: its rows in one transaction, then the bytes that nobody refers to any more.

        Raises as `lanes_of`, and `Unavailable` where the bytes could not be removed.
        """
        with self._person.transaction() as session:
            gone = erasing.erase(session, project, reason)
        try:
            self._remove(gone.media)
        except Unavailable as error:
            message = f"{project} is erased, but not yet all of its media: {error} The nightly sweep takes them in a week."
            raise Unavailable(message) from error
        return gone

    def sweep(self, kept: timedelta = KEPT) -> Swept:
        """Remove the bytes that have been there for so long and that nothing refers to; raises `Unavailable`."""
        removed = size = 0
        old = self._storage.older(kept)
        while sizes := dict(islice(old, _AT_ONCE)):
            gone = self._remove(sizes, kept)
            removed, size = removed + len(gone), size + sum(sizes[sha] for sha in gone)
        return Swept(removed, size)

    def _remove(self, shas: Iterable[str], older: timedelta | None = None) -> list[str]:
        """Remove the bytes of those digests that no person has a row of and that nobody put again meanwhile; returns them."""
        asked = list(shas)
        with self._service.transaction() as session:
            known = media_rows.known(session, asked)
        return [sha for sha in asked if sha not in known and self._storage.remove(sha, older)]
