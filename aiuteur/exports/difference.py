"""The difference of two branches as one page that needs nothing else: words as lines that came and went, pictures side by side.

Belongs here: the page. Does not belong here: finding what differs (`aiuteur.craft.diffing`), or its look (`difference.html.j2`).
"""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Final

import av
import cv2
import numpy as np
from av.error import FFmpegError
from jinja2 import Environment, StrictUndefined, Template

from aiuteur.craft.diffing import FieldChange, Happened, ItemChange, StageChange
from aiuteur.digest import Json, canonical
from aiuteur.errors import AiuteurError
from aiuteur.film.noun import MediaRef
from aiuteur.lane import Lane

_WIDTH: Final = 360
"""Pixels of a thumbnail: two of them side by side fit a page."""

_QUALITY: Final = 76
_MOST: Final = 400
"""Thumbnails of one page at most, some four megabytes of them: what is beyond is named and not shown."""

_THREADS: Final = 4
_VALUE: Final = 240


@dataclass(frozen=True, slots=True)
class _Thumbnail:
    """A small picture as an address that holds it, and where it is from; no address where it cannot be shown."""

    address: str
    of: str


def page(ours: Lane, theirs: Lane, stages: Sequence[StageChange], fetch: Callable[[MediaRef], bytes]) -> str:
    """The page of what differs from one lane to another; a picture that is gone from the store is said to be."""
    thumbnails = _thumbnails(stages, fetch)
    counts = {
        happened: sum(1 for stage in stages for item in stage.items if item.happened is happened) for happened in Happened
    }
    shown = [{"name": stage.stage.replace("_", " "), "items": [
        {"label": item.label, "happened": item.happened.value, "was": item.was, "now": item.now,
         "fields": [field for change in item.fields for field in _field(change, item, (ours, theirs), thumbnails)]}
        for item in stage.items
    ]} for stage in stages]
    return _template().render(ours=str(ours), theirs=str(theirs), stages=shown, counts=counts)


def _field(
    change: FieldChange, item: ItemChange, lanes: tuple[Lane, Lane], thumbnails: Mapping[str, str]
) -> list[dict[str, object]]:
    named: dict[str, object] = {"name": change.name.replace("_", " ").replace(".", " › "), "lines": [], "pictures": []}
    if change.pictures is not None:
        numbers = item.was, item.now
        return [{**named, "pictures": [
            _Thumbnail(thumbnails.get(ref.sha256, ""), f"{lane} version {n}")
            for ref, lane, n in zip(change.pictures, lanes, numbers, strict=True) if ref is not None
        ]}]
    if change.lines:
        return [{**named, "lines": [(_SIGNS[line[0]], line[1:]) for line in change.lines if line[0] in _SIGNS]}]
    return [{**named, "was": _said(change.was), "now": _said(change.now)}]


_SIGNS: Final = {"-": "went", "+": "came", " ": "same"}


def _said(value: Json) -> str:
    """A value in a line."""
    if value is None or value == "":
        return "–"
    text = value if isinstance(value, str) else f"{value:.4g}" if isinstance(value, float) else canonical(value).decode()
    return text if len(text) <= _VALUE else f"{text[:_VALUE]}…"


def _thumbnails(stages: Sequence[StageChange], fetch: Callable[[MediaRef], bytes]) -> dict[str, str]:
    """A small JPEG of each picture, and of each clip's first frame, by digest."""
    wanted: dict[str, MediaRef] = {}
    for stage in stages:
        for item in stage.items:
            for change in item.fields:
                wanted |= {ref.sha256: ref for ref in change.pictures or () if ref is not None}
    refs = list(wanted.values())[:_MOST]
    with ThreadPoolExecutor(_THREADS) as pool:
        return dict(zip((ref.sha256 for ref in refs), pool.map(partial(_small, fetch), refs), strict=True))


def _small(fetch: Callable[[MediaRef], bytes], ref: MediaRef) -> str:
    """The address of a thumbnail; empty for what is gone, or is no picture."""
    try:
        data = fetch(ref)
        image = _first_frame(data) if ref.mime.startswith("video/") else _decoded(data)
    except (AiuteurError, FFmpegError, StopIteration):
        return ""
    if image is None:
        return ""
    height = max(1, round(image.shape[0] * _WIDTH / image.shape[1]))
    small = cv2.resize(image, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"


def _decoded(data: bytes) -> "cv2.typing.MatLike | None":
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def _first_frame(data: bytes) -> "cv2.typing.MatLike":
    with av.open(io.BytesIO(data), "r") as container:
        return next(container.decode(video=0)).to_ndarray(format="bgr24")


@cache
def _template() -> Template:
    source = files("aiuteur.exports").joinpath("difference.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
