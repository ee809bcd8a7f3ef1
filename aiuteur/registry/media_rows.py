"""Media as rows: which bytes a person has, and what was measured of them, so that nothing is measured twice.

Belongs here: rows about bytes. Does not belong here: the bytes (`aiuteur.media`).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import cast

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.noun import MediaRef
from aiuteur.registry.lanes import person
from aiuteur.registry.tables import Media


def remember(session: Session, refs: Iterable[MediaRef]) -> None:
    """Write a row for each of these media that this person has not yet, in one statement."""
    owner = person(session)
    if owner is None:
        message = "Media need an owner: connect as a person, not as the service."
        raise InvalidInput(message)
    rows = {ref.sha256: {"owner_id": owner, **ref.model_dump()} for ref in refs}
    if rows:
        session.execute(insert(Media).values([rows[sha256] for sha256 in sorted(rows)]).on_conflict_do_nothing())


def measurements(session: Session, digests: Collection[str]) -> dict[str, dict[str, Json]]:
    """What was measured of some media, by digest; those are left out that nobody has."""
    found = session.execute(select(Media.sha256, Media.measurements).where(Media.sha256.in_(digests)))
    return {sha256: cast("dict[str, Json]", measured or {}) for sha256, measured in found}


def known(session: Session, shas: Iterable[str]) -> set[str]:
    """Which of these digests somebody has a row of; the service sees everybody's."""
    return set(session.execute(select(Media.sha256).where(Media.sha256.in_(list(shas))).distinct()).scalars())


def keep_measurements(session: Session, sha256: str, measured: Mapping[str, Json]) -> None:
    """Add to what is known of some bytes; raises `NotFound` where they were never remembered."""
    kept = session.execute(
        update(Media).where(Media.sha256 == sha256)
        .values(measurements=Media.measurements.concat(func.jsonb_build_object() if not measured else dict(measured)))
        .returning(Media.sha256),
    ).scalar_one_or_none()
    if kept is None:
        message = f"No media {sha256[:12]}… is known to measure: remember it first."
        raise NotFound(message)
