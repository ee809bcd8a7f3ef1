"""Settings: where things are kept and how much is done at once, from the environment (AIUTEUR_…) and `aiuteur.toml`.

Belongs here: what the machine and its operator decide. Does not belong here: what film is wanted (`aiuteur.film.brief`), or which
model is cast for which role (`aiuteur.models.routing`).
"""

import os
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from aiuteur.errors import InvalidInput

PREFIX: Final = "AIUTEUR_"
FILE: Final = Path("aiuteur.toml")
"""Looked for in the folder a command is started in; the environment wins over it."""

_USUAL: Final = {
    "google_api_key": ("GEMINI_API_KEY", "GOOGLE_API_KEY"), "google_base_url": ("GOOGLE_GEMINI_BASE_URL",),
    "openai_api_key": ("OPENAI_API_KEY",), "openai_base_url": ("OPENAI_BASE_URL",),
}
"""The names under which the providers' own libraries look; ours and the file's win over them."""

_POSTGRES: Final = frozenset({"postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"})


class Pace(BaseModel):
    """How fast something may be asked: calls a second or a minute, so many together after a rest, so many under way at once."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    per_second: float | None = Field(default=None, gt=0)
    per_minute: float | None = Field(default=None, gt=0)
    burst: int = Field(default=1, ge=1)
    at_once: int | None = Field(default=None, ge=1)


class Settings(BaseSettings):
    """What the operator set; made by `load`, which turns a bad value into a sentence."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, toml_file=FILE, extra="forbid", frozen=True, hide_input_in_errors=True,
    )

    home: Path = Field(default=Path(".aiuteur"), description="the project folder's own store: the embedded server's data, media")
    database_url: SecretStr | None = Field(default=None, description="any Postgres from 14 on; the embedded server if not set")
    media_url: str | None = Field(default=None, description="a folder, file://… or s3://bucket/prefix; home/media if not set")
    out: Path = Field(default=Path("out"), description="the folder films are written to")
    calls: int = Field(default=16, ge=1, le=256, description="model calls under way at once")
    processes: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="processes that draw, move and encode",
    )

    models_file: Path | None = Field(default=None, description="models of your own, in the form of catalogue/models.toml")
    google_api_key: SecretStr | None = Field(default_factory=lambda: _secret("google_api_key"), description="a Gemini key")
    google_base_url: str | None = Field(default_factory=lambda: _usual("google_base_url"), description="another address for it")
    google_enterprise: bool = Field(default=False, description="whether the key is one of the enterprise platform, with Veo")
    google_output: str | None = Field(default=None, description="gs://bucket/folder that enterprise videos are written to")
    google_webhook_url: str | None = Field(default=None, description="the public https address that leads to `aiuteur listen`")
    google_webhook_secret: SecretStr | None = Field(default=None, description="the secret that its events are signed with")
    openai_api_key: SecretStr | None = Field(default_factory=lambda: _secret("openai_api_key"), description="an OpenAI key")
    openai_base_url: str | None = Field(default_factory=lambda: _usual("openai_base_url"), description="another address for it")
    compatible_base_url: str | None = Field(default=None, description="any server that speaks as OpenAI does, ending in /v1")
    compatible_api_key: SecretStr | None = Field(default=None, description="its key, where it wants one")
    comfyui_url: str = Field(default="http://127.0.0.1:8188", description="your ComfyUI")
    comfyui_workflows: Path | None = Field(default=None, description="a folder of your own workflows for it")
    limits: dict[str, Pace] = Field(
        default_factory=dict[str, Pace],
        description="how fast a provider (`google`), a model of it (`google/name`) or its key (`key:google`) may be asked",
    )
    resend_under: Decimal = Field(
        default=Decimal("0.05"), ge=0, description="dollars up to which a call whose answer was lost is sent again unseen",
    )
    call_seconds: float = Field(default=300.0, gt=0, description="how long a single call may take before it counts as cut off")

    @property
    def media(self) -> str:
        """Where bytes are stored, in the form `aiuteur.media.storage` opens."""
        return self.media_url or str(self.home / "media")

    @field_validator("home", "out")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and urlsplit(url.get_secret_value()).scheme not in _POSTGRES:
            message = "must be the address of a Postgres: postgresql://user:password@host:5432/database"
            raise ValueError(message)
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read: the file is aiuteur.toml
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read: nothing here lives in a secrets folder
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say who wins: what a caller gives, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(**given: object) -> Settings:
    """Read the settings, `given` ones first; raises `InvalidInput` with a line for each bad value and never shows a secret."""
    try:
        return Settings.model_validate(given) if given else Settings()
    except ValidationError as error:
        raise InvalidInput("\n".join(_sentence(detail, given) for detail in error.errors())) from None
    except tomllib.TOMLDecodeError as error:
        message = f"{FILE} is not valid TOML: {error}. Mend that line, or remove the file."
        raise InvalidInput(message) from error
    except OSError as error:
        message = f"{FILE} cannot be read ({error.strerror})."
        raise InvalidInput(message) from error


def _usual(name: str) -> str | None:
    """A setting under the name the provider's own library knows it by."""
    return next((value for other in _USUAL[name] if (value := os.environ.get(other))), None)


def _secret(name: str) -> SecretStr | None:
    found = _usual(name)
    return SecretStr(found) if found is not None else None


def _sentence(detail: ErrorDetails, given: dict[str, object]) -> str:
    name = str(detail["loc"][0])
    if detail["type"] == "extra_forbidden":
        return f"{FILE}: {name!r} is no setting. The settings are {', '.join(sorted(Settings.model_fields))}."
    where = name if name in given else f"{PREFIX}{name.upper()}" if f"{PREFIX}{name.upper()}" in os.environ else f"{FILE}: {name}"
    reason = detail["msg"].removeprefix("Value error, ").removeprefix("Input ").removesuffix(".")
    shown = "" if name.endswith(("_url", "_key")) else f" is {_short(cast('object', detail.get('input')))} and"
    return f"{where}{shown} {reason}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - what fits a terminal's line beside the reason
