"""Who of OpenAI's makers plays a role: what `aiuteur.models.catalogue.engage` calls.

Belongs here: names. Does not belong here: the makers; each is loaded when it is engaged.
"""

from typing import TYPE_CHECKING

from aiuteur.film.crew import Role
from aiuteur.models.catalogue import Model
from aiuteur.models.openai.clients import connect

if TYPE_CHECKING:
    from aiuteur.models.protocols import Maker
    from aiuteur.settings import Settings


def writer(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A writer or judge by the Responses API."""
    from aiuteur.models.openai.text import ResponsesWriter

    del role
    return ResponsesWriter(connect(model, settings))


def chat_writer(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A writer or judge by chat completions, which is what most compatible servers offer."""
    from aiuteur.models.openai.text import ChatWriter

    del role
    return ChatWriter(connect(model, settings))


def illustrator(model: Model, role: Role, settings: "Settings") -> "Maker":
    """An illustrator by image generation and edits."""
    from aiuteur.models.openai.pictures import ImagesIllustrator

    del role
    return ImagesIllustrator(connect(model, settings))


def voice(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A voice by the speech API."""
    from aiuteur.models.openai.speech import SpeechVoice

    del role
    return SpeechVoice(connect(model, settings))


def cinematographer(model: Model, role: Role, settings: "Settings") -> "Maker":
    """A cinematographer behind a gateway that kept the video API."""
    from aiuteur.models.openai.videos import VideosCinematographer

    del role
    return VideosCinematographer(connect(model, settings))
