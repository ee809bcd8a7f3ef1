"""The film's file: joined clips, one soundtrack, captions, chapters and titles in one mp4.

Belongs here: putting the file together. Does not belong here: the joining of clips (`aiuteur.media.joining`), what the
soundtrack is (`aiuteur.media.mix`), what captions say (`aiuteur.media.captions`), playing it (`aiuteur.media.screening`).
"""

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
from av.error import FFmpegError

from aiuteur.errors import Corrupt, InvalidInput, Unavailable
from aiuteur.film.formats import FPS
from aiuteur.media.joining import Part, join

_TIMEOUT: Final = 900.0
_LANGUAGES: Final = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "pt": "por", "nl": "nld", "ru": "rus", "uk": "ukr",
    "pl": "pol", "sv": "swe", "da": "dan", "nb": "nob", "no": "nor", "fi": "fin", "el": "ell", "tr": "tur", "ar": "ara",
    "he": "heb", "hi": "hin", "zh": "zho", "ja": "jpn", "ko": "kor", "vi": "vie", "th": "tha", "cs": "ces", "hu": "hun",
    "ro": "ron",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's title and the second at which it begins."""

    title: str
    start: float


def assemble(
    parts: Iterable[Part], audio: Callable[[], bytes], srt: str, chapters: Sequence[Chapter], metadata: Mapping[str, str],
    out_path: Path, language: str = "en",
) -> int:
    """Write the film to `out_path` and return its number of frames; the file is whole or not there at all.

    `audio` is asked, once the pictures are joined, for a soundtrack as `mix.master` makes it, as long as the pictures within
    one frame; `srt` may be empty. `metadata`
    has title, artist, comment and the like. Parts are read one at a time. Raises `InvalidInput` for no parts, for another
    picture size among them or a soundtrack of another length, `Corrupt` for a part that cannot be read, `Unavailable` where the
    file cannot be written.
    """
    # The scratch folder has the film's name, so that what a killed run left there is cleared by the next one.
    scratch = out_path.with_name(f".{out_path.name}.making")
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        return _assembled(parts, audio, srt, _told(chapters, metadata), scratch, out_path, language)
    except OSError as error:
        message = f"The film cannot be written to {out_path} ({error}): make room there or choose another folder."
        raise Unavailable(message) from error
    except FFmpegError as error:
        message = f"A clip or the soundtrack of the film cannot be read to its end ({error}): make it again."
        raise Corrupt(message) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _assembled(
    parts: Iterable[Part], audio: Callable[[], bytes], srt: str, told: str, folder: Path, out_path: Path, language: str
) -> int:
    """The film in a scratch folder, then in its place."""
    frames = join(parts, folder / "video.mp4")
    sound = audio()
    _as_long_as(sound, frames)
    (folder / "audio.mp4").write_bytes(sound)
    (folder / "told.txt").write_text(told.format(end=round(frames * 1000 / FPS)), encoding="utf-8")
    inputs, maps = ["video.mp4", "audio.mp4", "told.txt"], ["-map", "0:v", "-map", "1:a"]
    if srt.strip():
        (folder / "captions.srt").write_text(srt, encoding="utf-8")
        inputs.append("captions.srt")
        maps += ["-map", "3:s", "-c:s", "mov_text", "-metadata:s:s:0", f"language={_iso(language)}"]
    maps += ["-map_metadata", "2", "-map_chapters", "2", "-metadata:s:a:0", f"language={_iso(language)}"]
    _ffmpeg(folder, inputs, maps)
    with (folder / "film.mp4").open("rb") as film:
        os.fsync(film.fileno())
    (folder / "film.mp4").replace(out_path)
    return frames


def _ffmpeg(folder: Path, inputs: Sequence[str], maps: Sequence[str]) -> None:
    """One run of FFmpeg's program, which alone can write mov_text; it reads and writes files of the scratch folder only."""
    import imageio_ffmpeg

    given = [word for name in inputs for word in ("-protocol_whitelist", "file", "-i", name)]
    program = os.environ.get("FFMPEG_BINARY") or imageio_ffmpeg.get_ffmpeg_exe()
    written = ["-fflags", "+bitexact", "-movflags", "+faststart", "-movie_timescale", "48000", "film.mp4"]
    command = [program, "-nostdin", "-v", "error", "-y", *given, "-c", "copy", *maps, *written]
    try:
        # Every word of the command is ours: the names of files in the folder are constants.
        ended = subprocess.run(  # noqa: S603
            command, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False, text=True, errors="replace")
    except subprocess.TimeoutExpired as error:
        message = f"FFmpeg did not finish the film within {_TIMEOUT:.0f} s."
        raise Unavailable(message) from error
    if ended.returncode:
        message = f"FFmpeg could not put the film together: {ended.stderr.strip()[-300:]}"
        raise Unavailable(message)


def _as_long_as(audio: bytes, frames: int) -> None:
    """Raise `InvalidInput` where the soundtrack is not as long as the pictures within one frame."""
    with av.open(io.BytesIO(audio), "r") as container:
        stream = container.streams.audio[0]
        seconds = float((stream.duration or 0) * (stream.time_base or 0))
    if abs(seconds * FPS - frames) > 1:
        message = f"The soundtrack lasts {seconds:.3f} s and the pictures {frames / FPS:.3f} s: mix it again for these clips."
        raise InvalidInput(message)


def _told(chapters: Sequence[Chapter], metadata: Mapping[str, str]) -> str:
    """Titles and chapters in FFmpeg's metadata format, with `{end}` where the film's last millisecond goes."""
    lines = [";FFMETADATA1", *(f"{_escaped(name)}={_escaped(value)}" for name, value in metadata.items() if value)]
    starts = [str(round(chapter.start * 1000)) for chapter in chapters]
    for chapter, start, end in zip(chapters, starts, [*starts[1:], "{end}"], strict=False):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={_escaped(chapter.title)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """A metadata value as the format wants it: its special characters after a backslash, and braces doubled for `str.format`."""
    kept = "".join(f"\\{letter}" if letter in "=;#\\" else letter for letter in " ".join(text.split()))
    return kept.replace("{", "{{").replace("}", "}}")


def _iso(language: str) -> str:
    """The three-letter code (ISO 639-2) that an mp4 track wants."""
    primary = language.lower().partition("-")[0]
    return primary if len(primary) == 3 else _LANGUAGES.get(primary, "und")  # noqa: PLR2004 - ISO 639-2 already
