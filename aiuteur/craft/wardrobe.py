"""Looks: the state tags a scene's words give somebody, carried on from scene to scene until the words end them."""

import re
from collections.abc import Mapping
from typing import Final

from aiuteur.digest import Json

_TAGS: Final = {
    "wet": r"rain(?:ing|ed)?|drenched|soaked|soaking|wet|dripping|drizzle",
    "muddy": r"mud|muddy|mire",
    "torn": r"torn|ripped|ragged|tattered",
    "bloody": r"blood|bloody|bleeding|wound(?:ed)?",
    "ill": r"ill|sick|fever(?:ish)?|pneumonia|weak",
    "asleep": r"asleep|sleeping|slept",
    "dusty": r"dust|dusty",
    "snow-covered": r"snow|snowflakes|blizzard",
}
_ENDS: Final = {
    "wet": r"dried|dry clothes|changed|by the fire",
    "muddy": r"washed|bathed|cleaned|changed",
    "torn": r"mended|changed|new clothes",
    "bloody": r"washed|bandaged|bathed|healed",
    "ill": r"recovered|well again|better now|out of danger|cured",
    "asleep": r"awoke|woke|awake|opened (?:his|her) eyes",
    "dusty": r"washed|brushed|changed",
    "snow-covered": r"shook off|brushed|thawed|by the fire|dried",
}


def look(scene: Mapping[str, Json], entry: Mapping[str, Json], previous: Mapping[str, Json] | None) -> dict[str, Json]:
    """One entry's look in one scene: tags of the scene's words, with those carried on that nothing ended."""
    text = " ".join(str(value) for value in scene.values() if isinstance(value, str))
    carried = previous.get("tags", ()) if previous and previous.get("carry_forward") else ()
    tags = (
        [str(tag) for tag in carried if not re.search(rf"\b(?:{_ENDS.get(str(tag), '$^')})\b", text)]
        if isinstance(carried, (list, tuple))
        else []
    )
    if entry.get("kind") == "character":
        tags += [tag for tag, words in _TAGS.items() if tag not in tags and _said_of(str(entry.get("name", "")), words, text)]
    return {"wardrobe": previous.get("wardrobe") if previous else None, "tags": tags, "carry_forward": True}


def _said_of(name: str, words: str, text: str) -> bool:
    return any(
        re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE) and re.search(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE)
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    )
