"""The head of an animal with what it wears on it. Units and turn as in `figures.head`.

Belongs here: which shape is drawn, and how hats that are made for people sit on it. Does not belong here: the shapes.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.models.animatic.art.colour import scale
from aiuteur.models.animatic.art.display import Group, Item, Mark, Matrix
from aiuteur.models.animatic.art.figures import hats
from aiuteur.models.animatic.art.figures.beasts.birds import bird
from aiuteur.models.animatic.art.figures.beasts.creature import Creature
from aiuteur.models.animatic.art.figures.beasts.insects import insect
from aiuteur.models.animatic.art.figures.beasts.look import Look
from aiuteur.models.animatic.art.figures.beasts.mammals import mammal
from aiuteur.models.animatic.art.figures.beasts.measures import Shape
from aiuteur.models.animatic.art.figures.beasts.scaled import crocodile, fish, frog, snake, tortoise
from aiuteur.models.animatic.art.figures.head import Head
from aiuteur.models.animatic.art.figures.outfit import Outfit
from aiuteur.models.animatic.art.shapes import curve, ellipse, smooth

_SHAPES: Final[Mapping[Shape, Callable[[Look], list[Item]]]] = MappingProxyType({
    "mammal": mammal, "bird": bird, "frog": frog, "tortoise": tortoise, "snake": snake, "crocodile": crocodile, "fish": fish,
    "insect": insect,
})
_WRAPPED: Final = frozenset({"hood", "scarf", "bonnet", "helmet", "cloche"})
"""Headwear that is cut for the face of a person: on an animal it stands about the head, behind the face."""
_HAT: Final = 0.74
"""How large a hat is that sits between ears."""


def sunk(beast: Creature) -> float:
    """How much lower an animal's head sits than a person's: its chin is nearer to its eyes."""
    return max(0.04, 0.46 - beast.kind.mould.tall)


def neck(beast: Creature) -> float:
    """Half the width of an animal's neck, in heads; a bird's goes straight down from its head."""
    return beast.kind.mould.wide * 0.7 if beast.kind.shape == "bird" else 0.2


def behind(head: Head, beast: Creature, clothes: Outfit) -> list[Item]:
    """What is worn about an animal's head, behind its face."""
    if clothes.hat not in _WRAPPED or head.away:
        return []
    kind = "hood" if clothes.hat in {"helmet", "cloche"} else clothes.hat
    turned = Head(head.who, head.k, head.mien, head.speaking, away=True)
    return [Group(hats.hat(turned, kind, clothes.hat_colour), matrix=_fitted(beast, 1.06, 0.02))]


def before(head: Head, beast: Creature, clothes: Outfit) -> list[Item]:
    """An animal's head and the hat on it."""
    items = _SHAPES[beast.kind.shape](Look(head, beast))
    if clothes.hat in _WRAPPED and not head.away:
        return [*items, *([] if beast.kind.shape in {"frog", "snake"} else _brim(head, beast, clothes))]
    high = 0.3 - beast.kind.mould.tall if beast.kind.shape != "frog" else -0.14
    size = 1.0 if clothes.hat in _WRAPPED else _HAT
    return [*items, Group(hats.hat(head, clothes.hat, clothes.hat_colour), matrix=_fitted(beast, size, high))]


def _brim(head: Head, beast: Creature, clothes: Outfit) -> list[Item]:
    """The edge of a bonnet or a hood over the brow, between the ears, and where it is tied under the chin."""
    wide, tall, k = beast.kind.mould.wide, beast.kind.mould.tall, head.k
    edge = [(-wide * 1.02 - 0.03 * k, 0.02), (-wide * 0.9 - 0.03 * k, -tall * 0.62), (0.02 * k, -tall * 1.02),
        (wide * 0.84, -tall * 0.62),
            (wide * (1.02 - 0.16 * k), 0.02)]
    colour = clothes.hat_colour
    bow = (0.02 * k, tall + 0.12)
    loops = [Mark(smooth([bow, (bow[0] + side * 0.16, bow[1] - 0.07), (bow[0] + side * 0.17, bow[1] + 0.06)], 0.14),
        scale(colour, 0.86)) for side in (-1, 1)]
    return [Mark(curve(edge), scale(colour, 0.6), stroke=0.13), Mark(curve(edge), scale(colour, 1.08), stroke=0.105), *loops,
            Mark(ellipse(*bow, 0.04, 0.04), scale(colour, 0.7))]


def _fitted(beast: Creature, size: float, down: float) -> Matrix:
    """A hat made for a person's head, as large as the animal's own head needs, moved down so far."""
    wide = size * max(0.8, min(1.15, beast.kind.mould.wide / 0.36))
    return (wide, 0.0, 0.0, wide, 0.0, down)
