"""Continuity of identity: which item of a rewritten list is which of the old one, and what a thing is called.

Belongs here: aligning lists, numbering shots. Does not belong here: minting ids (`aiuteur.craft.world`).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import count, product
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


def claimed(old: Sequence[tuple[str, str]], given_back: Sequence[object]) -> list[str | None]:
    """The ids that a writer gave back, each once; None where it gave none, one that was never there, or one given before."""
    known = {item for item, _ in old}
    found: list[str | None] = []
    for item in given_back:
        found.append(str(item) if item in known and item not in found else None)
    return found


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


def woven(new: Sequence[str], old: Sequence[str], held: Collection[str]) -> tuple[str, ...]:
    """A rewritten list with what may not leave it put back: each of `held` after the item it used to follow."""
    made = list(new)
    for place, item in enumerate(old):
        if item in held and item not in made:
            before = next((one for one in reversed(old[:place]) if one in made), None)
            made.insert(made.index(before) + 1 if before is not None else 0, item)
    return tuple(made)


def numbers(ids: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The number of each scene of a list: known ones keep theirs, one put in after scene 3 is 3.1, one at the end the next whole.

    `known` are the numbers by id; a list in which none is known is numbered from 1.
    """
    taken = {known[item] for item in ids if item in known}
    last = max((place for place, item in enumerate(ids) if item in known), default=-1)
    whole = max((int(found[0]) for number in taken if (found := re.match(r"\d+", number))), default=0)
    made: list[str] = []
    for place, item in enumerate(ids):
        base = _base(made[-1]) if made else "0"
        fresh = (str(whole + step) if place > last else f"{base}.{step}" for step in count(1))
        made.append(known[item] if item in known else next(one for one in fresh if one not in taken))
        taken.add(made[-1])
    return made


def _base(number: str) -> str:
    """The number that one put in after this is counted from: 3 of 3.1, 12A of 12A."""
    return re.sub(r"\.\d+$", "", number)


def shot_labels(scene_number: str, ids: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The label of each shot of a scene: known ones keep theirs, new ones take the first letters that are free."""
    taken = set(known.values())
    free = (label for place in count() if (label := shot_label(scene_number, place)) not in taken)
    return [known[item] if item in known else next(free) for item in ids]


def shot_label(scene_number: str, place: int) -> str:
    """A shot's label from its scene's number and its place in the scene, from 0: 3A … 3Z, 3AA …, without I and O.

    The letters of a scene whose own number ends with one stand apart, 12A-B: 12AB is a shot of scene 12.
    """
    letters = [letter for letter in ascii_uppercase if letter not in "IO"]
    doubled = ["".join(pair) for pair in product(letters, repeat=2)]
    names = [*letters, *doubled]
    apart = "-" if scene_number[-1:].isalpha() else ""
    return f"{scene_number}{apart}{names[place]}" if place < len(names) else f"{scene_number}-{place + 1}"
