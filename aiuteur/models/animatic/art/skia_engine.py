"""The display list drawn by skia."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

import numpy as np
import skia as untyped
from numpy.typing import NDArray

from aiuteur.models.animatic.art.colour import Rgb
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Paint, Path, Radial, Stop

skia = cast("Any", untyped)
"""skia-python has no types: all of it is `Any`, and nothing of it leaves this module."""

Canvas: TypeAlias = Any
Drawn: TypeAlias = Any

_BLENDS: Final[dict[str, Any]] = {
    "normal": skia.BlendMode.kSrcOver, "screen": skia.BlendMode.kScreen, "multiply": skia.BlendMode.kMultiply,
}


def render(items: Sequence[Item], width: int, height: int) -> NDArray[np.uint8]:
    """Draw items on nothing; BGRA with alpha multiplied in, shape (height, width, 4)."""
    surface: Drawn = skia.Surface(width, height)
    with surface as canvas:
        canvas.clear(0)
        _draw(canvas, items)
    pixels = np.empty((height, width, 4), np.uint8)
    info: Drawn = skia.ImageInfo.Make(width, height, skia.ColorType.kBGRA_8888_ColorType, skia.AlphaType.kPremul_AlphaType)
    surface.readPixels(info, pixels, width * 4)
    return pixels


def _draw(canvas: Canvas, items: Sequence[Item]) -> None:
    for item in items:
        if isinstance(item, Mark):
            canvas.drawPath(_path(item.path), _ink(item))
        else:
            _group(canvas, item)


def _group(canvas: Canvas, group: Group) -> None:
    depth: int = canvas.getSaveCount()
    canvas.save()
    if group.matrix is not None:
        a, b, c, d, e, f = group.matrix
        canvas.concat(skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1))
    if group.clip is not None:
        canvas.clipPath(_path(group.clip), op=skia.ClipOp.kIntersect, doAntiAlias=True)
    if group.alpha < 1:
        canvas.saveLayerAlpha(None, round(group.alpha * 255))
    _draw(canvas, group.items)
    canvas.restoreToCount(depth)


def _path(commands: Path) -> Drawn:
    path: Drawn = skia.Path()
    for verb, numbers in commands:
        if verb == "L":
            path.lineTo(*numbers)
        elif verb == "C":
            path.cubicTo(*numbers)
        elif verb == "M":
            path.moveTo(*numbers)
        else:
            path.close()
    return path


def _argb(colour: Rgb, alpha: float) -> int:
    red, green, blue = (min(255, max(0, round(part * 255))) for part in colour)
    return min(255, max(0, round(alpha * 255))) << 24 | red << 16 | green << 8 | blue


def _shader(paint: Linear | Radial) -> Drawn:
    colours = [_argb(stop.colour, stop.alpha) for stop in paint.stops]
    places = _places(paint.stops)
    if isinstance(paint, Linear):
        return skia.GradientShader.MakeLinear([skia.Point(*paint.start), skia.Point(*paint.end)], colours, places)
    return skia.GradientShader.MakeRadial(skia.Point(*paint.centre), max(paint.radius, 1e-4), colours, places)


def _places(stops: Sequence[Stop]) -> list[float]:
    return [stop.at for stop in stops]


def _ink(mark: Mark) -> Drawn:
    paint: Paint = mark.paint
    ink: Drawn = skia.Paint(AntiAlias=True, BlendMode=_BLENDS[mark.blend], Dither=not isinstance(paint, tuple))
    if isinstance(paint, tuple):
        ink.setColor(_argb(paint, mark.alpha))
    else:
        ink.setShader(_shader(paint))
        ink.setAlphaf(mark.alpha)
    if mark.stroke is not None:
        ink.setStyle(skia.Paint.kStroke_Style)
        ink.setStrokeWidth(mark.stroke)
        ink.setStrokeCap(skia.Paint.kRound_Cap)
        ink.setStrokeJoin(skia.Paint.kRound_Join)
    if mark.blur > 0:
        ink.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, mark.blur))
    return ink
