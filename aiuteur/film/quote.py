"""Stage 11: the quote, which is the plan of what is missing or stale and what making it will cost."""

from pydantic import Field

from aiuteur.film.noun import Noun


class QuoteLine(Noun):
    """Calls of one role to one model: how many, for how many seconds of media, and the price; None is unknown, never nought."""

    stage: str
    provider: str
    model: str
    items: tuple[str, ...]
    reason: str
    calls: int = Field(ge=0)
    seconds: float = Field(ge=0)
    price_usd: float | None


class Quote(Noun):
    """Everything from here to the film; `total_usd` is None as soon as one price is unknown."""

    lines: tuple[QuoteLine, ...]
    total_usd: float | None
    approved: bool
