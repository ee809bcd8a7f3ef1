"""Final Draft: reading its XML as a screenplay in Fountain, scene numbers kept.

Belongs here: the FDX format. Does not belong here: Fountain's syntax (`fountain`). Entities and external references are refused.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from aiuteur.craft import fountain
from aiuteur.errors import InvalidInput
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Node

_KINDS: Final = {
    "Action": ElementKind.ACTION,
    "General": ElementKind.ACTION,
    "Shot": ElementKind.ACTION,
    "Character": ElementKind.CHARACTER,
    "Parenthetical": ElementKind.PARENTHETICAL,
    "Dialogue": ElementKind.DIALOGUE,
    "Transition": ElementKind.TRANSITION,
    "Singing": ElementKind.LYRIC,
    "Lyrics": ElementKind.LYRIC,
}
_EXTENSION: Final = re.compile(r"^(?P<name>.*?)\s*\((?P<extension>[^()]*)\)\s*$")


def to_fountain(data: bytes) -> str:
    """A Final Draft document as Fountain text; raises `InvalidInput` for anything that is none, and for XML with entities."""
    root = _root(data)
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        message = f"This XML is no Final Draft document: its root is {root.tag!r}. Export the screenplay as .fdx again."
        raise InvalidInput(message)
    scenes = _scenes(content)
    if not scenes:
        message = "This Final Draft document has no scene heading: give at least one paragraph of type Scene Heading."
        raise InvalidInput(message)
    title, author = _title_page(root)
    return fountain.render(title or "Untitled", author, scenes)


def _root(data: bytes) -> "Node":
    try:
        return fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        message = "This Final Draft document defines XML entities or points outside itself, which is refused: export it again."
        raise InvalidInput(message) from error
    except ParseError as error:
        line, column = error.position
        message = f"Line {line}, column {column + 1}: this is not well-formed XML: export the screenplay as .fdx again."
        raise InvalidInput(message) from error


def _scenes(content: "Node") -> list[ScriptScene]:
    scenes: list[ScriptScene] = []
    opening: list[Element] = []
    for paragraph, dual in _paragraphs(content):
        text, kind = _text(paragraph), paragraph.get("Type", "General")
        if kind == "Scene Heading":
            scenes.append(
                ScriptScene(
                    id="",
                    number=paragraph.get("Number") or _free(scenes),
                    slug=_slug(text or "UNNAMED"),
                    elements=(),
                    seconds=1.0,
                )
            )
        elif text:
            made = _element(kind, text, dual=dual)
            if scenes:
                scenes[-1] = scenes[-1].model_copy(update={"elements": (*scenes[-1].elements, made)})
            else:
                opening.append(made)
    if scenes and opening:
        scenes[0] = scenes[0].model_copy(update={"elements": (*opening, *scenes[0].elements)})
    return scenes


def _free(scenes: list[ScriptScene]) -> str:
    taken = {scene.number for scene in scenes}
    return next(str(number) for number in range(len(scenes) + 1, 2 * len(scenes) + 3) if str(number) not in taken)


def _paragraphs(content: "Node") -> "Iterator[tuple[Node, bool]]":
    """Every paragraph in order; the second speaker of a dual dialogue is told apart."""
    for paragraph in content.findall("Paragraph"):
        both = paragraph.find("DualDialogue")
        if both is None:
            yield paragraph, False
            continue
        cues = 0
        for inner in both.findall("Paragraph"):
            cues += inner.get("Type") == "Character"
            yield inner, cues > 1


def _text(paragraph: "Node") -> str:
    return " ".join("".join(part.text or "" for part in paragraph.findall("Text")).split())


def _slug(text: str) -> SlugLine:
    parsed = fountain.parse(f"{text if re.match(r'(?i)(int|ext|est|i/e)[. /]', text) else f'.{text}'}\n")
    return parsed.scenes[0].slug


def _element(kind: str, text: str, *, dual: bool) -> Element:
    made = _KINDS.get(kind, ElementKind.ACTION)
    if made is ElementKind.CHARACTER and (found := _EXTENSION.match(text)):
        return Element(kind=made, text=found["name"], extension=found["extension"], dual=dual)
    if made is ElementKind.PARENTHETICAL:
        return Element(kind=made, text=text.strip("()").strip())
    return Element(kind=made, text=text, dual=dual and made is ElementKind.CHARACTER)


def _title_page(root: "Node") -> tuple[str | None, str | None]:
    lines = [text for paragraph in root.findall("TitlePage/Content/Paragraph") if (text := _text(paragraph))]
    by = next(
        (place for place, line in enumerate(lines) if re.fullmatch(r"(?i)(?:written |screenplay |teleplay )?by", line)), None
    )
    author = lines[by + 1] if by is not None and by + 1 < len(lines) else None
    return (lines[0] if lines else None), author
