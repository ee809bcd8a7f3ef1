"""Continuity of identity: which item of a rewritten list is which of the old one, and what a thing is called.

Belongs here: aligning lists, numbering shots. Does not belong here: minting ids (`aiuteur.craft.world`).
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import product
from string import ascii_uppercase
from typing import Final

SAME: Final = 0.6
"""The least similarity (Ratcliff–Obershelp, `difflib`) at which two texts are taken for one item rewritten."""


def align(old: Sequence[tuple[str, str]], new: Sequence[str]) -> list[str | None]:
    """The old id each new text carries on, None where it is new.

    `old` is (id, text) in order. Equal texts keep their ids first; what remains is matched by similarity, within the order of
    the list, so that an insertion moves no identity. Each id is given once.
    """
    ids: list[str | None] = [None] * len(new)
    matcher = SequenceMatcher(a=[text for _, text in old], b=list(new), autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            ids[b1:b2] = [found for found, _ in old[a1:a2]]
        elif tag == "replace":
            _align_run(old[a1:a2], new[b1:b2], ids, b1)
    return ids


def _align_run(old: Sequence[tuple[str, str]], new: Sequence[str], ids: list[str | None], start: int) -> None:
    """Match one replaced run in order: each new text takes the first remaining old one that resembles it."""
    next_old = 0
    for offset, text in enumerate(new):
        for place in range(next_old, len(old)):
            if len(old) == len(new) == 1 or _similar(old[place][1], text):
                ids[start + offset] = old[place][0]
                next_old = place + 1
                break


def _similar(a: str, b: str) -> bool:
    matcher = SequenceMatcher(a=a, b=b, autojunk=False)
    return matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME


def shot_label(scene_number: str, place: int) -> str:
    """A shot's label from its scene's number and its place in the scene, from 0: 3A … 3Z, 3AA …, without I and O."""
    letters = [letter for letter in ascii_uppercase if letter not in "IO"]
    doubled = ["".join(pair) for pair in product(letters, repeat=2)]
    names = [*letters, *doubled]
    return f"{scene_number}{names[place]}" if place < len(names) else f"{scene_number}-{place + 1}"
