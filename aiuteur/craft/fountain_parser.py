"""Reading Fountain: lines to elements, with a mistake named by its line.

Belongs here: the parser. Does not belong here: writing Fountain (`fountain`), Final Draft's XML (`fdx`).

It is our own: screenplain 0.12, tried first, folds parentheticals and dual dialogue into one block, takes lyrics for action,
drops what is forced, and knows no line numbers, so that neither a round trip nor a sentence about a mistake could be had of
it.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiuteur.craft.timing import spoken_seconds
from aiuteur.errors import InvalidInput
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine

HEADING: Final = re.compile(
    r"^(?P<prefix>(?:INT|EXT|EST)\.?(?:\s*/\s*(?:INT|EXT)\.?)?|I\s*/\s*E\.?)(?=[.\s])\.?\s*(?P<rest>.*)$", re.IGNORECASE
)


_NUMBER: Final = re.compile(r"\s*#(?P<number>[^#\s][^#]*)#\s*$")


_CUE: Final = re.compile(r"^(?P<name>[^()]*?)\s*(?:\((?P<extension>[^()]*)\))?\s*(?:\((?P<more>[^()]*)\))?\s*$")


_TIME: Final = re.compile(r"^(?P<place>.*?)\s+[-–—]\s+(?P<time>[^-–—]+)$")


_TITLE: Final = re.compile(r"^(?P<key>[A-Za-z][A-Za-z ]*):\s*(?P<value>.*)$")


_EMPHASIS: Final = re.compile(r"[*_]+")


TRANSITION: Final = re.compile(r"^[^a-z]*\bTO:$")


OPENINGS: Final = frozenset({"FADE IN:", "FADE OUT.", "FADE OUT", "FADE TO BLACK."})


_CUT: Final = "\x00"
"""Stands on a line that a note or boneyard took away, so that it is neither text nor the end of a paragraph."""


_IGNORED: Final = re.compile(r"^(?:#{1,6}\s|#{1,6}[^\s#]|=)")


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A parsed screenplay; scenes bear the numbers written, or count where none is, and have no ids yet."""

    title: str | None
    author: str | None
    scenes: tuple[ScriptScene, ...]


@dataclass(slots=True)
class _Draft:
    slug: SlugLine
    number: str | None
    line: int
    elements: list[Element] = field(default_factory=list[Element])


def parse(text: str) -> Screenplay:
    """Read a Fountain screenplay; raises `InvalidInput` naming the line of what cannot be read."""
    lines = _without_notes(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    title, author, start = _title_page(lines)
    drafts: list[_Draft] = []
    opening: list[Element] = []
    for draft, elements in _blocks(lines, start):
        if draft is not None:
            drafts.append(draft)
        (drafts[-1].elements if drafts else opening).extend(elements)
    if not drafts:
        message = f"Line {start + 1}: no scene heading was found: begin each scene with a line such as INT. KITCHEN - DAY."
        raise InvalidInput(message)
    drafts[0].elements[:0] = opening
    return Screenplay(title, author, tuple(_scenes(drafts)))


def _without_notes(text: str) -> str:
    """The text without boneyard and notes; their line ends stay, so that line numbers do."""
    for opening, closing, name in (("/*", "*/", "boneyard"), ("[[", "]]", "note")):
        parts: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0:
            end = text.find(closing, start + 2)
            if end < 0:
                message = f"Line {text.count(chr(10), 0, start) + 1}: this {name} is never closed: write {closing} where it ends."
                raise InvalidInput(message)
            parts += [text[at:start], f"\n{_CUT}" * text.count("\n", start, end)]
            at = end + 2
        text = "".join([*parts, text[at:]])
    return text


def _title_page(lines: Sequence[str]) -> tuple[str | None, str | None, int]:
    found: dict[str, list[str]] = {}
    key = ""
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    first = _TITLE.match(lines[at]) if at < len(lines) else None
    if first is None or TRANSITION.match(lines[at]) or HEADING.match(lines[at]) or lines[at].strip() in OPENINGS:
        return None, None, at
    while at < len(lines) and lines[at].strip():
        entry = None if lines[at][:1].isspace() else _TITLE.match(lines[at])
        if entry:
            key = entry["key"].strip().lower()
            found[key] = [entry["value"]] if entry["value"].strip() else []
        elif key:
            found[key].append(lines[at].strip())
        at += 1
    author = next((found[name] for name in ("author", "authors", "writer", "written by") if name in found), list[str]())
    return _plain(found.get("title", [])), _plain(author), at


def _plain(parts: Sequence[str]) -> str | None:
    return _EMPHASIS.sub("", " ".join(parts)).strip() or None


def _blocks(lines: Sequence[str], start: int) -> Iterator[tuple[_Draft | None, list[Element]]]:
    """Each run of lines between blank ones: a scene heading, or the elements it holds."""
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at
        while end < len(lines) and (lines[end].strip() or lines[end] == "  "):
            end += 1
        block = [(number, line) for number, line in enumerate(lines[at:end], at + 1) if line.strip(f"{_CUT} \t")]
        while block:
            block = yield from _block(block)
        at = end


_Block = list[tuple[int, str]]


def _block(block: _Block) -> Generator[tuple[_Draft | None, list[Element]], None, _Block]:
    """Yield what the first lines of a block are and return the rest of it."""
    number, line = block[0]
    shown = line.strip()
    if _IGNORED.match(shown):
        return block[1:]
    if re.match(r"^\.[^.\s]", shown) or (HEADING.match(shown) and not shown.startswith("!")):
        yield _slug(shown, number), []
        return block[1:]
    if shown.startswith(">") and not shown.endswith("<"):
        yield None, [Element(kind=ElementKind.TRANSITION, text=shown[1:].strip())]
        return block[1:]
    if len(block) == 1 and (TRANSITION.match(shown) or shown in OPENINGS):
        yield None, [Element(kind=ElementKind.TRANSITION, text=shown)]
        return []
    if shown.startswith("~"):
        yield None, [Element(kind=ElementKind.LYRIC, text="\n".join(part.strip().lstrip("~").strip() for _, part in block))]
        return []
    if shown.startswith("@") or (len(block) > 1 and _is_cue(shown)):
        yield None, list(_speech(block))
        return []
    text = "\n".join(part.strip() if place else part.strip().removeprefix("!") for place, (_, part) in enumerate(block))
    yield None, [Element(kind=ElementKind.ACTION, text=text)]
    return []


def _slug(shown: str, number: int) -> _Draft:
    label = _NUMBER.search(shown)
    heading = shown[: label.start()] if label else shown
    if label is None and heading.rstrip().endswith("#"):
        message = f"Line {number}: the scene number is empty or broken: write it as #12A#."
        raise InvalidInput(message)
    found = None if heading.startswith(".") else HEADING.match(heading)
    rest = (found["rest"] if found else heading[1:]).strip()
    if not rest:
        message = f"Line {number}: this scene heading names no place: write for example INT. KITCHEN - DAY."
        raise InvalidInput(message)
    timed = _TIME.match(rest)
    prefix = re.sub(r"\s", "", found["prefix"]).upper() if found else ""
    slug = SlugLine(
        int_ext=prefix if not prefix or prefix.endswith(".") else f"{prefix}.",
        place=timed["place"] if timed else rest,
        time=timed["time"].strip() if timed else None,
    )
    return _Draft(slug, label["number"].strip() if label else None, number)


def _is_cue(line: str) -> bool:
    name = re.sub(r"\([^()]*\)|\^", "", line).strip()
    return name == name.upper() and any(sign.isupper() for sign in name) and not line.startswith(("!", ">", "~", "="))


def _speech(block: _Block) -> Iterator[Element]:
    number, line = block[0]
    shown = line.strip().removeprefix("@").strip()
    dual = shown.endswith("^")
    cue = _CUE.match(shown.removesuffix("^").strip())
    if len(block) == 1 or cue is None or not cue["name"]:
        lacking = "no name" if len(block) > 1 else "nothing to say"
        message = f"Line {number}: this cue has {lacking}: put the spoken line right below a name."
        raise InvalidInput(message)
    extension = ", ".join(part for part in (cue["extension"], cue["more"]) if part) or None
    if cue["name"] != "…":
        yield Element(kind=ElementKind.CHARACTER, text=cue["name"], extension=extension, dual=dual)
    for _, part in block[1:]:
        spoken = part.strip()
        if spoken.startswith("(") and spoken.endswith(")"):
            yield Element(kind=ElementKind.PARENTHETICAL, text=spoken[1:-1].strip())
        elif spoken.startswith("~"):
            yield Element(kind=ElementKind.LYRIC, text=spoken[1:].strip())
        elif spoken:
            yield Element(kind=ElementKind.DIALOGUE, text=spoken)


def _scenes(drafts: Sequence[_Draft]) -> Iterator[ScriptScene]:
    written: dict[str, int] = {}
    for draft in drafts:
        if draft.number is not None and draft.number in written:
            message = (
                f"Line {draft.line}: scene number {draft.number} is already borne by the scene of line {written[draft.number]}."
            )
            raise InvalidInput(message)
        if draft.number is not None:
            written[draft.number] = draft.line
    count = 0
    for draft in drafts:
        number = draft.number
        while number is None:
            count += 1
            number = str(count) if str(count) not in written else None
        yield ScriptScene(id="", number=number, slug=draft.slug, elements=tuple(draft.elements), seconds=_seconds(draft.elements))


def _seconds(elements: Sequence[Element]) -> float:
    """How long a scene plays at an ordinary pace: lines as spoken, action at half the time of reading it aloud."""
    spoken = sum(spoken_seconds(element.text) for element in elements if element.kind is ElementKind.DIALOGUE)
    shown = sum(
        max(2.0, 0.55 * spoken_seconds(element.text))
        for element in elements
        if element.kind in {ElementKind.ACTION, ElementKind.LYRIC}
    )
    return round(max(2.0, spoken + shown), 3)
