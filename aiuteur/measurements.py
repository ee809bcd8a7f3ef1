"""Measurements: what is measured of media once, and kept with their bytes.

Belongs here: asking for what is known, measuring what is not, and keeping it. Does not belong here: measuring itself
(`aiuteur.media`), or what is compared (`aiuteur.stages.kinship`).
"""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from pydantic import TypeAdapter

from aiuteur.craft.world import Key, World
from aiuteur.film.takes import Clip, Film
from aiuteur.media.storage import Storage
from aiuteur.registry import media_rows, versions
from aiuteur.registry.database import Registry
from aiuteur.stages.measuring import GROUPS

if TYPE_CHECKING:  # the stages and OpenCV are heavy, and most commands measure nothing
    from sqlalchemy.orm import Session

    from aiuteur.media.groups import Groups
    from aiuteur.media.measure_kinship import Picture
    from aiuteur.media.screening import FilmMeasure
    from aiuteur.stages.kinship import Pair, Proxy

_FILM: Final = "film"
_BESIDE: Final = "{kind} beside {other}"
"""What a comparison is kept as, with the first of its two pictures."""


class Measurements:
    """What was measured of a studio's media."""

    def __init__(self, registry: Registry, storage: Storage) -> None:
        self._registry, self._storage = registry, storage
        self._beside = ThreadPoolExecutor(1)
        self._playing: dict[str, Future[FilmMeasure]] = {}

    def close(self) -> None:
        """Wait for what is being measured."""
        self._beside.shutdown()

    def play(self, world: World, film: Film) -> None:
        """Begin to measure a lane's film, beside whatever is done until its measures are asked for."""
        self._playing[film.video.sha256] = self._beside.submit(self._film, world, film)

    def film(self, world: World, film: Film) -> "FilmMeasure":
        """A lane's film measured once, and kept by the digest of its bytes.

        Pictures that were seen to the end are not decoded again: of a clip when it was reviewed, of the film before when it was
        measured.
        """
        playing = self._playing.pop(film.video.sha256, None)
        return playing.result() if playing is not None else self._film(world, film)

    def _film(self, world: World, film: Film) -> "FilmMeasure":
        from aiuteur.media.screening import FilmMeasure, measure_film

        kept, sha256 = TypeAdapter(FilmMeasure), film.video.sha256
        with self._registry.transaction() as session:
            known = media_rows.measurements(session, [sha256]).get(sha256, {})
            seen: Groups = {} if _FILM in known else _seen(session, world)
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


def _seen(session: "Session", world: World) -> "Groups":
    """The groups of pictures that the lane's clips, and its last film but one, were found to have."""
    films = [
        film.video.sha256 for earlier in versions.history(session, world.lane, Key(_FILM))[1:2]
        if isinstance(film := versions.version(session, world.lane, Key(_FILM), earlier.n).noun, Film)
    ]
    clips = [found.noun.video.sha256 for found in world.of("clips").values() if isinstance(found.noun, Clip)]
    known = media_rows.measurements(session, [*films, *clips])
    told = [known[sha256].get(_FILM, {}) if sha256 in films else known[sha256] for sha256 in known]
    found = {one: counts for each in told for one, counts in cast("dict[str, Groups]", each).get(GROUPS, {}).items()}
    return {one: (frames, black) for one, (frames, black) in found.items()}
