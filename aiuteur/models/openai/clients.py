"""The official client of OpenAI, set up so that it never repeats a call, and its errors in our own words.

Belongs here: connecting and failing. Does not belong here: what is asked (`text`, `pictures`, `speech`, `videos`).
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from aiuteur.errors import AiuteurError, Ambiguous, Refused, Unavailable
from aiuteur.models.calling import clean, client, cut, told, wait_asked
from aiuteur.models.catalogue import Model

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from aiuteur.settings import Settings

_KEYLESS = SecretStr("none")
"""What a local server that wants no key is given: the client insists on one."""


@dataclass(slots=True)
class Line:
    """A model and the way to it; the client is made at the first call."""

    model: Model
    key: SecretStr
    base_url: str | None
    seconds: float
    _client: "AsyncOpenAI | None" = None

    @property
    def client(self) -> "AsyncOpenAI":
        """The official client, with its own retries off: a paid call is repeated by the ledger or not at all."""
        if self._client is None:
            from openai import AsyncOpenAI

            self._client = AsyncOpenAI(
                api_key=self.key.get_secret_value(), base_url=self.base_url, max_retries=0, timeout=self.seconds,
                http_client=client(self.seconds, paced=True),
            )
        return self._client

    @contextmanager
    def explained(self, *, paid: bool = True) -> Generator[None]:
        """Turn what the client raises into what it means; nothing of the provider's error is chained, for it may hold a key."""
        import openai

        try:
            yield
        except AiuteurError:
            raise
        except openai.APIStatusError as error:
            said = clean(_sentence(error), self.key)
            raise told(error.status_code, said, self.model.full_name, wait_asked(error.response.headers), paid=paid) from None
        except openai.APIConnectionError as error:
            raise cut(error.__cause__ or error, self.model.full_name, paid=paid) from None
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError) as error:
            message = f"{self.model.full_name} sent an answer that cannot be read ({type(error).__name__})."
            raise (Ambiguous if paid else Unavailable)(message) from None


def connect(model: Model, settings: "Settings") -> Line:
    """The way to a model; raises `Refused` where its key or address is not set."""
    if model.provider == "openai":
        if settings.openai_api_key is None:
            message = f"{model.full_name} needs a key: set AIUTEUR_OPENAI_API_KEY (or OPENAI_API_KEY)."
            raise Refused(message)
        return Line(model, settings.openai_api_key, settings.openai_base_url, settings.call_seconds)
    if settings.compatible_base_url is None:
        message = f"{model.full_name} needs an address: set AIUTEUR_COMPATIBLE_BASE_URL, as http://127.0.0.1:11434/v1."
        raise Refused(message)
    return Line(model, settings.compatible_api_key or _KEYLESS, settings.compatible_base_url, settings.call_seconds)


def _sentence(error: "object") -> str:
    """The message and code of a status error."""
    code, message = getattr(error, "code", None), getattr(error, "message", "")
    return f"{message} ({code})" if code else str(message)
