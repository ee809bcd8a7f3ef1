"""The cues of a screenplay: which of them are one person's.

Belongs here: names above lines. Does not belong here: how their people look (`screen_people`), nor names in prose (`prose`).
"""

from collections.abc import Iterable
from typing import Final

from aiuteur.craft.prose import words


def known_as(cue: str, names: Iterable[str]) -> str:
    """The name among `names` that a cue stands for: itself, or the one that puts a title or a trade before it (CHEF BRANDT)."""
    every = tuple(names)
    longer = [name for name in every if name.upper().endswith(f" {cue.upper()}") and _titles(name[: -len(cue)])]
    exact = next((name for name in every if name.upper() == cue.upper()), None)
    return longer[0] if len(longer) == 1 else exact or cue


def _titles(before: str) -> bool:
    return all(word.strip(".").lower() in _BEFORE for word in before.split())


_BEFORE: Final = (words.HONORIFICS | words.ROLES) - words.KIN - words.CHILDISH
"""What stands before a surname and leaves it the same person's: MOTHER BRANDT is not BRANDT, YOUNG TOMAS not TOMAS."""
