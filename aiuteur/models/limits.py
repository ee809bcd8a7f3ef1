"""Limits: which a call falls under: its provider's, its model's and its key's, as the operator set them.

Belongs here: from settings to limits. Does not belong here: keeping them across processes (`aiuteur.registry.limits`).
"""

from typing import Final

from aiuteur.digest import digest
from aiuteur.film.crew import ModelCard
from aiuteur.registry.limits import Limit
from aiuteur.settings import Pace, Settings

MARGIN: Final = 1.04
"""How much longer than allowed two calls are kept apart: on the way to the provider one may gain a little on the other."""

KEY: Final = "key:"
"""What stands before a provider's name in a limit for whatever key is set for it."""


def limits(card: ModelCard, settings: Settings) -> tuple[Limit, ...]:
    """The limits of a model; those that were never set are there all the same, so that a provider that says no is left alone."""
    if card.replayable:
        return ()
    found = [
        _limit(card.provider, settings.limits.get(card.provider)),
        _limit(f"{card.provider}/{card.name}", settings.limits.get(f"{card.provider}/{card.name}")),
    ]
    of_key = settings.limits.get(f"{KEY}{card.provider}")
    if of_key is not None:
        found.append(_limit(f"{card.provider}#{_mark(card.provider, settings)}", of_key))
    return tuple(found)


def _limit(scope: str, pace: Pace | None) -> Limit:
    if pace is None:
        return Limit(scope)
    per_second = min((rate for rate in (pace.per_second, pace.per_minute and pace.per_minute / 60) if rate), default=0.0)
    return Limit(scope, MARGIN / per_second if per_second else 0.0, pace.burst, pace.at_once)


def _mark(provider: str, settings: Settings) -> str:
    """What tells one key of a provider from another, and tells nothing of it."""
    secret = getattr(settings, f"{provider}_api_key", None)
    return digest(["limit", secret.get_secret_value() if secret is not None else ""])[:8]
