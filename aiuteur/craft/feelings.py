"""Feelings in words: which emotion a stretch of text shows, how strong, and the mood of a scene.

Belongs here: the vocabulary of emotion. Does not belong here: what the camera makes of it (`coverage`).
"""

import re
from collections import Counter
from typing import Final

_LEXICON: Final = {
    "joy": """
        happy happily joy laughed laugh smile smiled smiling delight delighted glad merry cheerful love loved kiss
        kissed embrace hugged triumph wonderful beautiful bright eager eagerly ecstatic dance danced sang
    """,
    "sadness": """
        sad sadly cry cried wept weep tears sob sobbed sobs mourn grief lonely alone lost gone farewell sorrow sorry
        miserable dying died dead death grave sick ill weak pale sighed tired goodbye poor funeral howl
    """,
    "fear": """
        afraid fear fearfully feared terror terrified frightened scream screamed trembled trembling shook dread horror
        danger dangerous dark shadow shadows panic hide hid nervous nervously anxious nightmare ghost
    """,
    "anger": """
        angry anger angrily furious rage fury shouted shout yelled snapped struck fierce fiercely hate hated cursed
        curse fight fought slammed contempt scorn cruel roared glared
    """,
    "surprise": """
        suddenly surprised surprise astonished amazed amazement startled gasped stared wonder wondered unexpected what
        sudden leaped sprang jumped strange
    """,
    "tension": """
        wait waited waiting silent silence slowly careful carefully watch watched watchful arrest police gun pistol
        knife revolver prison murder thief robbery crime secret warned quick quickly hurry hurried blood storm
    """,
    "calm": "quiet quietly calm calmly peace peaceful gentle gently soft softly slept sleep rest rested still",
}
_EMOTION_OF: Final = {word: emotion for emotion, shown in _LEXICON.items() for word in shown.split()}
_VALENCE: Final = {"joy": 1.0, "calm": 0.3, "surprise": 0.8, "sadness": -0.9, "fear": -1.0, "anger": -1.0, "tension": -0.7}
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOODS: Final = {
    "joy": "warm",
    "sadness": "melancholy",
    "fear": "ominous",
    "anger": "fierce",
    "surprise": "uneasy",
    "tension": "tense",
    "calm": "quiet",
    "neutral": "plain",
}


def feeling(text: str) -> str:
    """The emotion most shown by a text's words, "neutral" where none is."""
    counts = Counter(_EMOTION_OF[word] for word in _WORD.findall(text.lower()) if word in _EMOTION_OF)
    if text.count("!") >= 2 and not counts:  # noqa: PLR2004 - one may be a greeting
        return "surprise"
    ranked = sorted(counts, key=lambda emotion: (-counts[emotion], emotion == "calm", emotion))
    return ranked[0] if ranked else "neutral"


def intensity(text: str) -> float:
    """How strong and of which sign the feeling of a text is, about −2 to 2."""
    score = sum(_VALENCE[_EMOTION_OF[word]] for word in _WORD.findall(text.lower()) if word in _EMOTION_OF)
    score *= 1.0 + 0.25 * min(3, text.count("!"))
    return max(-2.0, min(2.0, score))


def mood_of(text: str) -> str:
    """One word for the mood of a scene."""
    return _MOODS[feeling(text)]
