"""The title card and the end card: typography over a dark ground that moves slowly, in the house format.

Belongs here: what the two cards look like and how they come and go. Does not belong here: drawing letters
(`aiuteur.media.lettering`), encoding (`aiuteur.media.encode`), their music (`aiuteur.media.theme`).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

import cv2
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from aiuteur.errors import Corrupt
from aiuteur.media.encode import House, encode, plane_of, to_house_colour
from aiuteur.media.lettering import Pixels, Style, draw, drawable, measured, wrapped

_PAPER: Final = (238, 230, 214)
_DIM: Final = (184, 176, 160)
_BRASS: Final = (196, 160, 98)
_OVERSCAN: Final = 1.06
_PUSH: Final = 0.045
_FADE_IN: Final = 0.5
_FADE_OUT: Final = 0.4
_LETTERS_AFTER: Final = 0.25
_LETTERS_IN: Final = 0.6
_BLACK: Final = 16
_NEUTRAL: Final = 128


@dataclass(frozen=True, slots=True)
class Credit:
    """One line of the end card: what was done, and who did it."""

    role: str
    name: str


def title_card(title: str, author: str | None, house: House, seconds: float, ground: bytes | None = None) -> bytes:
    """The title card as house-format video of `round(seconds · fps)` frames.

    `ground` is a picture (PNG or JPEG) to stand, dimmed and blurred, behind the letters. Long titles wrap and shrink; letters
    that cannot be drawn are left out. Raises `Corrupt` for a ground that is no picture.
    """
    picture = _ground(house, ground)
    lettered = picture.copy()
    _title(lettered, drawable(title), drawable(author or ""))
    return encode(_frames(picture, lettered, house, seconds), house)


def end_card(credits_: Sequence[Credit], house: House, seconds: float, ground: bytes | None = None) -> bytes:
    """The end card with its credits as house-format video; see `title_card`."""
    picture = _ground(house, ground)
    lettered = picture.copy()
    _credits(lettered, [Credit(drawable(credit.role), drawable(credit.name)) for credit in credits_])
    return encode(_frames(picture, lettered, house, seconds), house)


def _title(picture: Pixels, title: str, author: str) -> None:
    """Title, a short rule and the author, centred a little above the middle."""
    height, width = picture.shape[:2]
    style, lines = _set(title, width, height)
    leading = round(style.size * 1.28)
    small = Style(max(14, round(0.034 * min(width, height))), 400, 0.16 if author.isascii() else 0.0, _DIM)
    block = leading * len(lines) + (2.6 * small.size + 0.4 * style.size if author else 0)
    baseline = 0.485 * height - block / 2 + style.size
    for line in lines:
        draw(picture, line, (width - measured(line, style)) / 2, baseline, style)
        baseline += leading
    if not author:
        return
    rule = round(baseline - (leading if lines else 0) + 0.9 * small.size + 0.4 * style.size)
    if lines:
        half = round(0.035 * width)
        cv2.line(picture, (width // 2 - half, rule), (width // 2 + half, rule), _BRASS, max(1, height // 480), cv2.LINE_AA)
    name = author.upper() if author.isascii() else author
    fitted = _fitted(name, small, round(0.8 * width))
    draw(picture, name, (width - measured(name, fitted)) / 2, rule + 2.1 * small.size, fitted)


def _set(title: str, width: int, height: int) -> tuple[Style, list[str]]:
    """The largest style in which a title has at most three lines within the margins, and those lines."""
    plain = title.isascii() and len(title) <= 26  # noqa: PLR2004 - short titles stand in spaced capitals
    shown = title.upper() if plain else title
    limit, room = round(0.8 * width), 0.46 * height
    size = round(0.115 * min(width, height * 1.25))
    while True:
        style = Style(size, 300 if plain else 400, 0.14 if plain else 0.0, _PAPER)
        lines = wrapped(shown, style, limit) if shown else []
        fits = max((measured(line, style) for line in lines), default=0) <= limit and len(lines) * size * 1.28 <= room
        if (fits and len(lines) <= 3) or size <= 0.032 * height:  # noqa: PLR2004 - three lines are still a title
            return style, [_shortened(line, style, limit) for line in lines[: max(1, int(room / (size * 1.28)))]]
        size = round(size * 0.93)


def _shortened(line: str, style: Style, width: int) -> str:
    """A line that is too wide even in the smallest style, cut at its end."""
    if measured(line, style) <= width:
        return line
    while line and measured(f"{line}…", style) > width:
        line = line[: -max(1, len(line) // 12)]
    return f"{line.rstrip()}…"


def _fitted(text: str, style: Style, width: int) -> Style:
    """A style made small enough for a text to fit a width."""
    while measured(text, style) > width and style.size > 10:  # noqa: PLR2004 - below it nothing can be read
        style = replace(style, size=style.size - 1)
    return style


def _credits(picture: Pixels, rows: Sequence[Credit]) -> None:
    """Roles to the left of the middle and names to the right of it, the block centred; a few stand role over name."""
    height, width = picture.shape[:2]
    if len(rows) <= 3:  # noqa: PLR2004 - two columns of three rows look lost
        _stacked(picture, rows)
        return
    size = max(12, round(min(0.04 * min(width, height * 1.2), 0.62 * height / (1.75 * len(rows)))))
    gap, column = 0.018 * width + 0.4 * size, round(0.42 * width)
    pitch = 1.75 * size
    baseline = 0.5 * height - pitch * len(rows) / 2 + size
    for row in rows:
        role = _fitted(row.role, Style(round(0.86 * size), 350, 0.0, _DIM), column)
        name = _fitted(row.name, Style(size, 450, 0.0, _PAPER), column)
        draw(picture, row.role, width / 2 - gap - measured(row.role, role), baseline, role)
        draw(picture, row.name, width / 2 + gap, baseline, name)
        baseline += pitch


def _stacked(picture: Pixels, rows: Sequence[Credit]) -> None:
    """Each role over its name, centred."""
    height, width = picture.shape[:2]
    size = round(0.052 * min(width, height * 1.2))
    pitch = 3.4 * size
    baseline = 0.5 * height - pitch * len(rows) / 2 + size
    for row in rows:
        role = _fitted(row.role, Style(max(12, round(0.52 * size)), 400, 0.06, _DIM), round(0.8 * width))
        name = _fitted(row.name, Style(size, 400, 0.02, _PAPER), round(0.8 * width))
        draw(picture, row.role, (width - measured(row.role, role)) / 2, baseline, role)
        draw(picture, row.name, (width - measured(row.name, name)) / 2, baseline + 1.35 * size, name)
        baseline += pitch


def _ground(house: House, picture: bytes | None) -> Pixels:
    """What stands behind the letters, larger than the frame by the overscan: dark, textured, darker at its edges."""
    width, height = (2 * round(side * _OVERSCAN / 2) for side in (house.width, house.height))
    if picture is None:
        down = np.linspace(1.0, 0.72, height, dtype=np.float32)[:, None, None]
        base = np.array([44, 46, 54], np.float32) * down + np.zeros((1, width, 1), np.float32)
    else:
        base = _dimmed(picture, width, height)
    chance = np.random.Generator(np.random.PCG64(7))
    coarse = cv2.resize(chance.standard_normal((height // 24, width // 24)).astype(np.float32), (width, height),
                        interpolation=cv2.INTER_CUBIC)
    fine = chance.standard_normal((height, width)).astype(np.float32)
    across, along = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    light = 1.12 - 0.34 * (across**2 + along**2)
    return np.clip(base * light[..., None] + (1.6 * coarse + 0.8 * fine)[..., None], 0, 255).astype(np.uint8)


def _dimmed(data: bytes, width: int, height: int) -> NDArray[np.float32]:
    """A picture that fills the ground, blurred, half grey and dark enough for letters; raises `Corrupt`."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        message = "The picture behind a card cannot be decoded: make its frame again."
        raise Corrupt(message)
    scale = max(width / found.shape[1], height / found.shape[0])
    wide, high = math.ceil(found.shape[1] * scale), math.ceil(found.shape[0] * scale)
    small = cv2.resize(found, (max(2, wide // 8), max(2, high // 8)), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2.6), (wide, high), interpolation=cv2.INTER_CUBIC)
    left, top = (wide - width) // 2, (high - height) // 2
    colour = soft[top : top + height, left : left + width, ::-1].astype(np.float32)
    grey = colour.mean(axis=2, keepdims=True)
    mixed = 0.5 * colour + 0.5 * grey
    return mixed * min(0.75, 50 / max(1.0, float(grey.mean()))) + 10


def _frames(ground: Pixels, lettered: Pixels, house: House, seconds: float) -> Iterator[Pixels]:
    """Every frame as I420: a slow push, the ground fading in before its letters, both fading out."""
    bare, full = _planes(ground), _planes(lettered)
    count = max(1, round(seconds * house.fps))
    fade_in, fade_out = min(_FADE_IN, seconds / 4), min(_FADE_OUT, seconds / 4)
    for index in range(count):
        at = (index + 0.5) / house.fps
        shown = _eased((at - min(_LETTERS_AFTER, seconds / 8)) / min(_LETTERS_IN, seconds / 4))
        planes = full if shown >= 1 else [cv2.addWeighted(a, 1 - shown, b, shown, 0) for a, b in zip(bare, full, strict=True)]
        light = _eased(at / fade_in) * _eased((count / house.fps - at) / fade_out)
        yield _frame(cast("list[Pixels]", planes), house, 1 + _PUSH * index / count, light)


def _planes(picture: Pixels) -> list[Pixels]:
    """Luma and chroma of an RGB picture, as the house's colour has them."""
    height, width = picture.shape[:2]
    frame = to_house_colour(VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24"))
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return [plane_of(frame, n)[:high, :wide].copy() for n, (high, wide) in enumerate(shapes)]


def _frame(planes: Sequence[Pixels], house: House, zoom: float, light: float) -> Pixels:
    """The middle of the planes, `zoom` times as large, at a share of its light."""
    made = np.empty((house.height * 3 // 2, house.width), np.uint8)
    chroma = made[house.height :].reshape(2, house.height // 2, house.width // 2)
    targets = ((made[: house.height], _BLACK), (chroma[0], _NEUTRAL), (chroma[1], _NEUTRAL))
    for plane, (target, dark) in zip(planes, targets, strict=True):
        high, wide = target.shape
        shift = (wide - zoom * plane.shape[1]) / 2, (high - zoom * plane.shape[0]) / 2
        matrix = np.array([[zoom, 0, shift[0]], [0, zoom, shift[1]]], np.float64)
        cv2.warpAffine(plane, matrix, (wide, high), target, cv2.INTER_LINEAR, cv2.BORDER_REPLICATE)
        if light < 1:
            cv2.LUT(target, np.round(dark + (np.arange(256) - dark) * light).astype(np.uint8), target)
    return made


def _eased(share: float) -> float:
    """A share of a movement, slow at both its ends."""
    within = min(1.0, max(0.0, share))
    return 0.5 - 0.5 * math.cos(math.pi * within)
