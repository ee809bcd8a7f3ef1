"""The model cards of the built-in studio, apart from the makers: to know who is cast, nobody has to load.

A maker whose answers change for the same request is another model: raise its number, so that the ledger keeps the two apart.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from aiuteur.film.crew import ModelCard, Role

MAX_SECONDS: Final = 12.0


def _card(name: str) -> ModelCard:
    return ModelCard("animatic", "builtin", name, replayable=True, reads_words=False, max_seconds=MAX_SECONDS)


CARDS: Final[Mapping[Role, ModelCard]] = MappingProxyType({
    Role.WRITER: _card("writer-4"),
    Role.ILLUSTRATOR: _card("illustrator-4"),
    Role.CINEMATOGRAPHER: _card("cinematographer-1"),
    Role.VOICE: _card("voice-1"),
    Role.SOUND: _card("sound-3"),
    Role.JUDGE: _card("judge-2"),
})
"""Which model the built-in studio casts for each role."""


def voiced() -> bool:
    """Whether the voice extra is installed; without it nobody speaks, and captions carry the words."""
    return find_spec("espeakng_loader") is not None


def cast() -> dict[Role, ModelCard]:
    """Who can be cast on this machine."""
    return {role: card for role, card in CARDS.items() if role is not Role.VOICE or voiced()}
