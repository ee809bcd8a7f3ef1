"""Arms and legs with what covers them, hands and shoes, in metres round the joints of a skeleton."""

from aiuteur.film.bible import Period
from aiuteur.models.animatic.art.colour import Rgb, mix, rgb, scale
from aiuteur.models.animatic.art.display import Item, Linear, Mark, Point, Stop, fade
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.figures.person import Person
from aiuteur.models.animatic.art.figures.skeleton import Joints
from aiuteur.models.animatic.art.shapes import between, curve, limb, line, smooth

Chain = tuple[Point, Point, Point]


def tube(chain: Chain, radii: tuple[float, float, float], colour: Rgb, dark: float = 0.72) -> list[Item]:
    """A sleeve or a trouser leg, with a fold where it bends."""
    root, middle, end = chain
    path = limb([root, between(root, middle, 0.5), middle, between(middle, end, 0.5), end],
        [radii[0], (radii[0] + radii[1]) / 2, radii[1], (radii[1] + radii[2]) / 2, radii[2]])
    x0, x1 = min(root[0], middle[0], end[0]) - radii[0], max(root[0], middle[0], end[0]) + radii[0]
    paint = Linear((x0, root[1]), (x1, root[1] + (x1 - x0) * 0.3),
        (Stop(0, scale(colour, dark + 0.1)), Stop(0.45, scale(colour, 1.06)), Stop(1, scale(colour, dark))))
    fold = curve([(middle[0] - radii[1] * 0.7, middle[1] - radii[1] * 0.25), (middle[0], middle[1] + radii[1] * 0.1),
        (middle[0] + radii[1] * 0.6, middle[1] - radii[1] * 0.3)])
    edge = Linear(root, middle, fade(scale(colour, 0.5), 0, 0.2, 0.6))
    return [Mark(path, paint), Mark(path, edge, stroke=0.006), Mark(fold, scale(colour, 0.6), stroke=0.008, alpha=0.5)]


def leg(who: Person, clothes: Outfit, chain: Chain, joints: Joints, side: int) -> list[Item]:
    """One leg with its shoe."""
    unit = who.height
    bare = not clothes.has("trousers")
    colour = clothes.worn.get("trousers", scale(who.skin, 0.96) if clothes.period is Period.ANCIENT or clothes.has("tunic")
        else mix(who.skin, rgb("#3a302c"), 0.5))
    radii = (unit * 0.051 * who.girth**0.7, unit * 0.043, unit * (0.03 if bare else 0.037))
    return [*_shoe(who, clothes, chain, joints, side), *tube(chain, radii, colour), *_boot(clothes, chain, unit)]


def _boot(clothes: Outfit, chain: Chain, unit: float) -> list[Item]:
    if not clothes.has("boots"):
        return []
    return tube((between(chain[1], chain[2], 0.35), between(chain[1], chain[2], 0.7), chain[2]),
        (unit * 0.044, unit * 0.041, unit * 0.038), clothes.worn["boots"])


def _shoe(who: Person, clothes: Outfit, chain: Chain, joints: Joints, side: int) -> list[Item]:
    unit = who.height
    x, y = chain[2]
    colour = clothes.worn.get("boots", clothes.worn.get("shoes", rgb("#2a211d")))
    shin = (chain[2][0] - chain[1][0], chain[2][1] - chain[1][1])
    if joints.side and shin[1] < unit * 0.12 and shin[0] < 0:
        points = [(x + 0.03 * unit, y - 0.025 * unit), (x - 0.02 * unit, y - 0.035 * unit), (x - 0.045 * unit, y + 0.05 * unit),
            (x - 0.02 * unit, y + 0.1 * unit), (x + 0.01 * unit, y + 0.05 * unit)]
    elif joints.side:
        points = [(x - 0.038 * unit, y - 0.02 * unit), (x - 0.042 * unit, y + 0.038 * unit), (x + 0.03 * unit, y + 0.04 * unit),
            (x + 0.108 * unit, y + 0.039 * unit), (x + 0.1 * unit, y + 0.016 * unit), (x + 0.04 * unit, y - 0.016 * unit)]
    else:
        out = 0.016 * unit * side
        points = [(x - 0.034 * unit, y - 0.01 * unit), (x - 0.036 * unit + out, y + 0.032 * unit), (x + out, y + 0.052 * unit),
            (x + 0.038 * unit + out, y + 0.032 * unit), (x + 0.034 * unit, y - 0.01 * unit)]
    shape = smooth(points, 0.14)
    return [Mark(shape, colour), Mark(shape, scale(colour, 0.5), stroke=0.005, alpha=0.6)]


def arm(who: Person, clothes: Outfit, chain: Chain, *, far: bool, spread: bool) -> list[Item]:
    """One arm: sleeve, cuff and hand; `spread` opens the hand, else it hangs relaxed."""
    unit = who.height
    kind, colour = clothes.outer()
    shade = scale(colour, 0.8) if far else colour
    bulk = 1.14 if kind == "coat" else 1.06 if kind in {"jacket", "uniform", "sweater"} else 0.95
    grow = unit * bulk * (0.86 + 0.14 * who.girth) * (0.9 if who.female else 1.0)
    bare = kind == "tunic" and clothes.period is Period.ANCIENT
    wrist = between(chain[1], chain[2], 0.94)
    items = _hand(who, chain, far=far) if spread else _relaxed(who, chain, far=far)
    if bare:
        items += tube(chain, (grow * 0.04, grow * 0.034, grow * 0.025), scale(who.skin, 0.8 if far else 0.97))
        upper = (chain[0], between(chain[0], chain[1], 0.4), between(chain[0], chain[1], 0.75))
        return items + tube(upper, (grow * 0.05, grow * 0.052, grow * 0.054), shade)
    flare = 1.75 if kind == "robe" else 1.0
    if kind in {"coat", "jacket", "uniform"} and clothes.has("shirt"):
        cuff = limb([between(chain[1], chain[2], 0.9), between(chain[1], chain[2], 1.02)], [grow * 0.024, grow * 0.024])
        items.append(Mark(cuff, scale(clothes.worn["shirt"], 0.85)))
    items += tube((chain[0], chain[1], wrist), (grow * 0.035, grow * 0.03, grow * 0.026 * flare), shade)
    if kind in {"coat", "uniform"}:
        items.append(_cuff(chain, grow * 0.027, shade))
    return items


def _cuff(chain: Chain, reach: float, colour: Rgb) -> Mark:
    """The seam of a turned-back cuff, across the sleeve."""
    x, y = between(chain[1], chain[2], 0.76)
    dx, dy = chain[2][0] - chain[1][0], chain[2][1] - chain[1][1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * reach, dx / length * reach
    return Mark(line((x - nx, y - ny), (x + nx, y + ny)), scale(colour, 0.5), stroke=reach * 0.22, alpha=0.8)


def _hand(who: Person, chain: Chain, *, far: bool) -> list[Item]:
    unit = who.height
    _, elbow, wrist = chain
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ax, ay = dx / length, dy / length
    nx, ny = -ay, ax
    skin = scale(who.skin, 0.78 if far else 0.98)
    size = unit * (0.94 if who.female else 1.04)

    def at(along: float, across: float) -> Point:
        return (wrist[0] + (ax * along + nx * across) * size, wrist[1] + (ay * along + ny * across) * size)

    palm = smooth([at(-0.01, -0.017), at(0.03, -0.024), at(0.065, -0.021), at(0.088, -0.008), at(0.09, 0.006), at(0.066, 0.019),
        at(0.03, 0.022), at(-0.01, 0.016)], 0.15)
    thumb = limb([at(0.012, -0.014), at(0.04, -0.03), at(0.06, -0.026)], [0.011 * size, 0.0095 * size, 0.007 * size])
    lines: list[Item] = [Mark(line(at(0.05, across), at(0.084, across * 0.7)), scale(skin, 0.6), stroke=0.0035, alpha=0.75)
        for across in (-0.01, 0.0, 0.01)]
    return [Mark(thumb, scale(skin, 0.9)), Mark(palm, skin), Mark(palm, scale(skin, 0.55), stroke=0.004, alpha=0.5), *lines]


def _relaxed(who: Person, chain: Chain, *, far: bool) -> list[Item]:
    """A hand at rest: the fingers curl, the thumb lies along them."""
    _, elbow, wrist = chain
    dx, dy = wrist[0] - elbow[0], wrist[1] - elbow[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ax, ay = dx / length, dy / length
    size = who.height * (0.94 if who.female else 1.04)
    skin = scale(who.skin, 0.78 if far else 0.98)

    def at(along: float, across: float) -> Point:
        return (wrist[0] + (ax * along - ay * across) * size, wrist[1] + (ay * along + ax * across) * size)

    fist = smooth([at(-0.012, -0.015), at(0.022, -0.021), at(0.05, -0.02), at(0.066, -0.008), at(0.064, 0.008), at(0.048, 0.018),
        at(0.02, 0.019), at(-0.012, 0.015)], 0.16)
    thumb = limb([at(0.008, -0.012), at(0.034, -0.018), at(0.05, -0.012)], [0.0095 * size, 0.0085 * size, 0.0065 * size])
    lines: list[Item] = [Mark(curve([at(0.034, across), at(0.05, across + 0.001), at(0.061, across - 0.002)]), scale(skin, 0.62),
        stroke=0.003, alpha=0.6) for across in (-0.003, 0.006)]
    return [Mark(fist, skin), Mark(fist, scale(skin, 0.55), stroke=0.004, alpha=0.5), *lines, Mark(thumb, scale(skin, 0.92))]
