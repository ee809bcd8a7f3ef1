"""What a text says outright that named people are, and the role nouns that stand near their names.

Belongs here: roles by name, before any reading. Does not belong here: joining persons (`identity`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.segments import Span

_STATED: Final = re.compile(
    r"(?:\s+(?:is|was|had been|has been|became)(?:\s+\w+ly)?\s+|,\s+(?:who\s+(?:is|was)\s+)?)(?:a|an|the|"
    r"our|my)\s+(?:[\w-]+\s+){0,3}?(?P<role>"
    + "|".join(sorted(map(re.escape, words.ROLES), key=len, reverse=True))
    + r")\b(?![’'])",
    re.IGNORECASE,
)


_INVERTED: Final = re.compile(
    r"\b(?:our|my|the|their|its)\s+(?P<role>" + "|".join(sorted(map(re.escape, words.ROLES), key=len, reverse=True))
    + r")\s+(?:was|is)\s+(?:called\s+|named\s+)?$",
    re.IGNORECASE,
)
_LEAD: Final = 60
"""How far before a name its role may begin."""


def stated_roles(text: str, spans: Sequence[Span], aliases: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What the text, in narration or speech, says that named people are: "Olden is a bank director" gives (Olden, director).

    So does "our director was Olden".
    """
    for found in (found for span in spans for found in aliases.finditer(text, span.start, span.end)):
        stated = _STATED.match(text, found.end("name")) or _INVERTED.search(text, max(0, found.start() - _LEAD), found.start())
        if stated and stated["role"].lower() not in words.GENERIC:
            yield re.sub(r"\s+", " ", found["name"]), stated["role"].lower()


def roles_near(text: str, spans: Sequence[Span], aliases: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Role nouns that stand near a name anywhere, narration or speech: where they are "my clerk" later, it may be this one."""
    for found in (found for span in spans for found in aliases.finditer(text, span.start, span.end)):
        for word in re.findall(r"[a-z]+", text[max(0, found.start() - 160) : found.end() + 260].lower()):
            for role in {word, word.removesuffix("s")} & (words.ROLES - words.GENERIC):
                yield re.sub(r"\s+", " ", found["name"]), role
