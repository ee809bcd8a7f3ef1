"""What a request shows to a model that looks: its pictures, each with a word for what it is, and a clip as stills.

Belongs here: choosing and naming references for models that read words. Does not belong here: the words of a prompt
(`aiuteur.prompts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from aiuteur.models.protocols import Reference, Request

_CAPTIONS: Final = MappingProxyType({
    "key_image": "Reference: how somebody or something of the bible looks.",
    "refine": "The picture to be changed: keep everything that is not asked to change.",
    "continues": "The last frame of the shot before, which this one goes on from.",
    "start_frame": "The frame the shot starts on.",
    "end_frame": "The frame the shot ends on.",
    "take": "The take under review.",
})
"""What each kind of reference is told to be; layers and lines are for machines that keep them apart, and are not shown."""

_STILLS: Final = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing shown: what it is told to be, its bytes."""

    caption: str
    mime: str
    data: bytes = field(repr=False)


def shown(request: Request, limit: int, *, video: bool = False) -> list[Shown]:
    """The references of a request as a model is shown them, at most `limit`; a clip as stills unless it can look at `video`.

    What the picture must keep (the take, the frames, what is refined) comes before what guides it.
    """
    order = list(_CAPTIONS)
    known = sorted(
        (reference for reference in request.references if reference.role in _CAPTIONS),
        key=lambda reference: -order.index(reference.role),
    )
    found: list[Shown] = []
    for reference in known:
        found += _one(reference, video=video)
    return found[:limit]


def _one(reference: Reference, *, video: bool) -> Sequence[Shown]:
    caption = _CAPTIONS[reference.role]
    if not reference.mime.startswith("video/") or video:
        return [Shown(caption, reference.mime, reference.data)]
    from aiuteur.media.stills import stills

    return [Shown(f"{caption} Still at {at:.1f} s.", "image/jpeg", picture) for at, picture in stills(reference.data, _STILLS)]
