"""What stands at the head of a person's text, and the text without its markup.

Belongs here: title, author and body of prose and Markdown. Does not belong here: files and encodings (`aiuteur.intake`), or
screenplays (`aiuteur.craft.fountain`).
"""

import re
from dataclasses import dataclass
from typing import Final

_LONGEST_TITLE: Final = 100
_LONGEST_NAME: Final = 8
_HEAD_FIELD: Final = re.compile(r"(title|author|credit)\s*:\s*(\S.*)", re.IGNORECASE)
_BY: Final = re.compile(r"(?:written by|by|von|par|por|di|door|автор:?)\s+(\S.{0,79})", re.IGNORECASE)
_NAME_WORD: Final = re.compile(r"[^\W\d_a-zà-ÿа-я].*|de|del|della|den|der|di|du|la|le|van|von|of|and|&|y|e", re.DOTALL)
_CHAPTER: Final = re.compile(r"(?:chapter|part|book|kapitel|teil|chapitre|cap[ií]tulo|capitolo|глава)\b|[ivx\d]+$", re.IGNORECASE)
_RULE: Final = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_BREAK: Final = "* * *"
_SCENE_BREAK: Final = r"\* \* \*"
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}(?:[ \t].*)?$", re.MULTILINE)
_SETEXT: Final = re.compile(r"(?:(?<=\n\n)|\A) {0,3}\w[^\n]{0,120}\n {0,3}(?:={2,}|-{2,})[ \t]*$", re.MULTILINE)
_ITEM: Final = re.compile(r"(?:[-+*]|\d{1,2}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<words>\S.*)")
_CONTINUED: Final = re.compile(r"^([ \t]*(?:[-+*]|\d{1,2}[.)])[ \t]+\S.*)\n[ \t]{2,}(?=[^\s\d*+-])", re.MULTILINE)
_SPOKEN_ITEM: Final = re.compile(r"- .*(?:[!?][\"”’»)]*| - .*)$")
_SPAN: Final = r"(?:[^\n]|\n(?!\n)){1,400}?"
"""What emphasis may enclose: part of a paragraph, and bounded so that stray asterisks cost nothing."""

_INLINE: Final = (
    ("](", re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^)\s]{0,200}(?: \"[^\"\n]{0,400}\")?\)"), r"\1"),
    ("`", re.compile(r"(?<![\\`])`+([^`\n]+)`+"), r"\1"),
    ("*", re.compile(rf"(?<![\\*\d])(\*{{1,3}})(?=[^\s*])({_SPAN})(?<=[^\s\\*])\1(?!\*)"), r"\2"),
    ("~~", re.compile(rf"(?<![\\~])~~(?=[^\s~])({_SPAN})(?<=[^\s\\~])~~(?!~)"), r"\1"),
    ("_", re.compile(rf"(?<![\\\w])(_{{1,3}})(?=[^\s_])({_SPAN})(?<=[^\s\\_])\1(?!\w)"), r"\2"),
    ("\\", re.compile(r"\\([\\`*_{}\[\]()#+.!~>-])"), r"\1"),
)
"""Inline marks: what to look for before looking closely, the mark with what it dresses, and the words that stay."""
_SENTENCE_END: Final = re.compile(r"[.…:;,。،।]['\"”’»)]*$")
_STOPS: Final = (".", "…", "!", "?", ":", ";", ",", "。", "،", "।")
_OPENS_SPEECH: Final = ('"', "“", "‘", "«", "—", "–", "「", "'")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as a reader sees it: `title` and `author` are None where its head does not tell them."""

    title: str | None
    author: str | None
    text: str


def prose(text: str) -> Manuscript:
    """Read plain text: `Title:` and `Author:` lines, or a title line and a by-line set off from what follows, leave the body."""
    fields, lines = _head_fields(text.strip().split("\n"))
    return _headed(fields, lines)


def markdown(text: str) -> Manuscript:
    """Read Markdown: front matter and the first heading give title and author, marks that only dress the words are taken off."""
    fields, text = _front_matter(_uncommented(text))
    heading = re.match(r"\s*(?:#\s+(?P<atx>.+?)\s*#*|(?P<setext>\S.*)\n=+)[ \t]*(?:\n|$)", text)
    if heading:
        fields.setdefault("title", undressed(heading["atx"] or heading["setext"]))
        text = text[heading.end():]
    body = undressed(_blocks(text)).strip() or fields.get("title", "")
    return _headed(fields, body.split("\n"))


def _headed(fields: dict[str, str], lines: list[str]) -> Manuscript:
    """Look for what `fields` does not tell in the first lines; a head without anything after it is the text itself."""
    title, author, rest = fields.get("title"), fields.get("author"), lines
    if title is None and len(rest) > 1 and _is_title(rest[0]) and (not rest[1].strip() or _byline(rest[1])):
        title, rest = rest[0].strip(), _past_blank(rest[1:])
    if author is None and len(rest) > 1 and (found := _byline(rest[0])) and not rest[1].strip():
        author, rest = found, rest[1:]
    body = "\n".join(rest).strip()
    return Manuscript(title, author, body or "\n".join(lines).strip())


def undressed(text: str) -> str:
    """Words without Markdown's inline marks: emphasis, code, links, images; a lone `*` or `_` and escaped ones stay."""
    for mark, pattern, kept in _INLINE:
        if mark in text:
            text = pattern.sub(kept, text)
    return text


def title_of_name(name: str) -> str:
    """A title from a file's name: `the-last_leaf` is "The Last Leaf"."""
    words = re.sub(r"[\s_-]+", " ", name).strip().split(" ")
    return " ".join(word[:1].upper() + word[1:] for word in words)[:_LONGEST_TITLE] or "Untitled"


def _blocks(text: str) -> str:
    """Paragraphs without the marks at their lines' beginnings; a heading inside the text breaks it, unless all are headings."""
    plain = [line for line in text.split("\n") if line.strip() and not _HEADING.match(line) and not _RULE.fullmatch(line)]
    if plain:
        text = _HEADING.sub(f"\n{_BREAK}\n", _SETEXT.sub(f"\n{_BREAK}\n", text))
    spoken = any(_SPOKEN_ITEM.match(line) for line in plain)
    lines = "\n".join(_line(line.rstrip(), spoken=spoken) for line in _CONTINUED.sub(r"\1 ", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines)


def _uncommented(text: str) -> str:
    """A comment that is never closed is text."""
    first, *parts = text.split("<!--")
    last = max((at for at, part in enumerate(parts) if "-->" in part), default=-1)
    kept = [part.partition("-->")[2] if "-->" in part else "" for part in parts[:last + 1]]
    return "".join([first, *kept, *(f"<!--{part}" for part in parts[last + 1:])])


def _line(line: str, *, spoken: bool) -> str:
    """One line without its block mark: fences vanish, a rule becomes the asterisks of a scene break, a list's item a sentence.

    `spoken` says that hyphens at the beginnings of lines are dashes of speech, which stay.
    """
    bare = line.lstrip()
    if bare.startswith(("```", "~~~")):
        return ""
    if _RULE.fullmatch(line):
        return _SCENE_BREAK
    if re.match(r"#{1,6} ", bare):
        return bare.strip("#").strip()
    item = _ITEM.fullmatch(bare)
    if item and not (spoken and bare.startswith("-")):
        return f"\n{item['words']}\n" if item["words"].rstrip("\"'”’»)]").endswith(_STOPS) else f"\n{item['words']}.\n"
    return re.sub(r"^(?:\s*>)+\s*", "", line).removesuffix("\\")


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = re.match(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, flags=re.DOTALL)
    if not found:
        return {}, text
    pairs = re.findall(r"^(title|author)\s*:\s*[\"']?(.+?)[\"']?\s*$", found[1], flags=re.MULTILINE | re.IGNORECASE)
    return {name.lower(): value for name, value in pairs}, text[found.end():]


def _head_fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """`Title:` and its kin at the very top, and the lines after them."""
    fields: dict[str, str] = {}
    for at, line in enumerate(lines):
        found = _HEAD_FIELD.fullmatch(line.strip())
        if not found:
            return fields, _past_blank(lines[at:]) if fields else lines
        fields[found[1].lower()] = found[2]
    return {}, lines


def _is_title(line: str) -> bool:
    line = line.strip()
    return (
        0 < len(line) <= _LONGEST_TITLE and not _SENTENCE_END.search(line) and not line.startswith(_OPENS_SPEECH)
        and not _CHAPTER.match(line) and not _byline(line)
    )


def _byline(line: str) -> str | None:
    """The name that a by-line tells; every word of it is written as names are."""
    found = _BY.fullmatch(line.strip())
    words = found[1].split() if found else []
    return " ".join(words) if 0 < len(words) <= _LONGEST_NAME and all(map(_NAME_WORD.fullmatch, words)) else None


def _past_blank(lines: list[str]) -> list[str]:
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return lines[first:]
