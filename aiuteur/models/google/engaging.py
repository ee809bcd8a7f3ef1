"""Who of Google's makers plays a role: what `aiuteur.models.catalogue.engage` calls.

Belongs here: names. Does not belong here: the makers; each is loaded when it is engaged.
"""

from typing import TYPE_CHECKING

from aiuteur.film.crew import Role
from aiuteur.models.catalogue import Model
from aiuteur.models.google.clients import connect

if TYPE_CHECKING:
    from aiuteur.models.protocols import Maker
    from aiuteur.settings import Settings


def content_maker(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A writer, judge, illustrator or voice by `generateContent`."""
    line = connect(model, settings)
    if role is Role.ILLUSTRATOR:
        from aiuteur.models.google.pictures import GeminiIllustrator

        return GeminiIllustrator(line)
    if role is Role.VOICE:
        from aiuteur.models.google.speech import GeminiVoice

        return GeminiVoice(line)
    from aiuteur.models.google.text import GeminiWriter

    return GeminiWriter(line)


def omni(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A cinematographer by the Interactions API."""
    from aiuteur.models.google.omni import OmniCinematographer

    del role
    return OmniCinematographer(connect(model, settings))


def veo(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A cinematographer by `predictLongRunning`."""
    from aiuteur.models.google.veo import VeoCinematographer

    del role
    return VeoCinematographer(connect(model, settings))
