"""Which language a text is in, guessed from its script and, for Latin letters, from its smallest words.

Belongs here: the guess. Does not belong here: what a writer can do with a language (`aiuteur.models`).
"""

import re
import unicodedata
from collections import Counter
from typing import Final

UNKNOWN: Final = "und"
"""BCP 47 for a language that cannot be told."""

_SAMPLE: Final = 20_000
"""Characters looked at: a guess gains nothing from the rest of a novel."""

_SCRIPTS: Final = {
    "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta",
    "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
}

_LETTERS: Final = (("ru", "іїєґ", "uk"), ("ar", "پچژگ", "fa"))
"""Letters that tell the neighbours of a script's first language: (guess, letters, the language they mean)."""

_SMALL_WORDS: Final = {
    "en": "the and of to was he she in it that his her with had for you not said is at",
    "de": "der die das und nicht ist ein eine er sie es war mit den von zu ich auf sich dem",
    "fr": "le la les et des un une est il elle pas que dans qui ne se pour avec sur était",
    "es": "el la los las y un una es que no en se por con su para era lo del había",
    "it": "il la gli e un una è che non di si per con su era lo della sono nel aveva",
    "pt": "o a os as e um uma é que não em se por com seu para era do da tinha",
    "nl": "de het een en van is niet dat op te in hij zij was met voor zijn haar aan er",
}

_CLEARLY: Final = 1.2
"""How many times English's small words another language's must come: several languages share "a", "in" and "is"."""


_ENOUGH: Final = 3
"""Small words below which a text in Latin letters tells nothing, and is taken for English."""


def language(text: str) -> str:
    """The two-letter code of the likeliest language of a text; `UNKNOWN` where it has no letters."""
    sample = text[:_SAMPLE]
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in sample if letter.isalpha())
    if not scripts:
        return UNKNOWN
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] / 10:
        scripts["HIRAGANA"] += scripts["CJK"]
    script = max(scripts, key=lambda name: (scripts[name], name))
    if script not in _SCRIPTS:
        return _latin(sample) if script == "LATIN" else UNKNOWN
    return _neighbour(_SCRIPTS[script], sample)


def _neighbour(guess: str, sample: str) -> str:
    lowered = sample.lower()
    for first, letters, second in _LETTERS:
        if guess == first and sum(lowered.count(letter) for letter in letters) > len(sample) / 200:
            return second
    return guess


def _latin(sample: str) -> str:
    """English, unless another language's small words are clearly more frequent."""
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    score = {code: sum(words[word] for word in small.split()) for code, small in _SMALL_WORDS.items()}
    best = max(score, key=lambda code: (score[code], code == "en"))
    return best if score[best] >= _ENOUGH and score[best] > _CLEARLY * score["en"] else "en"
