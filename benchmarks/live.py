"""A small smoke test of the real services with the keys that are set: `make live`. It says what it costs, and asks.

Belongs here: one call for each role of a provider that a key is set for. Does not belong here: anything that `make test` runs;
there the loopback services of `tests/wire` stand in for all of this.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from aiuteur.craft import asking
from aiuteur.craft.prices import Usage, book
from aiuteur.digest import Json
from aiuteur.errors import AiuteurError
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.models import catalogue
from aiuteur.models.catalogue import Model
from aiuteur.models.protocols import Reply, Request
from aiuteur.settings import Settings, load

_STORY: Final = "Nell climbed the stairs of the lighthouse with a tin of oil. At midnight the lamp went dark. She struck a match."
_USES: Final = MappingProxyType({
    Role.WRITER: Usage(input=900, output=900),
    Role.ILLUSTRATOR: Usage(input=60, image_output=1300, images=1, size="1K", quality="medium"),
    Role.VOICE: Usage(input=20, audio_output=60, characters=22),
    Role.CINEMATOGRAPHER: Usage(seconds=4.0, resolution="720p"),
})
"""About what one small call of each role uses."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One call: to which model, in which role, and what it is likely to cost (None: nobody knows)."""

    model: Model
    role: Role
    usd: Decimal | None


def trials(settings: Settings, *, video: bool) -> list[Trial]:
    """The calls that the keys which are set allow; videos only where they are asked for, since they cost the most."""
    keys = {"google": settings.google_api_key, "openai": settings.openai_api_key, "compatible": settings.compatible_base_url}
    found: list[Trial] = []
    for provider in (name for name, key in keys.items() if key is not None):
        for role, usage in _USES.items():
            model = catalogue.chosen(provider, role, settings)
            if model is not None and (video or role is not Role.CINEMATOGRAPHER):
                price = book().price(provider, model.name, usage, datetime.now(UTC).date())
                found.append(Trial(model, role, price.usd if price is not None else None))
    return found


def main() -> int:
    """Say what it costs, ask, and make the calls; returns how many of them failed."""
    settings = load()
    wanted = trials(settings, video="--video" in sys.argv)
    if not wanted:
        print("No key is set: set AIUTEUR_GOOGLE_API_KEY, AIUTEUR_OPENAI_API_KEY or AIUTEUR_COMPATIBLE_BASE_URL.")
        return 0
    for trial in wanted:
        price = f"about ${trial.usd:.4f}" if trial.usd is not None else "price not known"
        print(f"{trial.model.full_name} as {trial.role}: {price}")
    known = sum((trial.usd for trial in wanted if trial.usd is not None), Decimal(0))
    print(f"Together about ${known:.2f}, and what is not known. `--video` tries video as well.")
    if input("Make these calls and pay for them? [y/N] ").strip().lower() != "y":
        print("Nothing was called.")
        return 0
    return sum(not asyncio.run(_tried(trial, settings)) for trial in wanted)


async def _tried(trial: Trial, settings: Settings) -> bool:
    """One call, once; what came of it in a line."""
    try:
        reply = await catalogue.engage(trial.model.provider, trial.model.name, trial.role, settings).make(_request(trial.role))
    except AiuteurError as error:
        print(f"FAILED {trial.model.full_name}: {type(error).__name__}: {error}")
        return False
    print(f"ok     {trial.model.full_name}: {_told(reply)}")
    return True


def _told(reply: Reply) -> str:
    media = ", ".join(f"{made.role} of {len(made.data):,} bytes" for made in reply.media)
    return f"{media or str(reply.content)[:80]}; used {dict(reply.usage)}"


def _request(role: Role) -> Request:
    """The smallest request that makes sense for a role."""
    match role:
        case Role.ILLUSTRATOR:
            return Request("frame", {"picture": {"width": 1280, "height": 720}}, "A lighthouse at night, in rain, wide shot.")
        case Role.VOICE:
            voice: Json = {"pitch": 40, "rate": 150, "variant": "f2"}
            return Request("line", {"text": "The boats are out.", "voice": voice, "language": "en", "seconds": 3.0})
        case Role.CINEMATOGRAPHER:
            motion: Json = {"movement": "static", "seconds": 4.0, "seed": 1}
            return Request("clip", {"motion": motion, "width": 1280, "height": 720}, "Waves break on a rock below a lighthouse.")
        case _:
            narrative = Narrative(title="The Lamp", text=_STORY, format=SourceFormat.PROSE)
            payload: Mapping[str, Json] = {"narrative": narrative.document(), "brief": Brief(length_seconds=20).document()}
            words = asking.words("treatment", payload)
            return Request("treatment", payload, words.prompt, words.system, words.schema)


if __name__ == "__main__":
    sys.exit(main())
