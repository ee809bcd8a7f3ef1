"""Requests as the stages make them, for makers that read words."""

from pathlib import Path

from aiuteur.craft import asking
from aiuteur.digest import Json
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.models.protocols import Reference, Request
from tests.wire.medium import picture

STORY = (
    "Nell climbed the stairs of the lighthouse with a tin of oil. “The boats are out,” she said.\n\n"
    "At midnight the lamp went dark. Nell struck a match, and far out on the water a bell answered."
)
GATEWAY = Path(__file__).with_name("gateway.toml")
"""Models of a compatible server, as a person would add them."""

FRAME = picture("", 1280, 720, plain=True)
VOICE: Json = {"pitch": 30, "rate": 150, "variant": "f2"}


def treatment(text: str = STORY) -> Request:
    """A treatment of a story."""
    narrative = Narrative(title="The Lamp", text=text, format=SourceFormat.PROSE)
    payload = {"narrative": narrative.document(), "brief": Brief(length_seconds=30).document()}
    words = asking.words("treatment", payload)
    return Request("treatment", payload, words.prompt, words.system, words.schema)


def frame(*references: Reference) -> Request:
    """A frame of a street."""
    return Request("frame", {"picture": {"width": 1280, "height": 720}}, "A wide street at night, rain.", references=references)


def line() -> Request:
    """One spoken line."""
    payload: dict[str, Json] = {"text": "The boats are out.", "voice": VOICE, "language": "en", "seconds": 3.0}
    return Request("line", payload)


def clip(seconds: float = 3.5, *, end: bool = False) -> Request:
    """A clip from a start frame."""
    shown = [Reference("start_frame", "0" * 64, "image/png", FRAME)]
    shown += [Reference("end_frame", "1" * 64, "image/png", FRAME)] if end else []
    motion: Json = {"movement": "push_in", "seconds": seconds, "seed": 1}
    payload: dict[str, Json] = {"motion": motion, "width": 1280, "height": 720}
    return Request("clip", payload, "She turns to the window.", references=tuple(shown), seed=7)


REQUESTS = {"writer": treatment, "illustrator": frame, "voice": line, "cinematographer": clip}
