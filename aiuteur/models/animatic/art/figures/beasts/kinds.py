"""The animals as drawn: the measures of their heads, their coats and tails. A table; no rules.

Belongs here: what one species is like. Does not belong here: what the numbers mean (`measures`), how heads are drawn from them
(`mammals`, `birds`, `scaled`, `insects`).
"""

from collections.abc import Mapping
from typing import Final

from aiuteur.film.species import Species
from aiuteur.models.animatic.art.figures.beasts.measures import Kind, Mould


def _has(*extras: str) -> frozenset[str]:
    return frozenset(extras)


_PIG: Final = {"pink": "#e3aaa0", "white": "#eccdbf", "spotted": "#dfae9f", "brown": "#8a5f48", "black": "#3a3435"}
_HORSE: Final = {"brown": "#7a4a2c", "chestnut": "#9a5a30", "black": "#2e2a2c", "grey": "#9a9a9c", "white": "#e6e2d9",
    "tan": "#b98d5c"}

KINDS: Final[Mapping[Species, Kind]] = {
    Species.DOG: Kind(
        Mould(0.36, 0.39, 0.0, 0.22, 0.165, 0.36, 0.16, "drooping", 0.46, iris="#4a2d18", nose=0.085, extras=_has("tongue")),
        {"brown": "#8a5a34", "golden": "#cf9d55", "black": "#34302f", "white": "#e9e3d8", "grey": "#85817c", "tan": "#b98a58",
         "spotted": "#e9e3d8"}, 0.92, marks=("patch", "blaze", "muzzle"), tail="whip"),
    Species.WOLF: Kind(
        Mould(0.37, 0.4, 0.17, 0.205, 0.13, 0.47, 0.15, "pointed", 0.36, (0.165, -0.09, 0.055), iris="#d09a2e", nose=0.085,
              extras=_has("fangs")),
        {"grey": "#787a80", "black": "#35363c", "white": "#dcdad4", "brown": "#6d5a4a"}, 1.03, light="#d9d4c8",
        marks=("mask", "mask saddle"), tail="brush", bulk=1.08),
    Species.FOX: Kind(
        Mould(0.37, 0.38, 0.22, 0.185, 0.075, 0.47, 0.14, "pointed", 0.46, (0.165, -0.08, 0.055), "slit", "#c98a22", 0.062,
              _has("tipped")),
        {"red": "#c2602a", "rust": "#a34a22", "orange": "#d5752f", "grey": "#8b8a8b", "silver": "#6b6c72", "white": "#e9e6df",
         "black": "#3a3638"}, 0.9, light="#f3ece0", marks=("mask", "mask saddle"), tail="brush", paws="#33261f", bulk=0.94),
    Species.CAT: Kind(
        Mould(0.38, 0.37, 0.1, 0.15, 0.125, 0.12, 0.07, "pointed", 0.36, (0.18, -0.06, 0.082), "slit", "#8fae3c", 0.045,
              _has("whiskers")),
        {"black": "#2f2c30", "white": "#ebe6dc", "ginger": "#d08a45", "grey": "#85868b", "tabby": "#9a7b58", "brown": "#7a5a40"},
        0.84, nose="#c67a78", marks=("tabby", "mask", "plain"), tail="whip", bulk=0.92),
    Species.LION: Kind(
        Mould(0.36, 0.39, 0.04, 0.21, 0.18, 0.28, 0.15, "round", 0.17, (0.165, -0.08, 0.055), iris="#b8842a", nose=0.1,
              extras=_has("mane", "whiskers")),
        {"golden": "#d0a060", "tan": "#bd8d52", "white": "#e6dcc8"}, 1.06, dark="#6e3d1c", nose="#6a4038",
        marks=("muzzle",), tail="tuft", bulk=1.12),
    Species.TIGER: Kind(
        Mould(0.4, 0.39, 0.13, 0.2, 0.17, 0.22, 0.13, "round", 0.17, (0.17, -0.08, 0.058), iris="#c2a035", nose=0.085,
              extras=_has("whiskers")),
        {"orange": "#d98536", "golden": "#d39a4a", "white": "#e8e3da"}, 1.06, nose="#a05a50", marks=("tiger mask",), tail="whip",
        bulk=1.12),
    Species.BEAR: Kind(
        Mould(0.43, 0.42, 0.05, 0.21, 0.15, 0.3, 0.13, "round", 0.19, (0.155, -0.07, 0.042), iris="#2a1a12", nose=0.1),
        {"brown": "#6e4a30", "black": "#35302f", "white": "#e9e4d6", "tan": "#9a7248"}, 1.12, light="#c9a57a", marks=("muzzle",),
        bulk=1.25),
    Species.RABBIT: Kind(
        Mould(0.33, 0.37, 0.07, 0.165, 0.105, 0.15, 0.1, "long", 0.78, (0.2, -0.06, 0.075), iris="#3a2418", nose=0.05,
              extras=_has("teeth", "whiskers")),
        {"brown": "#a17f5f", "white": "#ece7de", "grey": "#97979b", "black": "#3a3638", "tan": "#c3a078"}, 0.76, nose="#c98482",
        marks=("muzzle", "blaze"), tail="puff", bulk=0.95),
    Species.HARE: Kind(
        Mould(0.3, 0.39, 0.05, 0.165, 0.1, 0.22, 0.12, "long", 0.92, (0.19, -0.08, 0.072), iris="#b5802c", nose=0.05,
              extras=_has("teeth", "whiskers", "tipped")),
        {"brown": "#9a7148", "tan": "#b58f60", "grey": "#8d8a85", "white": "#e9e5dc"}, 0.86, nose="#6d4a44",
        marks=("muzzle",), tail="puff", bulk=0.88),
    Species.MOUSE: Kind(
        Mould(0.33, 0.36, 0.03, 0.175, 0.055, 0.32, 0.13, "round", 0.33, (0.165, -0.06, 0.068), iris="#1d1616", nose=0.05,
              extras=_has("whiskers", "teeth")),
        {"grey": "#97979c", "brown": "#a07f62", "white": "#ebe7e0", "tan": "#c0a07c", "black": "#403d42"}, 0.68, nose="#d08a8c",
        marks=("muzzle", "plain"), tail="whip", paws="#d9a79c", bulk=0.92),
    Species.RAT: Kind(
        Mould(0.32, 0.36, 0.05, 0.19, 0.08, 0.44, 0.13, "round", 0.2, (0.15, -0.09, 0.048), iris="#1c1414", nose=0.058,
              extras=_has("whiskers", "teeth")),
        {"brown": "#6e594a", "grey": "#6f6f74", "black": "#37343a", "white": "#e3dfd8"}, 0.74, nose="#c07f7c",
        marks=("plain", "muzzle"), tail="whip", paws="#cfa093"),
    Species.SQUIRREL: Kind(
        Mould(0.34, 0.36, 0.09, 0.165, 0.095, 0.2, 0.1, "pointed", 0.34, (0.18, -0.07, 0.075), iris="#1f1410", nose=0.048,
              extras=_has("teeth", "tufted", "whiskers")),
        {"red": "#a9532a", "grey": "#8e8d8d", "brown": "#7d5638", "black": "#3a3230"}, 0.74, marks=("mask",), tail="plume",
        bulk=0.92),
    Species.HEDGEHOG: Kind(
        Mould(0.33, 0.35, 0.0, 0.185, 0.06, 0.33, 0.12, "round", 0.13, (0.155, -0.04, 0.055), iris="#1c1412", nose=0.062,
              extras=_has("spines")),
        {"brown": "#b08d68", "tan": "#c4a47c", "grey": "#a39a90", "white": "#e0d6c4"}, 0.74, dark="#4a382a", marks=("muzzle",),
        bulk=1.2),
    Species.BADGER: Kind(
        Mould(0.36, 0.37, 0.1, 0.2, 0.105, 0.4, 0.13, "round", 0.12, (0.16, -0.08, 0.042), iris="#241816", nose=0.082),
        {"grey": "#78777a", "black": "#3a393c", "brown": "#75665a"}, 0.9, light="#eceae4", dark="#232225", marks=("badger",),
        paws="#2d2a2c", bulk=1.22),
    Species.MOLE: Kind(
        Mould(0.37, 0.35, 0.03, 0.2, 0.085, 0.42, 0.12, "none", 0.0, (0.15, -0.08, 0.03), iris="#0f0c0c", nose=0.1,
              extras=_has("whiskers")),
        {"black": "#4a464c", "grey": "#5d5a62", "brown": "#5c4a42"}, 0.72, nose="#d58f8e", tail="whip", paws="#d6a195",
            bulk=1.15, usual=3),
    Species.OTTER: Kind(
        Mould(0.38, 0.33, 0.02, 0.215, 0.18, 0.14, 0.1, "round", 0.1, (0.18, -0.07, 0.048), iris="#21150f", nose=0.09,
              extras=_has("whiskers")),
        {"brown": "#6f4e38", "grey": "#77706a", "black": "#3c322e"}, 0.86, light="#d6bf9e", marks=("mask",), tail="taper",
        bulk=0.98),
    Species.WEASEL: Kind(
        Mould(0.28, 0.34, 0.0, 0.165, 0.085, 0.24, 0.11, "round", 0.15, (0.145, -0.08, 0.05), iris="#1c1210", nose=0.05,
              extras=_has("whiskers")),
        {"brown": "#8e5a34", "red": "#a5602f", "white": "#ece7dc"}, 0.76, marks=("mask",), tail="taper", bulk=0.82),
    Species.PIG: Kind(
        Mould(0.39, 0.38, 0.02, 0.215, 0.165, 0.26, 0.12, "drooping", 0.3, (0.18, -0.1, 0.045), iris="#3a5a78", nose=0.165,
              extras=_has("disc", "cocked")),
        _PIG, 0.92, light="#f0c4b6", nose="#d58d86", tail="curl", bulk=1.3),
    Species.HORSE: Kind(
        Mould(0.27, 0.37, 0.0, 0.2, 0.16, 0.5, 0.33, "leaf", 0.3, (0.2, -0.13, 0.058), iris="#2a1810", nose=0.12,
              extras=_has("hooved", "forelock", "upright")),
        _HORSE, 1.1, marks=("blaze", "plain", "star"), tail="brush", bulk=1.08),
    Species.DONKEY: Kind(
        Mould(0.28, 0.37, 0.0, 0.2, 0.165, 0.48, 0.32, "leaf", 0.62, (0.2, -0.12, 0.058), iris="#2a1810", nose=0.12,
              extras=_has("hooved", "forelock", "upright")),
        {"grey": "#8b8784", "brown": "#7d6552", "black": "#443e3e", "white": "#dedad2"}, 1.0, marks=("nosed",), tail="tuft"),
    Species.COW: Kind(
        Mould(0.33, 0.37, 0.0, 0.21, 0.2, 0.38, 0.25, "leaf", 0.32, (0.22, -0.1, 0.056), iris="#2a1810", nose=0.165,
              extras=_has("hooved", "horns", "pad")),
        {"brown": "#8f5a36", "white": "#e8e1d4", "black": "#35302f", "spotted": "#e8e1d4", "red": "#8d4428"}, 1.1,
            light="#e5c3ab",
        nose="#c99486", marks=("nosed patch", "nosed blaze"), tail="tuft", bulk=1.25),
    Species.GOAT: Kind(
        Mould(0.28, 0.37, 0.0, 0.175, 0.115, 0.4, 0.24, "leaf", 0.34, (0.19, -0.1, 0.055), "bar", "#c7a24a", 0.075,
              _has("hooved", "swept", "goatee")),
        {"white": "#e8e2d5", "brown": "#8c6748", "grey": "#8f8b86", "black": "#3a3536", "tan": "#bf9a6a"}, 0.94,
        marks=("blaze", "plain")),
    Species.SHEEP: Kind(
        Mould(0.29, 0.36, 0.0, 0.18, 0.125, 0.34, 0.22, "leaf", 0.28, (0.19, -0.06, 0.05), "bar", "#8a6a35", 0.07,
              _has("hooved", "wool")),
        {"white": "#ded3bf", "black": "#3d383b", "grey": "#9a948c"}, 0.88, light="#efe9db", nose="#5a4644", tail="puff",
            bulk=1.18),
    Species.DEER: Kind(
        Mould(0.28, 0.37, 0.0, 0.175, 0.095, 0.4, 0.2, "leaf", 0.4, (0.19, -0.1, 0.07), iris="#22140e", nose=0.08,
              extras=_has("hooved", "antlers", "lashes")),
        {"brown": "#9c6a3e", "red": "#a55a32", "tan": "#b98a58", "white": "#e9e2d4"}, 1.04, marks=("muzzle",),
        bulk=0.92),
    Species.ELEPHANT: Kind(
        Mould(0.41, 0.42, 0.0, 0.17, 0.1, 0.4, 0.2, "flap", 0.52, (0.23, -0.06, 0.045), iris="#5a3d24", nose=0.0,
              extras=_has("trunk")),
        {"grey": "#8c8b90", "brown": "#85786f", "white": "#d5d2cc"}, 1.15, tail="tuft", bulk=1.35),
    Species.MONKEY: Kind(
        Mould(0.36, 0.39, 0.05, 0.22, 0.21, 0.15, 0.14, "round", 0.19, (0.125, -0.06, 0.052), iris="#4a2a16", nose=0.05,
              extras=_has("apish")),
        {"brown": "#6a4630", "black": "#35302f", "golden": "#b98648", "grey": "#77726e"}, 0.84, light="#d9ae8a",
        marks=("face",), tail="curl", paws="#b58a6c"),
    Species.CROW: Kind(
        Mould(0.33, 0.35, 0.04, 0.13, 0.02, 0.48, 0.12, eyes=(0.2, -0.08, 0.05), iris="#1a1210"),
        {"black": "#2b2c36", "grey": "#5d5f68", "white": "#e6e3dc"}, 0.8, "bird", nose="#3a3a40", marks=("plain", "nape"),
        tail="fan", usual=1),
    Species.OWL: Kind(
        Mould(0.42, 0.39, 0.02, 0.075, 0.02, 0.17, 0.13, eyes=(0.185, -0.06, 0.12), iris="#e0a52c",
              extras=_has("discs", "tufts", "hook")),
        {"brown": "#85623f", "grey": "#87827c", "white": "#e8e3d8", "tan": "#b28d5f"}, 0.82, "bird", light="#dcc7a2",
        nose="#4b4238", tail="fan", bulk=1.15),
    Species.SONGBIRD: Kind(
        Mould(0.34, 0.35, 0.02, 0.065, 0.015, 0.24, 0.08, eyes=(0.2, -0.06, 0.058), iris="#15100f", extras=_has("bib")),
        {"brown": "#8a6844", "red": "#b3472c", "blue": "#4a77a8", "yellow": "#d8b23e", "grey": "#858a90", "green": "#6b8b4a"},
        0.7, "bird", nose="#6a5434", tail="fan"),
    Species.EAGLE: Kind(
        Mould(0.33, 0.36, 0.07, 0.13, 0.02, 0.38, 0.14, eyes=(0.18, -0.09, 0.058), iris="#e0b23a", extras=_has("hook", "browed")),
        {"brown": "#5d4330", "golden": "#8f6a3a", "grey": "#75726f", "white": "#e6e1d6"}, 0.96, "bird", nose="#d9a531",
        marks=("crowned", "plain"), tail="fan"),
    Species.HEN: Kind(
        Mould(0.29, 0.35, 0.04, 0.085, 0.015, 0.25, 0.08, eyes=(0.18, -0.08, 0.05), iris="#d98a2c",
              extras=_has("comb", "wattles")),
        {"brown": "#a0683a", "red": "#9a4a2a", "white": "#ebe5d8", "black": "#35323a", "grey": "#8d8a8a", "golden": "#c99a4a"},
        0.76, "bird", dark="#b82f2a", nose="#d6a04a", tail="fan", bulk=1.15),
    Species.COCK: Kind(
        Mould(0.29, 0.36, 0.1, 0.09, 0.015, 0.28, 0.09, eyes=(0.18, -0.09, 0.052), iris="#e08c26",
              extras=_has("comb", "crest", "wattles", "hackle")),
        {"red": "#b0522a", "golden": "#cf9a3e", "white": "#ebe5d8", "black": "#33323c"}, 0.84, "bird", dark="#c22a28",
        nose="#d9a544", tail="fan"),
    Species.DUCK: Kind(
        Mould(0.31, 0.36, 0.0, 0.11, 0.12, 0.42, 0.12, eyes=(0.19, -0.1, 0.05), iris="#20140e", extras=_has("bill")),
        {"white": "#eeeae0", "green": "#2f6a4a", "brown": "#8a6a48", "yellow": "#e6c04e", "grey": "#8f8d8a"}, 0.74, "bird",
        nose="#e09a2c", marks=("plain", "collar"), tail="fan", bulk=1.12),
    Species.GOOSE: Kind(
        Mould(0.28, 0.36, 0.0, 0.12, 0.07, 0.38, 0.12, eyes=(0.17, -0.1, 0.046), iris="#3a5a80", extras=_has("bill", "knob")),
        {"white": "#efece4", "grey": "#8d8a86", "brown": "#8a735c"}, 0.88, "bird", nose="#e08a2e", tail="fan", bulk=1.12),
    Species.STORK: Kind(
        Mould(0.27, 0.33, 0.0, 0.085, 0.015, 0.82, 0.3, eyes=(0.17, -0.08, 0.048), iris="#2a1a14", extras=_has("long")),
        {"white": "#ece8de", "grey": "#8f98a0", "black": "#33343c"}, 1.08, "bird", nose="#cf4a2c", tail="fan", bulk=0.85,
            usual=1),
    Species.FROG: Kind(
        Mould(0.45, 0.31, eyes=(0.24, -0.29, 0.13), pupil="bar", iris="#d9b13a"),
        {"green": "#6f9c48", "brown": "#8a7a48", "yellow": "#c0ae4a"}, 0.78, "frog", light="#dfe2ae", dark="#3f5d2c",
        marks=("stripe", "spots")),
    Species.TOAD: Kind(
        Mould(0.47, 0.32, eyes=(0.24, -0.27, 0.125), pupil="bar", iris="#cf8a2c"),
        {"brown": "#857048", "green": "#76803f", "grey": "#7d7a68"}, 0.82, "frog", light="#d8c99a", dark="#54452a",
        marks=("warts",), bulk=1.35),
    Species.TORTOISE: Kind(
        Mould(0.29, 0.36, eyes=(0.17, -0.1, 0.055), iris="#2b2015"),
        {"green": "#869058", "brown": "#94805a", "grey": "#8d8c78"}, 0.8, "tortoise", light="#c9c08c", dark="#55482c",
        tail="shell", bulk=1.15),
    Species.SNAKE: Kind(
        Mould(0.31, 0.38, eyes=(0.2, -0.1, 0.062), pupil="slit", iris="#e2b52e"),
        {"green": "#5f8f4a", "brown": "#8a6a42", "black": "#3a3c44", "yellow": "#c4a83e", "red": "#a8442e"}, 0.92, "snake",
        light="#e2d9a4", dark="#2f3b24", marks=("diamonds", "bands"), tail="taper", bulk=0.82),
    Species.CROCODILE: Kind(
        Mould(0.33, 0.33, base=0.19, tip=0.12, length=0.66, drop=0.15, eyes=(0.2, -0.25, 0.085), pupil="slit", iris="#d8b838"),
        {"green": "#64803f", "brown": "#7d7248", "grey": "#76796c"}, 1.06, "crocodile", light="#d5d2a0", dark="#38472a",
        tail="taper", bulk=1.15),
    Species.FISH: Kind(
        Mould(0.33, 0.42, eyes=(0.22, -0.1, 0.1), iris="#d9c069"),
        {"silver": "#9aa7b0", "golden": "#df9a35", "blue": "#4f7fa6", "green": "#6a9478", "red": "#c1543a", "grey": "#8a9096"},
        0.84, "fish", light="#e6e4d6", dark="#3d4f5c", tail="none"),
    Species.INSECT: Kind(
        Mould(0.32, 0.38, eyes=(0.22, -0.1, 0.13), iris="#3a2018"),
        {"green": "#7d9f43", "brown": "#7d5634", "black": "#3c393e", "golden": "#d3a038", "red": "#b5432c", "blue": "#4f6f9c"},
        0.68, "insect", light="#dfd79a", dark="#33301f", marks=("plain", "banded"), bulk=0.8),
}
