"""Fountain: writing a screenplay as the plain text people exchange, and reading it back with scene numbers kept."""
from collections.abc import Sequence
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene


def render(title: str, author: str | None, scenes: Sequence[ScriptScene]) -> str:
    """The Fountain text of a screenplay."""
    lines = [f"Title: {title}"] + ([f"Author: {author}"] if author else []) + [""]
    for scene in scenes:
        lines += ["", f"{scene.slug} #{scene.number}#"]
        for element in scene.elements:
            lines += _element(element)
    return "\n".join(lines) + "\n"


def _element(element: Element) -> list[str]:
    match element.kind:
        case ElementKind.CHARACTER:
            extension = f" ({element.extension})" if element.extension else ""
            return ["", f"@{element.text}{extension}" if element.text != element.text.upper() else f"{element.text}{extension}"]
        case ElementKind.PARENTHETICAL:
            return [f"({element.text})"]
        case ElementKind.DIALOGUE:
            return [element.text]
        case _:
            return ["", element.text]
