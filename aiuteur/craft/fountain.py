"""Fountain: writing a screenplay as the plain text people exchange, and reading it back with scene numbers and elements kept.

Belongs here: the syntax, both ways. Does not belong here: Final Draft's XML (`fdx`), what the scenes say.

"""

import re
from collections.abc import Sequence
from typing import Final

from aiuteur.craft.fountain_parser import HEADING, OPENINGS, TRANSITION, Screenplay, parse
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene

__all__ = ["Screenplay", "parse", "render"]


def render(title: str, author: str | None, scenes: Sequence[ScriptScene]) -> str:
    """The Fountain text of a screenplay: a title page, then every scene with its number."""
    lines = [f"Title: {_flat(title)}"] + ([f"Author: {_flat(author)}"] if author else [])
    for scene in scenes:
        lines += ["", _heading(scene)]
        for place, element in enumerate(scene.elements):
            lines += _element(element, scene.elements[place - 1].kind if place else None)
    return "\n".join(lines) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _heading(scene: ScriptScene) -> str:
    shown = _flat(str(scene.slug))
    return f"{shown if scene.slug.int_ext else f'.{shown}'} #{_flat(scene.number)}#"


def _element(element: Element, before: ElementKind | None) -> list[str]:
    text = element.text
    match element.kind:
        case ElementKind.CHARACTER:
            return ["", _cue(element)]
        case ElementKind.PARENTHETICAL:
            return [f"({_flat(text).strip('()')})"]
        case ElementKind.DIALOGUE:
            return [_flat(text)] if before in _SPOKEN else ["", "@…", _flat(text)]
        case ElementKind.TRANSITION:
            return ["", _flat(text) if TRANSITION.match(text) or text in OPENINGS else f"> {_flat(text)}"]
        case ElementKind.LYRIC:
            return ["", *(f"~{line}" for line in text.split("\n"))]
        case ElementKind.ACTION:
            return ["", _action(text)]


_SPOKEN: Final = frozenset({ElementKind.CHARACTER, ElementKind.PARENTHETICAL, ElementKind.DIALOGUE})


def _cue(element: Element) -> str:
    name = _flat(element.text)
    forced = "" if name == name.upper() and any(sign.isupper() for sign in name) and not _special(name) else "@"
    extension = f" ({element.extension})" if element.extension else ""
    return f"{forced}{name}{extension}{' ^' if element.dual else ''}"


def _action(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    shown = "\n".join(lines)
    return (
        f"!{shown}"
        if any(_special(line) for line in lines) or (lines and lines[0] == lines[0].upper() != lines[0].lower())
        else shown
    )


def _special(line: str) -> bool:
    """Whether a line would be read as something else than it is."""
    return bool(
        HEADING.match(line) or TRANSITION.match(line) or line in OPENINGS or re.match(r"[.@!~>#=]|\s*\[\[|/\*", line)
    ) and not re.match(r"^>.*<$", line)
