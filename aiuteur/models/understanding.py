"""Understanding an answer: words become the content that was asked for, bytes become the picture or sound of the house.

Belongs here: what every provider's maker does with what came back. Does not belong here: how an answer is written and read
(`aiuteur.craft.asking`).
"""

from collections.abc import Mapping
from dataclasses import replace

from aiuteur.craft import asking
from aiuteur.craft.prices import Usage
from aiuteur.digest import Json
from aiuteur.errors import Corrupt, InvalidInput
from aiuteur.film.crew import ModelCard
from aiuteur.models.protocols import Made, Malformed, Reply, Request, Spoiled

_MAX_PIXELS = 40_000_000


def worded(request: Request) -> Request:
    """The request, if it can be put to a model that reads words; raises `InvalidInput` where it has none."""
    if not request.prompt or request.schema is None:
        message = f"The request for a {request.task} has no words or no schema: it cannot be put to a model that reads them."
        raise InvalidInput(message)
    return request


def understood(request: Request, card: ModelCard, said: str, reply: Reply) -> Reply:
    """A reply with its content read from the model's words; raises `Malformed`, with the validator's message, where it cannot."""
    try:
        content = asking.read(request.task, request.payload, said)
    except asking.Unreadable as error:
        message = f"{card.provider}/{card.name} did not answer as asked: {error}"
        raise Malformed(message, said, reply) from None
    return replace(reply, content=content)


def repairs(request: Request) -> tuple[str, str] | None:
    """The answer that is to be mended and the words that ask for it, where a request asks for the second time."""
    if request.repair is None:
        return None
    return request.repair.answer, asking.correction(request.repair.because)


def pictured(data: bytes, who: str, usage: Usage) -> Reply:
    """A picture as it came, looked at before it is kept; raises `Spoiled` for what is no picture, or one past all bounds."""
    from aiuteur.media.probe import probe

    try:
        found = probe(data, max_pixels=_MAX_PIXELS).picture
    except (InvalidInput, Corrupt) as error:
        message = f"{who} sent what is no picture ({error})"
        raise Spoiled(message, Reply(usage=usage.document())) from error
    if found is None:
        message = f"{who} sent what is no picture."
        raise Spoiled(message, Reply(usage=usage.document()))
    mime = "image/png" if found.codec == "png" else "image/jpeg" if found.codec == "mjpeg" else f"image/{found.codec}"
    return Reply(media=(Made("picture", data, mime, found.width, found.height),), usage=usage.document())


def spoken(data: bytes, seconds: float, usage: Usage, voice: str, rate: int | None = None) -> Reply:
    """Speech as the house keeps it, from any sound or, with `rate` in hertz, from bare 16-bit samples; raises `Spoiled`."""
    from aiuteur.media.waves import RATE, decode, resampled, wav

    if rate is not None:
        import numpy as np

        sound = resampled(np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / 32768, rate)
    else:
        try:
            sound = decode(data).mean(axis=1)
        except Corrupt as error:
            message = f"What came is no sound ({error})"
            raise Spoiled(message, Reply(usage=usage.document())) from error
    if not len(sound):
        message = "What came is a sound of no length."
        raise Spoiled(message, Reply(usage=usage.document()))
    lasts = len(sound) / RATE
    content: Mapping[str, Json] = {"fits": lasts <= seconds + 1 / RATE, "seconds": round(lasts, 4), "voice": voice}
    return Reply(dict(content), (Made("speech", wav(sound), "audio/wav", seconds=lasts),), usage=usage.document())
