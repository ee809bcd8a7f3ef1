"""Reading a person's file: a story or screenplay comes in whole and understood, or is refused with a sentence.

Belongs here: files, encodings, formats by extension, and whether a film could be written where it is wanted. Does not belong
here: what a title or a heading is (`aiuteur.craft.manuscript`, `.fountain`, `.fdx`), or storing anything.
"""

import codecs
import errno
import re
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from aiuteur.craft import manuscript
from aiuteur.craft.language import language
from aiuteur.errors import InvalidInput, Unavailable
from aiuteur.film.brief import Narrative, SourceFormat

MAX_BYTES: Final = 20_000_000
ROOM: Final = 100_000_000
"""Bytes that must be free where a film is written: a few minutes in the house format, with the pictures beside it."""

_FORMATS: Final = {
    ".txt": SourceFormat.PROSE, ".md": SourceFormat.PROSE, ".fountain": SourceFormat.FOUNTAIN, ".fdx": SourceFormat.FDX,
}
_KINDS: Final = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip or Word file"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
                 (b"{\\rtf", "a rich text file"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"))
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                 (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS: Final = 0.01
"""Share of control characters above which bytes are no text; a stray form feed or bell stays below it."""
_UNTITLED: Final = "Untitled"
"""What a Final Draft document without a title page is called until its file's name is known."""

_LONGEST: Final = 200
"""Characters of a path that a sentence shows."""


class _Head(NamedTuple):
    title: str | None
    author: str | None
    text: str


def read_story(path: Path) -> Narrative:
    """Read a story (.txt, .md) or screenplay (.fountain, .fdx); raises `InvalidInput` with what is wrong and what to do."""
    data = _bytes(path)
    kind = _FORMATS.get(path.suffix.lower())
    if kind is None:
        raise _refused(path, f"ends in {path.suffix or 'nothing'!r}: a story is .txt or .md, a screenplay .fountain or .fdx.")
    found = _screenplay(path, data, kind) if kind is not SourceFormat.PROSE else _prose(path, data)
    try:
        return Narrative(
            title=(found.title or manuscript.title_of_name(_printable(path.stem)))[:300], author=found.author, text=found.text,
            format=kind, language=language(found.text),
        )
    except ValidationError as error:
        raise _refused(path, f"cannot be used: {error.errors()[0]['msg']}.") from error


def check_out_folder(path: Path, room: int = ROOM) -> None:
    """Try a small write where a film is wanted, and leave nothing behind.

    `room` is in bytes. Raises `InvalidInput` where the place cannot be a folder or may not be written, `Unavailable` where the
    disk is full.
    """
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if _exists(folder, path))
    if not there.is_dir():
        raise _refused(there, "is a file, so films cannot be written under it: choose another folder with --out.")
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".aiuteur-") as trial:
            trial.write(bytes(65536))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            message = f"The disk of {there} is full: make room, or choose another folder with --out."
            raise Unavailable(message) from error
        raise _refused(there, f"cannot be written ({error.strerror}): choose another folder with --out.") from error
    if (free := shutil.disk_usage(there).free) < room:
        message = f"The disk of {there} is full: {free / 1e6:.0f} MB free, {room / 1e6:.0f} MB needed. Make room, or use --out."
        raise Unavailable(message)


def _exists(folder: Path, path: Path) -> bool:
    try:
        folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _refused(path, f"cannot be a folder ({error.strerror}): choose another with --out.") from error
    return True


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refused(path, "is a folder: name the story's file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, "is a device or a pipe: save the story to a file first.")
        if status.st_size > MAX_BYTES:
            raise _refused(path, f"has {status.st_size / 1e6:.1f} MB, the limit is {MAX_BYTES // 10**6} MB: give a part of it.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(path, f"is not there: check the name, or the folder you are in ({Path.cwd()}).") from error
    except OSError as error:
        raise _refused(path, f"cannot be read ({error.strerror}): check its name and its permissions.") from error
    if not data.strip():
        raise _refused(path, "is empty: write the story into it first.")
    return data


def _prose(path: Path, data: bytes) -> _Head:
    text = _text(path, data)
    found = manuscript.markdown(text) if path.suffix.lower() == ".md" else manuscript.prose(text)
    if not re.search(r"\w", found.text) and not any(ord(letter) > 0x2000 for letter in found.text):  # noqa: PLR2004 - emoji tell too
        raise _refused(path, "has no words in it: write the story into it first.")
    return _Head(found.title, found.author, found.text)


def _screenplay(path: Path, data: bytes, kind: SourceFormat) -> _Head:
    from aiuteur.craft import fdx, fountain

    try:
        text = fdx.to_fountain(data) if kind is SourceFormat.FDX else _text(path, data)
        play = fountain.parse(text)
    except InvalidInput as error:
        raise _refused(path, f"is not a screenplay that can be read: {error}") from error
    if kind is SourceFormat.FDX and play.title == _UNTITLED:
        title = manuscript.title_of_name(_printable(path.stem))
        return _Head(title, play.author, text.replace(f"Title: {_UNTITLED}", f"Title: {title}", 1))
    return _Head(play.title, play.author, text)


def _text(path: Path, data: bytes) -> str:
    """Decode UTF-8, or UTF-16 and UTF-32 with a byte order mark; line ends become one kind, stray control characters go."""
    for start, kind in _KINDS:
        if data.startswith(start):
            raise _refused(path, f"is {kind}, not text: save it as plain text (UTF-8) and give that.")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(path, data, error) from error
    if "\x00" in text or _noisy(text):
        raise _binary(path, data)
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\ufeff", "")
    if not text.strip():
        raise _refused(path, "is empty: write the story into it first.")
    return text


def _noisy(text: str) -> bool:
    return len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text)


def _undecodable(path: Path, data: bytes, error: UnicodeDecodeError) -> InvalidInput:
    if error.encoding == "utf-8" and (b"\x00" in data or _noisy(data[:100_000].decode("latin-1"))):
        return _binary(path, data)
    line = data.count(b"\n", 0, error.start) + 1
    where = f"byte {error.start} (0x{data[error.start]:02x}, line {line})"
    convert = f"iconv -f WINDOWS-1252 -t UTF-8 '{path.name}' > 'utf8-{path.name}'"
    return _refused(path, f"is not {error.encoding.upper()}: {where} cannot be read. Save it as UTF-8, or convert it: {convert}")


def _binary(path: Path, data: bytes) -> InvalidInput:
    head = data[:1000]
    zeros = head.count(0)
    if zeros > len(head) / 5 and zeros in {head[::2].count(0), head[1::2].count(0)}:
        return _refused(path, "looks like UTF-16 without its byte order mark: save it as UTF-8.")
    return _refused(path, "is not text: it has bytes in it that no story has. Save the story as plain text (UTF-8).")


def _refused(path: Path, reason: str) -> InvalidInput:
    name = _printable(str(path))
    return InvalidInput(f"{name if len(name) <= _LONGEST else f'{name[:_LONGEST]}…'} {reason}")


def _printable(name: str) -> str:
    """A file's name as a terminal can show it: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode()
