"""The display list drawn by resvg, as SVG: slower, and needs no library of the system."""

from collections.abc import Sequence
from itertools import count

import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray

from aiuteur.models.animatic.art.colour import Rgb
from aiuteur.models.animatic.art.display import Group, Item, Linear, Mark, Path, Radial


def render(items: Sequence[Item], width: int, height: int) -> NDArray[np.uint8]:
    """Draw items on nothing; BGRA with alpha multiplied in, shape (height, width, 4)."""
    page = _Page()
    body = page.draw(items)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<defs>{"".join(page.definitions)}</defs><g style="isolation:isolate">{body}</g></svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    straight = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    return _premultiplied(np.asarray(straight, np.uint8))


def _premultiplied(straight: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if straight.shape[2] == 3:  # an opaque PNG comes back without alpha
        return np.dstack([straight, np.full(straight.shape[:2], 255, np.uint8)])
    alpha = straight[:, :, 3:].astype(np.uint16)
    colour = (straight[:, :, :3] * alpha + 127) // 255
    return np.dstack([colour.astype(np.uint8), straight[:, :, 3]])


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{min(255, max(0, round(part * 255))):02x}" for part in colour)


def _data(path: Path) -> str:
    return "".join(verb + " ".join(f"{number:.4f}" for number in numbers) for verb, numbers in path)


class _Page:
    """One SVG being written: its body and the definitions that the body points at."""

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self._ids = count()

    def draw(self, items: Sequence[Item]) -> str:
        return "".join(self._mark(item) if isinstance(item, Mark) else self._group(item) for item in items)

    def _define(self, tag: str, attributes: str, content: str) -> str:
        name = f"d{next(self._ids)}"
        self.definitions.append(f'<{tag} id="{name}" {attributes}>{content}</{tag}>')
        return f"url(#{name})"

    def _group(self, group: Group) -> str:
        attributes = f' opacity="{group.alpha:.3f}"' if group.alpha < 1 else ""
        if group.clip is not None:
            clip = self._define("clipPath", 'clipPathUnits="userSpaceOnUse"', f'<path d="{_data(group.clip)}"/>')
            attributes += f' clip-path="{clip}"'
        if group.matrix is not None:
            attributes += f' transform="matrix({" ".join(f"{part:.5f}" for part in group.matrix)})"'
        return f"<g{attributes}>{self.draw(group.items)}</g>"

    def _gradient(self, paint: Linear | Radial) -> str:
        stops = "".join(
            f'<stop offset="{stop.at:.4f}" stop-color="{_hex(stop.colour)}" stop-opacity="{stop.alpha:.4f}"/>'
                for stop in paint.stops
        )
        units = 'gradientUnits="userSpaceOnUse" '
        if isinstance(paint, Linear):
            (x1, y1), (x2, y2) = paint.start, paint.end
            return self._define("linearGradient", f'{units}x1="{x1:.4f}" y1="{y1:.4f}" x2="{x2:.4f}" y2="{y2:.4f}"', stops)
        cx, cy = paint.centre
        return self._define("radialGradient", f'{units}cx="{cx:.4f}" cy="{cy:.4f}" r="{max(paint.radius, 1e-4):.4f}"', stops)

    def _mark(self, mark: Mark) -> str:
        ink = _hex(mark.paint) if isinstance(mark.paint, tuple) else self._gradient(mark.paint)
        if mark.stroke is None:
            look = f'fill="{ink}"'
        else:
            look = f'fill="none" stroke="{ink}" stroke-width="{mark.stroke:.4f}" stroke-linecap="round" stroke-linejoin="round"'
        if mark.alpha < 1:
            look += f' opacity="{mark.alpha:.4f}"'
        if mark.blend != "normal":
            look += f' style="mix-blend-mode:{mark.blend}"'
        if mark.blur > 0:
            look += f' filter="{self._blur(mark)}"'
        return f'<path d="{_data(mark.path)}" {look}/>'

    def _blur(self, mark: Mark) -> str:
        """A blur over the path's own box: the default region, a share of the box, is nothing for a straight line."""
        numbers = [number for _, part in mark.path for number in part]
        xs, ys = numbers[::2], numbers[1::2]
        margin = mark.blur * 3 + (mark.stroke or 0.0)
        region = f'x="{min(xs) - margin:.4f}" y="{min(ys) - margin:.4f}" '
        region += f'width="{max(xs) - min(xs) + 2 * margin:.4f}" height="{max(ys) - min(ys) + 2 * margin:.4f}"'
        blur = f'<feGaussianBlur stdDeviation="{mark.blur:.4f}"/>'
        return self._define("filter", f'filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB" {region}', blur)
