"""Looks: the state tags and changes of clothes a scene's words give somebody, carried on until the words end them."""

import re
from collections.abc import Mapping
from typing import Final

from aiuteur.craft.costume import COLOURS
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
    worn = (previous or {}).get("wardrobe") or None
    if entry.get("kind") == "character":
        worn = _changed(worn, entry, text)
    return {"wardrobe": worn, "tags": tags, "carry_forward": True}


_HATS: Final = {
    "top hat": "top_hat",
    "bowler": "bowler",
    "bonnet": "bonnet",
    "helmet": "helmet",
    "hood": "hood",
    "hat": "hat",
    "cap": "cap",
}
_THING: Final = (
    r"(?:the|a|an|his|her|my|their)\s+(?P<how>(?:\w+,?\s+){0,3}?)(?P<thing>overcoat|greatcoat|coat|jacket|cloak|cape|shawl|scarf|"
    rf"apron|robe|waistcoat|raincoat|oilskins|uniform|gown|dress|{'|'.join(_HATS)})\b"
)
_OFF: Final = (
    re.compile(
        rf"\b(?:took|takes|taking|pulled|threw|flung|slipped|shrugged|stripped)\s+(?:off|out\s+of)\s+{_THING}", re.IGNORECASE
    ),
    re.compile(rf"\b(?:took|pulled|threw|flung)\s+{_THING}\s+off\b", re.IGNORECASE),
    re.compile(rf"\b(?:removed|doffed|shed)\s+{_THING}", re.IGNORECASE),
)
_ON: Final = (
    re.compile(rf"\b(?:put|puts|putting|pulled|drew|threw|slipped)\s+on\s+{_THING}", re.IGNORECASE),
    re.compile(rf"\b(?:put|pulled|drew|threw)\s+{_THING}\s+(?:back\s+)?on(?=[.,;!?]|\s+again)", re.IGNORECASE),
    re.compile(rf"\b(?:donned|got\s+into)\s+{_THING}", re.IGNORECASE),
)


def _changed(worn: Json, entry: Mapping[str, Json], text: str) -> Json:
    """What somebody wears after a scene: without what they took off, with what they put on; `worn` where nothing changed."""
    base = worn or entry.get("wardrobe")
    if not isinstance(base, Mapping):
        return worn
    now = {**base}
    for sentence in _sentences_of(entry, text):
        for patterns, change in ((_OFF, _without), (_ON, _with)):
            for found in (found for pattern in patterns for found in pattern.finditer(sentence)):
                now = change(now, found["thing"].lower(), found["how"].lower())
    return now if now != base else worn


def _sentences_of(entry: Mapping[str, Json], text: str) -> list[str]:
    """The sentences about somebody: those that begin with a name or role of theirs, and those with a pronoun that follow."""
    aliases = entry.get("aliases")
    names = [str(entry.get("name", "")), *(map(str, aliases) if isinstance(aliases, (list, tuple)) else ())]
    parts = {part for name in names for part in re.findall(r"[^\W\d_]{3,}", name.lower())} - {"the"}
    theirs, found = False, list[str]()
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        opening = re.findall(r"[^\W\d_]+", sentence.lower())[:4]
        if parts & set(opening):
            theirs = True
        elif not {"he", "she", "then", "his", "her"} & set(opening[:2]):
            theirs = False
        if theirs:
            found.append(sentence)
    return found


def _without(worn: dict[str, Json], thing: str, _how: str) -> dict[str, Json]:
    if thing in _HATS:
        return {**worn, "headwear": "none"}
    garments, colours = _lists(worn)
    kept = [place for place, garment in enumerate(garments) if garment.split(" ")[-1] != thing]
    if not kept or len(kept) == len(garments):
        return worn
    return {
        **worn,
        "garments": [garments[place] for place in kept],
        "colours": [colours[place] for place in kept if place < len(colours)],
    }


def _with(worn: dict[str, Json], thing: str, how: str) -> dict[str, Json]:
    if thing in _HATS:
        return {**worn, "headwear": _HATS[thing]}
    garments, colours = _lists(worn)
    if any(garment.split(" ")[-1] == thing for garment in garments):
        return worn
    colour = next(
        (COLOURS[word] for word in re.findall(r"\w+", how) if word in COLOURS), colours[0] if colours else COLOURS["dark"]
    )
    return {**worn, "garments": [thing, *garments][:3], "colours": [colour, *colours][:3]}


def _lists(worn: Mapping[str, Json]) -> tuple[list[str], list[str]]:
    garments, colours = worn.get("garments"), worn.get("colours")
    return (
        [str(one) for one in garments] if isinstance(garments, (list, tuple)) else [],
        [str(one) for one in colours] if isinstance(colours, (list, tuple)) else [],
    )


def _said_of(name: str, words: str, text: str) -> bool:
    return any(
        re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE) and re.search(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE)
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    )
