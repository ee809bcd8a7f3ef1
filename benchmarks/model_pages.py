"""The page of models of the guide, from the catalogue and the price book.

Belongs here: one table. Does not belong here: how a provider is set up, which each page says in its own words.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from aiuteur.craft.prices import Listing, book
from aiuteur.film.crew import Role
from aiuteur.models.catalogue import Model, models

_ON: Final = date(2026, 11, 20)
"""The day whose prices are shown: that of the catalogue's last revision."""

_HEAD: Final = "| model | plays | can | costs | until |\n|---|---|---|---|---|"


def page() -> str:
    """What each model of the catalogue can do, what it costs, and until when it is there."""
    there = [model for model in models().values() if not model.retired(_ON)]
    gone = [model for model in models().values() if model.retired(_ON)]
    return "\n".join([
        "# What each model can do", "",
        "Rendered from `aiuteur/catalogue/models.toml` and `prices.toml` by `make docs`. The first model of a provider that",
        "plays a role is the one cast by its provider's name alone: `--models google`. Prices are those known on",
        f"{_ON}; one that is not known is reserved only where a budget allows the unknown.", "",
        _HEAD, *(_row(model) for model in there), "",
        "## Gone", "",
        "Refused before any call, with who took their place.", "",
        "| model | shut down | instead |", "|---|---|---|",
        *(f"| `{model.full_name}` | {model.retires_on} | {_heir(model)} |" for model in gone), "",
    ])


def _row(model: Model) -> str:
    until = str(model.retires_on) if model.retires_on else "–"
    return f"| `{model.full_name}` | {', '.join(model.roles)} | {_can(model)} | {_costs(model)} | {until} |"


def _heir(model: Model) -> str:
    return f"`{model.provider}/{model.replaced_by}`" if model.replaced_by else "–"


def _can(model: Model) -> str:
    """Its capabilities, in words."""
    said: list[str] = []
    if Role.WRITER in model.roles:
        said.append(f"{model.context_tokens:,} tokens in, {model.output_tokens:,} out")
    if model.seconds is not None:
        lengths = ", ".join(f"{one:g}" for one in model.durations)
        shortest, longest = model.seconds
        dense = len(model.durations) == longest - shortest + 1
        said.append(f"clips of {lengths} s" if lengths and not dense else f"clips of {shortest:g} to {longest:g} s")
    said += [", ".join(model.resolutions)] if model.resolutions else []
    said += ["any size" if model.any_size else ", ".join(model.aspect_ratios)] if model.any_size or model.aspect_ratios else []
    said += [f"looks at {model.references} pictures"] if model.references > 1 else []
    frames = [name for name, able in (("first", model.first_frame), ("last", model.last_frame)) if able]
    said += [f"{' and '.join(frames)} frame"] if frames else []
    said += [name for name, able in (("sound", model.audio), ("seed", model.seed), ("enterprise only", model.enterprise)) if able]
    return "; ".join(said) or "–"


def _costs(model: Model) -> str:
    if model.replayable:
        return "your own electricity"
    listing = book().listing(model.provider, model.name, _ON)
    return _listed(listing) if listing is not None else "not known"


def _listed(listing: Listing) -> str:
    """A price, in words."""
    said = [f"${_plain(rate)} a million {kind.replace('_', ' ')} tokens" for kind, rate in (listing.rates or {}).items()]
    said += [f"${_plain(rate)} a picture ({size})" for size, rate in (listing.image or {}).items()]
    said += [f"${_plain(rate)} a second ({size})" for size, rate in (listing.second or {}).items()]
    said += [f"${_plain(listing.character)} a million characters"] if listing.character is not None else []
    return ", ".join(said) + (" (second-hand)" if listing.estimate else "")


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
