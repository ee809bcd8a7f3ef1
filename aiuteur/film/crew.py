"""Who makes things: the roles of a crew, and the card of a model that is cast for one."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who can be asked."""

    WRITER = "writer"
    ILLUSTRATOR = "illustrator"
    CINEMATOGRAPHER = "cinematographer"
    VOICE = "voice"
    SOUND = "sound"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Which model, pinned.

    `replayable` means local, free and deterministic, so that a lost reply is simply asked for again; one that does not read
    words (`reads_words`) is asked without them, so that a reworded prompt is the same request to it. `max_seconds` is the
    longest clip it makes.
    """

    provider: str
    api: str
    name: str
    replayable: bool = False
    reads_words: bool = True
    max_seconds: float = 8.0
