"""Casting: who makes things for a lane, role by role, item by item, and how many calls of each may run at once.

Belongs here: what people write as models, which rows of the casting count for an item, engaging makers. Does not belong here:
asking them (`routing`), which models there are (`catalogue`), keeping castings (`aiuteur.registry.castings`).

A model is written `animatic` (the built-in studio), `google` (whomever the catalogue names first there) or `google/name`. Several
in a row, joined by `+`, are asked in that order: the next where one refuses, is not there, or asks to wait for long.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final, Self

from aiuteur.craft.world import Key, World
from aiuteur.errors import InvalidInput, Permanent, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.shots import Shot
from aiuteur.models import catalogue
from aiuteur.models.animatic import workroom
from aiuteur.models.animatic.cards import cast
from aiuteur.models.protocols import Maker
from aiuteur.registry.castings import CastRow
from aiuteur.settings import Settings

_BUILT_IN: Final = {role: (f"aiuteur.models.animatic.{role}", f"Animatic{role.capitalize()}") for role in Role}
_AT_HAND: Final = frozenset({Role.WRITER, Role.VOICE, Role.JUDGE})
"""Makers that need no process of the pool."""

NEXT: Final = "+"
"""What stands between models that are asked one after the other."""


@dataclass(frozen=True, slots=True)
class Named:
    """One model as it was resolved: a provider and a name; the built-in studio has no name."""

    provider: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.provider}/{self.name}" if self.name else self.provider


BUILT_IN: Final = Named(catalogue.ANIMATIC)


@dataclass(slots=True)
class Cast:
    """Model cards by role, and the makers behind them, each engaged when first asked; `calls` of a role may run at once.

    `rows` are the lane's castings and `scenes` the scene of each of its shots; where no row fits, `cards` and `engage` count.
    `extras` are makers by name that are there already, for who brings their own.
    """

    cards: Mapping[Role, ModelCard]
    engage: Callable[[Role], Maker]
    calls: int = 16
    pool: Executor | None = None
    settings: Settings | None = None
    rows: Sequence[CastRow] = ()
    scenes: Mapping[str, str] = field(default_factory=dict[str, str])
    extras: Mapping[str, Maker] = field(default_factory=dict[str, Maker])
    _engaged: dict[tuple[Role, str], Maker] = field(default_factory=dict[tuple[Role, str], Maker])

    @classmethod
    def of(cls, makers: Mapping[Role, Maker], calls: int = 16, *others: Maker, settings: Settings | None = None) -> Self:
        """A cast of makers that are there already; `others` can be named in a casting, as `provider/name`."""
        extras = {f"{maker.card.provider}/{maker.card.name}": maker for maker in others}
        cards = {role: maker.card for role, maker in makers.items()}
        return cls(cards, makers.__getitem__, calls, settings=settings, extras=extras)

    @classmethod
    def built_in(cls, *, processes: int, calls: int, settings: Settings | None = None) -> Self:
        """The animatic studio; without the voice extra nobody is cast as voice, and captions carry the words."""
        pool = workroom.workroom(processes)
        return cls(cast(), lambda role: _built_in(role, pool), calls, pool, settings)

    def on(self, rows: Sequence[CastRow], scenes: Mapping[str, str]) -> "Cast":
        """The same people for another lane: its castings, and the scene of each of its shots."""
        return Cast(
            self.cards, self.engage, self.calls, self.pool, self.settings, rows, scenes, self.extras, self._engaged,
        )

    def names(self, role: Role, key: Key | None = None, model: str | None = None) -> tuple[Named, ...]:
        """Who is asked for an item, in order; `model` overrides the casting. Raises what the catalogue raises."""
        written = tuple(model.split(NEXT)) if model else chosen(self.rows, role, key, self.scenes)
        found = [self._resolved(role, one) for one in written]
        return tuple(dict.fromkeys(one for one in found if one is not None)) or (BUILT_IN,)

    def card(self, role: Role, key: Key | None = None, model: str | None = None) -> ModelCard | None:
        """The model that is asked first; None where nobody is cast. Nothing is engaged to know it."""
        first = self.names(role, key, model)[0]
        if first == BUILT_IN:
            return self.cards.get(role)
        if str(first) in self.extras:
            return self.extras[str(first)].card
        return catalogue.find(first.provider, first.name, role, own=self.settings.models_file if self.settings else None).card()

    def chain(self, role: Role, key: Key | None = None, model: str | None = None) -> tuple[Maker, ...]:
        """The makers that are asked for an item, in order; raises `Refused` where nobody is cast, or one cannot be engaged."""
        return tuple(self._maker(role, one) for one in self.names(role, key, model))

    def maker(self, role: Role) -> Maker:
        """Whoever is cast for a role where no item says otherwise; raises `Refused` where nobody is."""
        return self.chain(role)[0]

    def expect(self) -> None:
        """Have the processes made ready beside whatever is done until they are asked."""
        if self.pool is not None:
            workroom.open_up()

    def close(self) -> None:
        """End the processes; what they were making is abandoned."""
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)

    def _resolved(self, role: Role, written: str) -> Named | None:
        """A model as people write it; None where that provider has nobody for the role, and the built-in studio stands in."""
        provider, _, name = written.strip().partition("/")
        if provider == catalogue.ANIMATIC or written in self.extras:
            return Named(provider, "" if provider == catalogue.ANIMATIC else name)
        if name:
            return Named(provider, name)
        found = catalogue.chosen(provider, role, self._set())
        return Named(provider, found.name) if found is not None else None

    def _maker(self, role: Role, named: Named) -> Maker:
        if (known := self._engaged.get((role, str(named)))) is not None:
            return known
        if named == BUILT_IN and role not in self.cards:
            message = f"Nobody is cast as {role}: install the built-in one, or cast a model."
            raise Refused(message)
        made = self.engage(role) if named == BUILT_IN else self.extras.get(str(named))
        if made is None:
            made = catalogue.engage(named.provider, named.name, role, self._set())
        self._engaged[role, str(named)] = made
        return made

    def _set(self) -> Settings:
        if self.settings is None:
            self.settings = Settings()
        return self.settings


def chosen(rows: Sequence[CastRow], role: Role, key: Key | None, scenes: Mapping[str, str]) -> tuple[str, ...]:
    """The models of the narrowest casting that fits: a shot's, its scene's, the branch's, the project's; none: the built-in's."""
    wanted: list[str | None] = [*(items(key, scenes) if key is not None else ()), None]
    fitting = [row for row in rows if row.role is role and row.item in wanted]
    narrowest = min(fitting, key=lambda row: (wanted.index(row.item), not row.on_branch), default=None)
    return narrowest.models if narrowest is not None else (catalogue.ANIMATIC,)


def items(key: Key, scenes: Mapping[str, str]) -> tuple[str, ...]:
    """The shot and the scene an item belongs to, as castings name them: the narrower first."""
    head = key.item.partition("/")[0]
    if key.artifact in {"scenes", "looks"}:
        return (f"scene:{head}",)
    return (f"shot:{head}", f"scene:{scenes[head]}") if head in scenes else (f"scene:{head}",) if head in scenes.values() else ()


def scenes_of(world: World) -> dict[str, str]:
    """The scene of each shot of a world."""
    return {item: found.noun.scene_id for item, found in world.of("shot_list").items() if isinstance(found.noun, Shot)}


def parse(written: str) -> dict[Role, tuple[str, ...]]:
    """What was written after `--models`, role by role.

    `google` is for everybody; `writer=openai,illustrator=google/name+animatic` for some; both together: `google,voice=animatic`.
    Raises `InvalidInput`.
    """
    found: dict[Role, tuple[str, ...]] = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        name, equals, models = part.rpartition("=")
        if equals and name.strip() not in set(Role):
            message = f"There is no role {name.strip()!r}. The roles are {', '.join(Role)}."
            raise InvalidInput(message)
        order = tuple(one.strip() for one in models.split(NEXT) if one.strip())
        if not order:
            message = f"{part!r} names no model: write `google`, `role=model`, or `role=model{NEXT}model`."
            raise InvalidInput(message)
        found |= dict.fromkeys((Role(name.strip()),) if equals else Role, order)
    return found


def check(castings: Mapping[Role, Sequence[str]], settings: Settings) -> None:
    """Look whether every model named exists, lives, plays its role and can be engaged; raises what the catalogue raises."""
    for role, written in castings.items():
        for one in written:
            named = known(role, one, settings)
            if named is not None:
                catalogue.engage(named.provider, named.name, role, settings)


def castable(roles: Sequence[Role], written: str, settings: Settings) -> None:
    """Look whether every model of a row is there for one of these roles; raises what the catalogue says of the last of them."""
    for one in written.split(NEXT):
        wrong: list[Permanent] = []
        for role in roles:
            try:
                known(role, one.strip(), settings)
            except Permanent as error:
                wrong.append(error)
        if wrong and len(wrong) == len(roles):
            raise wrong[-1]


def known(role: Role, written: str, settings: Settings) -> Named | None:
    """The model of the catalogue that is meant, None for the built-in studio; raises what the catalogue raises."""
    providers = {model.provider for model in catalogue.models(settings.models_file).values()} | {catalogue.ANIMATIC}
    provider, _, name = written.partition("/")
    if provider not in providers:
        message = f"There is no provider {provider!r}. There are {', '.join(sorted(providers))}."
        raise InvalidInput(message)
    if provider == catalogue.ANIMATIC:
        return None
    found = catalogue.find(provider, name, role, own=settings.models_file) if name else catalogue.chosen(provider, role, settings)
    return Named(provider, found.name) if found is not None else None


def _built_in(role: Role, pool: Executor) -> Maker:
    module, name = _BUILT_IN[role]
    maker: Callable[..., Maker] = getattr(import_module(module), name)
    return maker() if role in _AT_HAND else maker(pool)
