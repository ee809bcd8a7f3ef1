"""One animal of a cast: its colours and markings, by its traits and its name, so that two of a species differ.

Belongs here: choosing within a kind. Does not belong here: the kinds (`kinds`), drawing.
"""

from dataclasses import dataclass, replace
from typing import Final

from aiuteur.film.species import Species
from aiuteur.film.takes import Figure
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.figures.beasts.kinds import KINDS
from aiuteur.models.animatic.art.figures.beasts.measures import Kind, Mould

_DYED: Final = {
    "black": "#34313a", "white": "#e9e5dc", "grey": "#8a8a8e", "gray": "#8a8a8e", "silver": "#a9adb2", "golden": "#cf9d4a",
    "green": "#6a8f4a", "blue": "#4f7aa6", "purple": "#75598f", "pink": "#dba39c", "yellow": "#d8b64c", "red": "#b04a2c",
}
"""Coats that no kind needs to have for a story to tell of them: a blue fox."""


@dataclass(frozen=True, slots=True)
class Creature:
    """An animal's colours and what marks it."""

    species: Species
    kind: Kind
    coat: Rgb
    light: Rgb
    dark: Rgb
    nose: Rgb
    iris: Rgb
    paws: Rgb
    mark: str

    def has(self, extra: str) -> bool:
        """Whether its kind has a part of this name."""
        return extra in self.kind.mould.extras


def creature(figure: Figure) -> Creature | None:
    """The animal that a figure is, the same in every shot; None for a person."""
    kind = KINDS.get(figure.traits.species)
    if kind is None:
        return None
    rng = chance("beast", figure.name)
    coats = list(kind.coats.values())[: kind.usual]
    any_coat, shade, mark = rng.choice(coats), rng.uniform(0.9, 1.1), rng.choice(kind.marks)
    word = figure.traits.hair_colour.lower()
    told = kind.coats.get(word) or _DYED.get(word)
    coat = scale(rgb(told or any_coat), shade)
    mark = "patch" if word in {"spotted", "piebald"} else "tabby" if word == "tabby" else mark
    own = replace(kind, mould=_varied(kind.mould, [rng.uniform(-1, 1) for _ in range(6)]))
    return Creature(
        figure.traits.species, own, coat, mix(rgb(kind.light), coat, 0.06 + 0.12 * rng.random()), rgb(kind.dark),
        rgb(kind.nose), rgb(kind.mould.iris), rgb(kind.paws) if kind.paws else coat, mark,
    )


def _varied(mould: Mould, quirk: list[float]) -> Mould:
    """A head of one's own within a kind: broader, longer, with larger ears or eyes; `quirk` are numbers from -1 to 1."""
    u, y, size = mould.eyes
    return replace(
        mould, wide=mould.wide * (1 + 0.06 * quirk[0]), tall=mould.tall * (1 + 0.05 * quirk[1]),
        length=mould.length * (1 + 0.1 * quirk[2]), ear=mould.ear * (1 + 0.1 * quirk[3]),
        cheek=mould.cheek * (1 + 0.2 * quirk[4]),
        eyes=(u * (1 + 0.05 * quirk[0]), y, size * (1 + 0.08 * quirk[5])),
    )
