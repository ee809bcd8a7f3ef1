"""Casting: who makes things for a lane, role by role, and how many calls of each may run at once.

Belongs here: who is cast when nobody else is. Does not belong here: asking them (`routing`).
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final, Self

from aiuteur.errors import Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.models.animatic.cards import cast
from aiuteur.models.animatic.workroom import workroom
from aiuteur.models.protocols import Maker

_BUILT_IN: Final = {role: (f"aiuteur.models.animatic.{role}", f"Animatic{role.capitalize()}") for role in Role}
_AT_HAND: Final = frozenset({Role.WRITER, Role.VOICE})
"""Makers that need no process of the pool."""


@dataclass(slots=True)
class Cast:
    """Model cards by role, and the makers behind them, each engaged when first asked; `calls` of a role may run at once."""

    cards: Mapping[Role, ModelCard]
    engage: Callable[[Role], Maker]
    calls: int = 16
    pool: Executor | None = None
    _engaged: dict[Role, Maker] = field(default_factory=dict[Role, Maker])

    @classmethod
    def of(cls, makers: Mapping[Role, Maker], calls: int = 16) -> Self:
        """A cast of makers that are there already."""
        return cls({role: maker.card for role, maker in makers.items()}, makers.__getitem__, calls)

    @classmethod
    def built_in(cls, *, processes: int, calls: int) -> Self:
        """The animatic studio; without the voice extra nobody is cast as voice, and captions carry the words."""
        pool = workroom(processes)
        return cls(cast(), lambda role: _built_in(role, pool), calls, pool)

    def maker(self, role: Role) -> Maker:
        """Whoever is cast for a role; raises `Refused` where nobody is."""
        if role not in self.cards:
            message = f"Nobody is cast as {role}: install the built-in one, or cast a model."
            raise Refused(message)
        if role not in self._engaged:
            self._engaged[role] = self.engage(role)
        return self._engaged[role]

    def close(self) -> None:
        """End the processes; what they were making is abandoned."""
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)


def _built_in(role: Role, pool: Executor) -> Maker:
    module, name = _BUILT_IN[role]
    maker: Callable[..., Maker] = getattr(import_module(module), name)
    return maker() if role in _AT_HAND else maker(pool)
