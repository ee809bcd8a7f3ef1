"""Stage 11: the quote, which is the plan of what is missing or stale and what making it will cost."""

from pydantic import Field

from aiuteur.film.noun import Noun


class QuoteLine(Noun):
    """Calls of one role to one model: how many, for how many seconds of media, and the price; None is unknown, never nought.

    `price_usd` is what is expected, between the best case and every retry there may be; `calls` are those expected, rounded up.
    """

    stage: str
    role: str = ""
    provider: str
    model: str
    items: tuple[str, ...]
    reason: str
    calls: int = Field(ge=0)
    seconds: float = Field(ge=0)
    low_usd: float | None = None
    price_usd: float | None
    high_usd: float | None = None


class Quote(Noun):
    """Everything from here to the film; a sum is None as soon as one price in it is unknown. A free quote needs no approval."""

    lines: tuple[QuoteLine, ...]
    low_usd: float | None = None
    total_usd: float | None
    high_usd: float | None = None
    approved: bool
