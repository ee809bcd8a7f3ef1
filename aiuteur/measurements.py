"""Measurements: what is measured of media once, and kept with their bytes.

Belongs here: asking for what is known, measuring what is not, and keeping it. Does not belong here: measuring itself
(`aiuteur.media`), or what is compared (`aiuteur.stages.kinship`).
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from pydantic import TypeAdapter

from aiuteur.craft.world import Key, World
from aiuteur.film.takes import Film
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import media_rows, versions
from aiuteur.registry.database import Registry

if TYPE_CHECKING:  # the stages and OpenCV are heavy, and most commands measure nothing
    from sqlalchemy.orm import Session

    from aiuteur.media.measure_kinship import Picture
    from aiuteur.media.screening import FilmMeasure, Groups
    from aiuteur.stages.kinship import Pair, Proxy

_FILM: Final = "film"
_BESIDE: Final = "{kind} beside {other}"
"""What a comparison is kept as, with the first of its two pictures."""


class Measurements:
    """What was measured of a studio's media."""

    def __init__(self, registry: Registry, storage: Storage) -> None:
        self._registry, self._storage = registry, storage

    def film(self, lane: Lane, film: Film) -> "FilmMeasure":
        """A film's measures, taken once and kept by the digest of its bytes; what the film before it shared is not seen again."""
        from aiuteur.media.screening import FilmMeasure, measure_film

        kept, sha256 = TypeAdapter(FilmMeasure), film.video.sha256
        with self._registry.transaction() as session:
            known = media_rows.measurements(session, [sha256]).get(sha256, {})
            seen: Groups = {} if _FILM in known else _seen_before(session, lane)
        if _FILM in known:
            return kept.validate_python(known[_FILM])
        measured = measure_film(self._storage.get(sha256), seen)
        with self._registry.transaction() as session:
            media_rows.keep_measurements(session, sha256, {_FILM: asdict(measured)})
        return measured

    def proxies(self, world: World) -> "list[Proxy]":
        """How a lane's frames go together, and how like their key images its characters are: each pair is compared once."""
        from aiuteur.media.measure_kinship import picture
        from aiuteur.stages.kinship import compared, pairs, told

        found = pairs(world)
        with self._registry.transaction() as session:
            known = media_rows.measurements(session, {pair.one for pair in found})

        @cache
        def read(sha256: str) -> "Picture":
            return picture(self._storage.get(sha256))

        fresh: dict[str, dict[str, dict[str, float]]] = {}
        for pair in found:
            if _name(pair) not in known.get(pair.one, {}):
                fresh.setdefault(pair.one, {})[_name(pair)] = compared(pair, read(pair.one), read(pair.other))
        with self._registry.transaction() as session:
            for sha256, measured in fresh.items():
                media_rows.keep_measurements(session, sha256, measured)
        both = {pair: fresh.get(pair.one, {}).get(_name(pair)) or known[pair.one][_name(pair)] for pair in found}
        return [proxy for pair, values in both.items() for proxy in told(pair, cast("Mapping[str, float]", values))]


def _name(pair: "Pair") -> str:
    return _BESIDE.format(kind=pair.kind, other=pair.other)


def _seen_before(session: "Session", lane: Lane) -> "Groups":
    """The groups of pictures that the lane's last film but one was found to have."""
    for earlier in versions.history(session, lane, Key(_FILM))[1:2]:
        film = versions.version(session, lane, Key(_FILM), earlier.n).noun
        known = media_rows.measurements(session, [film.video.sha256]) if isinstance(film, Film) else {}
        for measured in known.values():
            if _FILM in measured:
                return cast("Groups", cast("dict[str, object]", measured[_FILM]).get("groups", {}))
    return {}
