"""What a person wears, as the wardrobe's words say; where they are silent, as the period dresses that age and sex.

Belongs here: reading garments out of words. Does not belong here: drawing them (`cloth`, `hats`).
"""

from dataclasses import dataclass
from typing import Final

from aiuteur.film.bible import Period
from aiuteur.film.takes import Figure
from aiuteur.models.animatic.art.colour import Rgb, chance, mix, rgb, scale
from aiuteur.models.animatic.art.figures.person import Person

_KINDS: Final = (
    ("apron", ("apron", "pinafore", "smock")), ("shawl", ("shawl", "stole", "wrap", "blanket")),
        ("scarf", ("scarf", "muffler", "cravat", "neckerchief")),
    ("cloak", ("cloak", "cape", "mantle", "poncho")), ("robe",
        ("robe", "toga", "habit", "cassock", "kimono", "stola", "vestment", "kaftan", "surplice")),
    ("uniform", ("uniform", "livery", "tailcoat")), ("waistcoat", ("waistcoat", "vest", "bodice")),
    ("jacket", ("jacket", "blazer", "suit", "doublet", "cardigan", "dinner")),
        ("coat", ("coat", "trench", "parka", "mackintosh", "duster", "ulster", "anorak", "oilskin")),
    ("dress", ("dress", "gown", "frock", "sari", "nightgown")),
        ("sweater", ("sweater", "jumper", "pullover", "hoodie", "jersey", "turtleneck")),
    ("tunic", ("tunic", "chiton", "surcoat", "jerkin", "kurta", "scrubs")),
        ("armour", ("armour", "armor", "mail", "breastplate")),
    ("shirt", ("shirt", "blouse", "tee", "top", "singlet", "pyjama")), ("skirt", ("skirt", "kilt")),
    ("trousers", ("trouser", "pants", "jean", "breeches", "slacks", "leggings", "hose", "shorts", "overalls", "dungaree")),
    ("boots", ("boot",)), ("shoes", ("shoe", "sandal", "slipper", "sneaker", "heel", "clog")), ("tie", ("tie", "bow")),
        ("gloves", ("glove",)),
)
_HATS: Final = (
    ("top", ("top hat", "topper", "silk hat")), ("bowler", ("bowler", "derby")),
        ("peaked", ("peaked", "police", "officer", "guard", "conductor", "kepi", "captain", "uniform cap", "station")),
    ("helmet", ("helmet", "helm")), ("crown", ("crown", "tiara", "diadem", "circlet")), ("hood", ("hood", "cowl")),
        ("bonnet", ("bonnet", "mob")),
    ("scarf", ("headscarf", "kerchief", "veil", "wimple", "coif", "scarf", "hijab")),
        ("straw", ("wester", "straw", "sun hat", "wide-brim", "wide brim", "boater")),
    ("beret", ("beret",)), ("turban", ("turban",)), ("beanie", ("beanie", "knit", "woolly", "watch cap")),
        ("laurel", ("laurel", "wreath", "garland")),
    ("cap", ("flat cap", "newsboy", "cap")), ("cloche", ("cloche",)),
        ("fedora", ("fedora", "trilby", "hat", "homburg", "slouch", "brim")),
)
_DEFAULTS: Final = {
    Period.ANCIENT: (("tunic", "shawl"), ("robe", "shawl")),
    Period.MEDIEVAL: (("tunic", "trousers", "boots"), ("dress",)),
    Period.VICTORIAN: (("jacket", "waistcoat", "shirt", "trousers"), ("dress", "shawl")),
    Period.EDWARDIAN: (("jacket", "waistcoat", "shirt", "trousers"), ("jacket", "shirt", "skirt")),
    Period.MIDCENTURY: (("jacket", "shirt", "tie", "trousers"), ("dress",)),
    Period.CONTEMPORARY: (("jacket", "sweater", "trousers"), ("sweater", "trousers")),
    Period.FUTURE: (("uniform", "trousers", "boots"), ("uniform", "trousers", "boots")),
}
_DYES: Final = tuple(
    rgb(code) for code in (
        "#7c3b35", "#3e5a78", "#4f6b4a", "#8a6a3a", "#5b4668", "#2f6065", "#a06a4a", "#6d7480", "#8d4a5a", "#44506a", "#77804d",
            "#9a8563",
    )
)
_OVER: Final = ("coat", "jacket", "uniform", "cloak")
_SKIRTED: Final = ("dress", "robe", "skirt", "tunic")


@dataclass(frozen=True, slots=True)
class Outfit:
    """Garments by kind with their colours, headwear, and what changes them (wet, muddy, torn…)."""

    worn: dict[str, Rgb]
    hat: str
    hat_colour: Rgb
    extras: str
    tags: frozenset[str]
    period: Period

    def has(self, *kinds: str) -> bool:
        """Whether any of these kinds of garment is worn."""
        return any(kind in self.worn for kind in kinds)

    def outer(self) -> tuple[str, Rgb]:
        """The garment that the sleeves belong to."""
        for kind in ("coat", "jacket", "uniform", "robe", "dress", "sweater", "tunic", "armour", "shirt"):
            if kind in self.worn:
                return kind, self.worn[kind]
        return "shirt", rgb("#d8d2c4")

    def under(self) -> tuple[str, Rgb]:
        """The garment that shows in the opening of a coat."""
        for kind in ("sweater", "dress", "robe", "shirt", "tunic"):
            if kind in self.worn:
                return kind, self.worn[kind]
        return "shirt", rgb("#d8d2c4")


def outfit(figure: Figure, who: Person, period: Period) -> Outfit:
    """The clothes of a figure in a period."""
    wardrobe = figure.wardrobe
    rng = chance("wardrobe", figure.name)
    dyes = rng.sample(_DYES, 4)
    colours = [rgb(code) for code in wardrobe.colours]
    worn: dict[str, Rgb] = {}
    for order, words in enumerate(wardrobe.garments):
        kind = _kind(words, _KINDS)
        if kind is not None:
            worn.setdefault(kind, _dye(words, colours[order] if order < len(colours) else dyes[order % 4]))
    if not any(kind in worn for kind in (*_OVER, *_SKIRTED, "sweater", "shirt", "armour", "waistcoat")):
        for order, kind in enumerate(_DEFAULTS[period][1 if who.female else 0]):
            spare = colours[len(worn)] if len(worn) < len(colours) else dyes[order % 4]
            worn.setdefault(kind, scale(spare, 1.0 if order == 0 else 0.8))
    _complete(worn, who, period)
    extras = " ".join((*wardrobe.accessories, *wardrobe.garments)).lower()
    hat = _kind(wardrobe.headwear, _HATS) if wardrobe.headwear.lower() not in {"none", ""} else None
    if "uniform" in worn:
        hat = {"helmet": "constable", "cap": "peaked"}.get(hat or "", hat)
    elif hat == "cap" and period in {Period.ANCIENT, Period.MEDIEVAL}:
        hat = "beret"  # nobody had peaks to their caps yet
    main = next(iter(worn.values()))
    tags = frozenset(word.lower().strip() for tag in figure.tags for word in tag.replace("_", " ").split())
    if tags & {"wet", "soaked", "drenched", "dripping"}:
        worn = {kind: scale(colour, 0.68) for kind, colour in worn.items()}
    return Outfit(worn, hat or "", _hat_colour(wardrobe.headwear, hat or "", main), extras, tags, period)


def _kind(words: str, table: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    words = words.lower().replace("_", " ")
    return next((kind for kind, names in table if any(name in words for name in names)), None)


def _dye(words: str, given: Rgb) -> Rgb:
    return mix(given, (1, 1, 1), 0.12) if "faded" in words else given


def _complete(worn: dict[str, Rgb], who: Person, period: Period) -> None:
    """Add what nobody mentions: a shirt under the coat, something on the legs, shoes."""
    main = next(iter(worn.values()))
    if not any(kind in worn for kind in ("shirt", "sweater", "dress", "robe", "tunic", "armour")):
        worn["shirt"] = rgb("#e4ddd0")
    if not any(kind in worn for kind in ("trousers", "skirt", "dress", "robe")):
        skirted = who.female and period not in {Period.CONTEMPORARY, Period.FUTURE}
        worn["skirt" if skirted else "trousers"] = mix(scale(main, 0.55), rgb("#2c2a2e"), 0.5)
    if not any(kind in worn for kind in ("boots", "shoes")):
        worn["shoes"] = rgb("#2a211d") if period is not Period.ANCIENT else rgb("#6d4a30")


def _hat_colour(words: str, hat: str, main: Rgb) -> Rgb:
    named = {
        "top": "#1d1c20", "bowler": "#26211f", "straw": "#cdb077", "crown": "#c9a23f", "helmet": "#8a8d92", "laurel": "#5b7a3c",
            "peaked": "#232c40", "constable": "#20283c",
        "bonnet": "#cfc3ac", "cap": "#5a5048", "beret": "#5a2a33",
    }
    colours = {"black": "#1d1c20", "white": "#ddd8cc", "red": "#8a2f2f", "blue": "#33507a", "grey": "#6d6d70", "gray": "#6d6d70",
        "brown": "#5c4330", "green": "#40573e"}
    for word, code in colours.items():
        if word in words.lower():
            return rgb(code)
    return rgb(named[hat]) if hat in named else scale(main, 0.72)
