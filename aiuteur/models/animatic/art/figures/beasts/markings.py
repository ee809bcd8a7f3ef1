"""What colours the heads of beasts: masks, blazes, stripes, patches. Units and turn as in `figures.head`."""

from collections.abc import Callable
from typing import Final

from aiuteur.models.animatic.art.colour import mix, scale
from aiuteur.models.animatic.art.display import Item, Mark, Path, Point
from aiuteur.models.animatic.art.figures.beasts.look import Look
from aiuteur.models.animatic.art.shapes import curve, ellipse, limb, polygon, smooth


def pale_chin(look: Look) -> bool:
    """Whether the lower jaw is lighter than the coat."""
    return not {"plain", "blaze", "star", "patch"} & set(look.beast.mark.split())


def on_skull(look: Look) -> list[Item]:
    """The markings of the face; of the back of a head only what goes over the crown."""
    marks = look.beast.mark.split()
    known = _BEHIND if look.head.away else _SKULL
    return [item for mark in marks if mark in known for item in known[mark](look)]


def on_muzzle(look: Look, shape: Path) -> list[Item]:
    """The markings of the muzzle."""
    marks = look.beast.mark.split()
    return [item for mark in marks if mark in _MUZZLE for item in _MUZZLE[mark](look, shape)]


def _mask(look: Look) -> list[Item]:
    """Light cheeks and throat, up to below the eyes."""
    x, wide, out = look.x, look.mould.wide, look.mould.cheek
    u, y, _ = look.mould.eyes
    low = [(x(wide + out + 0.1), 0.7), (x(-wide - out - 0.1), 0.7)]
    brow = [(x(-wide - out), y + 0.2), (x(-u * 1.1), y + 0.12), (x(-u * 0.45), y + 0.26), (x(0), 0.3), (x(u * 0.45), y + 0.26),
            (x(u * 1.1), y + 0.12), (x(wide + out), y + 0.2)]
    return [Mark(smooth([*brow, *low], 0.1), look.beast.light),
            *(Mark(ellipse(x(side * u * 0.72), y - 0.12, 0.05, 0.03), look.beast.light, alpha=0.6) for side in (-1, 1))]


def _saddle(look: Look) -> list[Item]:
    """A dark crown that runs down between the eyes."""
    x, dark = look.x, mix(look.beast.coat, look.beast.dark, 0.55)
    return [Mark(smooth([(x(-0.3), -0.6), (x(0.3), -0.6), (x(0.12), -0.2), (x(0.03), 0.02), (x(-0.03), 0.02), (x(-0.12), -0.2)],
        0.14),
                 dark, alpha=0.8)]


def _blaze(look: Look) -> list[Item]:
    x = look.x
    return [Mark(smooth([(x(-0.05), -0.5), (x(0.05), -0.5), (x(0.085), -0.15), (x(0.07), 0.25), (x(-0.07), 0.25),
        (x(-0.085), -0.15)], 0.14), look.beast.light)]


def _star(look: Look) -> list[Item]:
    x = look.x(0)
    return [Mark(polygon((x, -0.33), (x + 0.07, -0.22), (x, -0.1), (x - 0.07, -0.22)), look.beast.light)]


def _patch(look: Look) -> list[Item]:
    """Dark about one eye, and an ear."""
    side = 1 if look.head.who.quirk[0] > 0 and look.k < 0.5 else -1
    u, y, _ = look.mould.eyes
    colour = mix(look.beast.coat, look.beast.dark if look.beast.coat[0] > 0.6 else look.beast.light, 0.75)
    return [Mark(smooth([(look.x(side * (u + dx)), y + dy) for dx,
        dy in ((-0.13, 0.02), (-0.06, -0.22), (0.12, -0.36), (0.28, -0.1),
        (0.16, 0.16), (0.0, 0.15))], 0.16), colour)]


def _badger(look: Look) -> list[Item]:
    """A white face with a black band over either eye."""
    x, u = look.x, look.mould.eyes[0]
    white = Mark(ellipse(x(0), 0.0, 0.8, 0.8), look.beast.light)
    return [white, *(Mark(limb([(x(side * u * 0.6), 0.3), (x(side * u), -0.06), (x(side * u * 1.25), -0.3),
        (x(side * u * 1.1), -0.6)],
        [0.05, 0.095, 0.11, 0.1]), look.beast.dark) for side in (-1, 1))]


def _badger_behind(look: Look) -> list[Item]:
    return [Mark(limb([(u, -0.6), (u, 0.0)], [0.09, 0.07]), colour) for u, colour in ((0.0, look.beast.light),
        (-0.19, look.beast.dark), (0.19, look.beast.dark))]


def _wedge(points: list[Point], look: Look, share: float) -> Item:
    return Mark(limb(points, [0.008, 0.026, 0.006]), mix(look.beast.coat, look.beast.dark, share), alpha=0.92)


def _tiger(look: Look) -> list[Item]:
    return _stripes(look, 0.95)


def _tabby(look: Look) -> list[Item]:
    return _stripes(look, 0.45)


def _stripes(look: Look, share: float) -> list[Item]:
    """Stripes of the brow, as of an M, and of the cheeks."""
    x, wide = look.x, look.mould.wide
    brow = [[(x(side * a), -0.47), (x(side * (a - 0.01)), -0.33), (x(side * (a + 0.015)), -0.21)] for side in (-1, 1)
            for a in (0.05, 0.13, 0.22)]
    cheek = [[(x(side * (wide + 0.14)), y - 0.03), (x(side * (wide - 0.06)), y + 0.01), (x(side * (wide - 0.17)), y + 0.05)]
             for side in (-1, 1) for y in (-0.12, 0.05, 0.2)]
    return [_wedge(points, look, share) for points in (*brow, *cheek)]


def _stripes_behind(look: Look) -> list[Item]:
    share = 0.95 if "tiger" in look.beast.mark else 0.45
    return [_wedge([(side * 0.34, y), (side * 0.2, y + 0.03), (side * 0.06, y)], look, share) for side in (-1, 1)
            for y in (-0.26, -0.1, 0.06, 0.22)]


def _face(look: Look) -> list[Item]:
    """A bare face in a heart of fur."""
    x, u = look.x, look.mould.eyes[0]
    heart = [(x(0), -0.17), (x(u), -0.27), (x(u + 0.13), -0.12), (x(u + 0.1), 0.12), (x(0.16), 0.4), (x(-0.16), 0.4),
             (x(-u - 0.1), 0.12), (x(-u - 0.13), -0.12), (x(-u), -0.27)]
    return [Mark(smooth(heart, 0.16), look.beast.light), Mark(smooth(heart, 0.16), scale(look.beast.light, 0.6), stroke=0.012,
        alpha=0.5)]


def _whole(look: Look, shape: Path) -> list[Item]:
    return [Mark(shape, look.beast.light, alpha=0.92)]


def _under(look: Look, shape: Path) -> list[Item]:
    """Light below the bridge of the muzzle."""
    del shape
    (rx, ry), (tx, ty) = look.root(), look.tip()
    base, tip = look.mould.base, look.mould.tip
    if look.k > 0.5:
        low = [(rx - 0.3, ry + 0.06), ((rx + tx) / 2, (ry + ty) / 2 + 0.01), (tx + tip * 1.3, ty + 0.01), (tx + tip, ty + 0.5),
               (rx - 0.3, ry + 0.6)]
        return [Mark(smooth(low, 0.08), look.beast.light)]
    return [Mark(smooth([(tx + side * d, y) for side, d, y in ((-1, base * 1.6, ry + 0.02), (-1, tip * 0.55, ty - tip * 0.4),
        (1, tip * 0.55, ty - tip * 0.4), (1, base * 1.6, ry + 0.02), (1, base * 1.6, ty + 0.5), (-1, base * 1.6, ty + 0.5))],
            0.06),
        look.beast.light)]


def _blazed(look: Look, shape: Path) -> list[Item]:
    del shape
    root, tip = look.root(), look.tip()
    lifted = look.k * look.mould.base * 0.7
    return [Mark(curve([(root[0], root[1] - 0.2 - lifted), (root[0] * 0.5 + tip[0] * 0.5, (root[1] + tip[1]) / 2 - lifted),
        (tip[0], tip[1] - lifted)]), look.beast.light, stroke=0.14)]


def _nosed(look: Look, shape: Path) -> list[Item]:
    """The light end of a dark muzzle."""
    del shape
    x, y = look.tip()
    return [Mark(ellipse(x, y + 0.02, look.mould.tip * 1.4, look.mould.tip * 1.15), look.beast.light, alpha=0.92, blur=0.02)]


def _banded(look: Look, shape: Path) -> list[Item]:
    root, tip, side = look.root(), look.tip(), -1 if look.k > 0.5 else 1
    end = (tip[0] - 0.1, tip[1] - 0.02)
    bands = [Mark(limb([(root[0] - 0.15, root[1] - 0.17), (root[0] + 0.06, root[1] - 0.07), end], [0.1, 0.075, 0.02]),
        look.beast.dark),
             Mark(limb([(root[0] + 0.16, root[1] - 0.24), (tip[0] - 0.08, tip[1] - 0.13)], [0.05, 0.02]),
                 look.beast.dark)] if side < 0 else [
        Mark(limb([(tip[0] + turn * 0.16, root[1] - 0.1), (tip[0] + turn * 0.09, tip[1] - 0.06)], [0.05, 0.02]), look.beast.dark)
        for turn in (-1, 1)]
    return [Mark(shape, look.beast.light), *bands]


_SKULL: Final[dict[str, Callable[[Look], list[Item]]]] = {
    "mask": _mask, "saddle": _saddle, "blaze": _blaze, "star": _star, "patch": _patch, "badger": _badger, "tiger": _tiger,
    "tabby": _tabby, "face": _face,
}
_BEHIND: Final[dict[str, Callable[[Look], list[Item]]]] = {
    "badger": _badger_behind, "tiger": _stripes_behind, "tabby": _stripes_behind,
}
_MUZZLE: Final[dict[str, Callable[[Look, Path], list[Item]]]] = {
    "muzzle": _whole, "mask": _under, "blaze": _blazed, "nosed": _nosed, "badger": _banded,
}
