"""The official client of Google, set up so that it never repeats a call, and its two trees of errors in our own words.

Belongs here: connecting and failing. Does not belong here: what is asked (`text`, `pictures`, `speech`, `omni`, `veo`).
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from aiuteur.errors import AiuteurError, Ambiguous, Refused, Unavailable
from aiuteur.models.calling import clean, client, cut, idle, told, wait_asked
from aiuteur.models.catalogue import Model

if TYPE_CHECKING:
    from google.genai import Client

    from aiuteur.settings import Settings


@dataclass(slots=True)
class Line:
    """A model and the way to it; the client is made at the first call.

    `output` is where enterprise videos are written, `webhook` who is told what becomes of an interaction.
    """

    model: Model
    key: SecretStr
    base_url: str | None
    seconds: float
    output: str | None = None
    webhook: str | None = None
    _client: "Client | None" = None

    @property
    def client(self) -> "Client":
        """The official client, with its own retries off: a paid call is repeated by the ledger or not at all."""
        if self._client is None:
            from google.genai import Client, types

            options = types.HttpOptions(
                base_url=self.base_url, timeout=round(self.seconds * 1000), retry_options=types.HttpRetryOptions(attempts=1),
                httpx_async_client=client(self.seconds, paced=True), httpx_client=idle(),
            )
            self._client = Client(api_key=self.key.get_secret_value(), vertexai=self.model.enterprise, http_options=options)
        return self._client

    @contextmanager
    def explained(self, *, paid: bool = True) -> Generator[None]:
        """Turn what the client raises into what it means; nothing of the provider's error is chained, for it may hold a key."""
        import httpx2
        from google.genai import errors
        from google.genai._interactions import APIError, APIStatusError  # the errors of interactions are of a tree of their own

        who = self.model.full_name
        try:
            yield
        except AiuteurError:
            raise
        except errors.APIError as error:
            raise told(error.code, self._said(error.message), who, _wait(error), paid=paid) from None
        except APIStatusError as error:
            raise told(error.status_code or 0, self._said(error), who, _wait(error), paid=paid) from None
        except (httpx2.HTTPError, APIError) as error:
            raise cut(_line_error(error), who, paid=paid) from None
        except TimeoutError as error:
            raise cut(httpx2.ReadTimeout(str(error)), who, paid=paid) from None
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            message = f"{who} sent an answer that cannot be read ({type(error).__name__})."
            raise (Ambiguous if paid else Unavailable)(message) from None

    def _said(self, words: object) -> str:
        return clean(words, self.key)


def connect(model: Model, settings: "Settings") -> Line:
    """The way to a model; raises `Refused` where its key is not set or is of the other platform."""
    if settings.google_api_key is None:
        message = f"{model.full_name} needs a key: set AIUTEUR_GOOGLE_API_KEY (or GEMINI_API_KEY)."
        raise Refused(message)
    if model.enterprise and not settings.google_enterprise:
        message = f"{model.full_name} is on the enterprise platform only: set AIUTEUR_GOOGLE_ENTERPRISE=1 with a key of it."
        raise Refused(message)
    return Line(
        model, settings.google_api_key, settings.google_base_url, settings.call_seconds,
        settings.google_output if model.enterprise else None, settings.google_webhook_url,
    )


def _wait(error: Any) -> float | None:  # noqa: ANN401 - an error of either tree
    """The seconds an error asks to wait, in its response's headers or in its body."""
    body = getattr(error, "details", None) or getattr(error, "body", None)
    return wait_asked(getattr(error.response, "headers", None) or {}, body)


def _line_error(error: BaseException) -> BaseException:
    """The failure of the line beneath a failure of the client."""
    import httpx2

    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, httpx2.HTTPError | asyncio.TimeoutError):
        seen = seen.__cause__ or seen.__context__
    return seen or error
