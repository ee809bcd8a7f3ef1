"""Quoted words that are nobody's speech: signs, letters, titles, names, words mentioned as words, irony.

Belongs here: telling them from speech by what leads to them. Does not belong here: who speaks what is speech (`dialogue`).
"""

import re
from typing import Final

from aiuteur.craft.prose import words
from aiuteur.craft.prose.quotes import Quote
from aiuteur.craft.prose.segments import Span

_THING: Final = (
    r"sign|notice|card|placard|label|letters?|note|board|inscription|message|telegram|poster|plate|plaque|heading|headline|"
    r"title|motto|legend|page|paper|banner|door|envelope|tag|advertisement|signboard|stone|tombstone|words?|lines?"
)
_WRITTEN: Final = re.compile(
    rf"\b(?:{_THING})\b[^.!?“”]{{0,60}}?\b(?:read|reads|ran|runs|said|says|saying|stating|stated|announced|proclaimed|bore|"
    rf"bearing|declared|announcing)[\s,:;(—’']*$|"
    rf"\b(?:bearing|bore|with|under|by|the|a|of)\s+(?:\w+\s+){{0,2}}?(?:names?|words?|letters?|title|heading|motto|legend|"
    rf"inscription|initials?|phrase|term|syllables?)(?:\s+(?:of|was|were|is|are))?[\s,:;(—’']*$|"
    r"\b(?:headed|entitled|titled|inscribed|labell?ed|marked|stamped|engraved|spelled|spelt|lettered|signed|endorsed|"
    r"(?:was|were|is|had been|words?)\s+(?:written|printed|painted|carved|cut))(?:\s+\w+){0,4}[\s,:;(—’']*$|"
    r"\b(?:which|that)\s+(?:read|ran|said)[\s,:;(—’']*$|\bas\s+follows[\s,:;(—’']*$",
    re.IGNORECASE,
)
_ALOUD: Final = re.compile(r"\b(?:aloud|out\s+loud|voice)\b|\bread\s+(?:\w+\s+){1,3}to\s+(?:us|me|them|him|her)\b")
_CALLED: Final = re.compile(
    r"\b(?:called|calls|named|christened|nicknamed|dubbed|so-called|known\s+as|word|term|entitled|titled|spell|spelled|meant|"
    r"means|a|an|the|this|that|these|his|her|their|its|my|our|your|no|of)$",
    re.IGNORECASE,
)


def is_cited(text: str, span: Span, quote: Quote) -> bool:
    """Whether a quotation of a paragraph is words cited (a name, a sign, irony) and no speech."""
    inner = quote.inner.of(text).strip()
    before = text[span.start : quote.outer.start].rstrip()
    stopped = inner[-1:] in ",.!?;…—-⁠:。！？，؟،"
    if not before:
        return not stopped and len(inner.split()) <= 3 and text[quote.outer.end : span.end].lstrip()[:1].islower()  # noqa: PLR2004 - a handful, by the look of prose
    if surely_cited(text, span, quote):
        return True
    if not before[-1].isascii() and before[-1].isalpha() and before[-1] > "\u0400":
        return False
    if before[-1].isalnum() or before[-1] in "’'":
        last = re.search(r"[\w-]+$", before)
        return not (last and last.group().lower() in words.STRONG_SPEECH - {"called"})
    return not stopped and len(inner.split()) <= 4  # noqa: PLR2004 - a phrase


def surely_cited(text: str, span: Span, quote: Quote) -> bool:
    """Whether what leads to a quotation says that it is written or mentioned, whatever verb of speech stands about it."""
    before = text[span.start : quote.outer.start].rstrip()
    if not before or before[-1] in "”»":
        return False
    if _WRITTEN.search(before[-120:]):
        return not _ALOUD.search(before[-120:])
    inner = quote.inner.of(text).strip()
    return bool(_CALLED.search(before[-24:])) and (inner[-1:] not in ",!?—…" or len(inner.split()) <= 2)  # noqa: PLR2004 - a name
