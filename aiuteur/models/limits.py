"""Limits: which a call falls under: its provider's, its model's and its key's, as the operator set them.

Belongs here: from settings to limits. Does not belong here: keeping them across processes (`aiuteur.registry.limits`).
"""

import math
from collections.abc import Sequence
from typing import Final

from aiuteur.digest import digest
from aiuteur.film.crew import ModelCard
from aiuteur.registry.limits import Limit
from aiuteur.settings import Pace, Settings

MARGIN: Final = 1.025
"""How much longer than allowed two calls are kept apart: on the way to the provider one may gain a little on the other.

Whoever is later than that tells, and the call a window later waits for it (`aiuteur.registry.limits`).
"""

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
    rates = [(rate / span, span) for rate, span in ((pace.per_second, 1.0), (pace.per_minute, 60.0)) if rate]
    if not rates:
        return Limit(scope, burst=pace.burst, at_once=pace.at_once)
    per_second, span = min(rates)
    return Limit(scope, MARGIN / per_second, pace.burst, pace.at_once, span=max(span, 1 / per_second))


def leeway(found: Sequence[Limit]) -> float:
    """Seconds by which a call may be later than its place without coming too near to the one a window later."""
    return min(((MARGIN - 1) * limit.span for limit in found if limit.every), default=math.inf)


def _mark(provider: str, settings: Settings) -> str:
    """What tells one key of a provider from another, and tells nothing of it."""
    secret = getattr(settings, f"{provider}_api_key", None)
    return digest(["limit", secret.get_secret_value() if secret is not None else ""])[:8]
