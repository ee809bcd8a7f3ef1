"""Redaction: the one place through which a failure passes on its way from a maker into the ledger, an event or a log.

Belongs here: what must never be told on. Does not belong here: what a failure means (`policy`).

An adapter's own error is cleaned and kept; anything else is replaced by one of ours without its cause, since the cause's text,
its request and its headers may carry a key.
"""

import re
from collections.abc import Iterable
from typing import Final

from pydantic import SecretStr

from aiuteur.errors import AiuteurError, Ambiguous
from aiuteur.settings import Settings

HIDDEN: Final = "***"
_LONGEST: Final = 600
_PATTERNS: Final = (
    re.compile(r"(?i)((?:api[-_]?)?key|token|authorization|x-goog-api-key|access_token|signature)(\s*[=:]\s*|%3D)[^\s&,'\"}]+"),
    re.compile(r"(?i)\b(bearer)(\s+)\S+"),
    re.compile(r"\b()()(?:sk-|AIza)[A-Za-z0-9_\-]{8,}"),
)


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """A text without the given secrets, and without what looks like one; cut where it is longer than a sentence or two."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN) if secret else text
    for pattern in _PATTERNS:
        text = pattern.sub(lambda found: f"{found[1]}{found[2]}{HIDDEN}", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def secrets(settings: Settings) -> tuple[str, ...]:
    """Every secret among the settings."""
    found = (getattr(settings, name) for name in type(settings).model_fields)
    return tuple(value.get_secret_value() for value in found if isinstance(value, SecretStr) and value.get_secret_value())


def told(error: BaseException, hidden: Iterable[str] = ()) -> AiuteurError:
    """A failure as it may be told on, of the same kind where it is one of ours; it carries no cause and no library's traceback.

    What a maker was not supposed to raise is `Ambiguous`: it may have come after the charge.
    """
    if isinstance(error, AiuteurError):
        said = str(error)
        clean = redacted(said, hidden)
        if clean != said:
            error.args = (clean, *error.args[1:])
        error.__cause__, error.__context__, error.__suppress_context__ = None, None, True
        return error
    return Ambiguous(f"The maker failed as it should not ({type(error).__name__}: {redacted(str(error), hidden)}).")
