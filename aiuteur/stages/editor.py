"""The editor: everything a film is cut from, joined into the film and its papers.

Belongs here: the order of joining, and what each part is given. Does not belong here: asking anyone (`aiuteur.stages.film`),
encoding, mixing or lettering (`aiuteur.media`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from aiuteur.commitpoints import reach
from aiuteur.craft.editing import PlacedScene, is_whole, narration
from aiuteur.craft.timing import end_seconds, on_frames, title_seconds
from aiuteur.digest import Json, digest
from aiuteur.exports.storyboard import Panel, Sheet, storyboard
from aiuteur.film.brief import Brief
from aiuteur.film.formats import FPS
from aiuteur.film.noun import MediaRef
from aiuteur.film.shots import Scene, Shot
from aiuteur.film.takes import Card, Film
from aiuteur.media import captions, cards, mix
from aiuteur.media.assemble import Chapter, assemble
from aiuteur.media.encode import House
from aiuteur.media.joining import Part
from aiuteur.media.storage import Storage

MADE_BY = "Made with Aiuteur"

_CARDS = 1
"""The design of the cards: raised when they are drawn otherwise, so that old ones are not taken over."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a film is cut from: its papers, the timeline, and the selected clips and start frames by shot.

    `makers` are the credits: who made it, and as what.
    """

    title: str
    author: str | None
    fountain: str
    language: str
    makers: Mapping[str, Sequence[str]]
    brief: Brief
    scenes: tuple[PlacedScene, ...]
    headings: Mapping[str, Scene]
    clips: Mapping[str, MediaRef]
    frames: Mapping[str, MediaRef]
    narrated: bool = False
    """Whether captions tell what the story tells where nobody speaks; a screenplay's action is not for its audience."""

    @property
    def shots(self) -> list[Shot]:
        """Every shot in the order of the film."""
        return [placed.shot for scene in self.scenes for placed in scene.shots]

    @property
    def house(self) -> House:
        """The format the film is in."""
        return House.of(self.brief.aspect_ratio)


def head_seconds(brief: Brief) -> float:
    """Seconds of the title card, on whole frames."""
    return on_frames(title_seconds(brief.length_seconds))


def tail_seconds(brief: Brief) -> float:
    """Seconds of the end card, on whole frames."""
    return on_frames(end_seconds(brief.length_seconds))


def cut(
    made: Cut, sounds: Callable[[], Sequence[MediaRef]], voiced: int, storage: Storage, before: Film | None = None,
) -> Film:
    """Join clips, cards, sound and captions into the film, and store it with its captions, screenplay and storyboard.

    `sounds` waits for the scenes' mixes, and gives them in order; `voiced` of the lines were spoken; of the film `before`, cards
    and panels that would be the same are taken over. Soundtrack and storyboard are made while the pictures are joined, the
    storyboard when the sounds are there, for which all else waits. Raises what joining and `sounds` raise, nothing being stored
    of a film that is not whole.
    """
    subtitles = _captions(made, voiced=voiced > 0)
    with ThreadPoolExecutor(2) as others, TemporaryDirectory(prefix="aiuteur-film-") as folder:
        sounded = others.submit(sounds)
        soundtrack = others.submit(_soundtrack, made, sounded.result, storage)
        board = others.submit(_storyboard, made, storage, before)
        title, end = _cards(made, storage, before.cards if before is not None else ())
        path = Path(folder) / "film.mp4"
        metadata = {"title": made.title, "artist": made.author or "", "comment": MADE_BY}
        parts = _parts(made, title, end, storage)
        frames = assemble(parts, soundtrack.result, subtitles, _chapters(made), metadata, path, made.language)
        reach("joined")
        video = _stored(storage, path.read_bytes(), "video/mp4", frames / FPS)
        return Film(
            video=video, captions=_stored(storage, subtitles.encode(), "application/x-subrip"),
            screenplay=_stored(storage, made.fountain.encode(), "text/plain"),
            storyboard=_stored(storage, board.result().data, "image/png"), panels=board.result().made_from,
            cards=(title, end), seconds=frames / FPS, shots=len(made.shots),
            lines=sum(len(scene.lines) for scene in made.scenes), lines_voiced=voiced,
        )


def _soundtrack(made: Cut, sounds: Callable[[], Sequence[MediaRef]], storage: Storage) -> bytes:
    scenes = [storage.get(sound.sha256) for sound in sounds()]
    return mix.master(scenes, head_seconds(made.brief), tail_seconds(made.brief), [scene.seconds for scene in made.scenes])


def _cards(made: Cut, storage: Storage, before: Sequence[Card]) -> tuple[Card, Card]:
    """The title card over the first frame and the end card over the last; one that is made from the same already is kept."""
    shots = made.shots
    first, last = (made.frames[shots[n].id] if shots else None for n in (0, -1))
    at_head, at_tail, size = head_seconds(made.brief), tail_seconds(made.brief), [made.house.width, made.house.height]
    credits_ = _credits(made)
    known = {card.made_from: card for card in before}

    def card(words: Json, seconds: float, ground: MediaRef | None, draw: Callable[[bytes | None], bytes]) -> Card:
        made_from = digest([_CARDS, words, size, seconds, ground.sha256 if ground else None])
        if made_from in known and not storage.lost([known[made_from].video.sha256]):
            return known[made_from]
        drawn = draw(storage.get(ground.sha256) if ground else None)
        return Card(made_from=made_from, video=_stored(storage, drawn, "video/mp4", seconds))

    said: Json = [[credit.role, credit.name] for credit in credits_]
    return (
        card([made.title, made.author], at_head, first,
             lambda ground: cards.title_card(made.title, made.author, made.house, at_head, ground)),
        card(said, at_tail, last, lambda ground: cards.end_card(credits_, made.house, at_tail, ground)),
    )


def _parts(made: Cut, title: Card, end: Card, storage: Storage) -> Iterator[Part]:
    """Title card, every shot between its in and out points, end card; read one at a time."""
    yield Part(storage.get(title.video.sha256))
    for shot in made.shots:
        clip = made.clips[shot.id]
        video, end_ = storage.get(clip.sha256), shot.out_point if shot.out_point is not None else shot.duration
        yield Part(video) if is_whole(shot, clip.seconds) else Part(video, shot.in_point, end_)
    yield Part(storage.get(end.video.sha256))


def _credits(made: Cut) -> list[cards.Credit]:
    story = [cards.Credit("Story", made.author)] if made.author else []
    return [*story, *(cards.Credit(" · ".join(roles), name) for name, roles in made.makers.items())]


def _captions(made: Cut, *, voiced: bool) -> str:
    shots = {shot.id: shot for shot in made.shots}
    said = [
        captions.Said(
            scene.start + placed.start, placed.seconds, placed.line.text,
            captions.shown_speaker(placed.line, shots[placed.shot_id], before.line.speaker if before else None, voiced=voiced),
        )
        for scene in made.scenes for before, placed in zip([None, *scene.lines], scene.lines, strict=False)
    ]
    shown = captions.cues(said, head_seconds(made.brief) + sum(scene.seconds for scene in made.scenes))
    told = narration(made.scenes, made.fountain) if made.narrated else ()
    return captions.srt(captions.with_narration(shown, told))


def _chapters(made: Cut) -> list[Chapter]:
    return [
        Chapter("Title", 0.0), *(Chapter(f"{made.headings[scene.scene_id].slug}", scene.start) for scene in made.scenes),
    ]


def _storyboard(made: Cut, storage: Storage, before: Film | None) -> Sheet:
    panels = [
        Panel(
            picture=made.frames[shot.id].sha256, label=shot.label, camera=shot.cinematography.said,
            text=" / ".join(f"{line.speaker}: {line.text}" for line in shot.dialogue) or shot.action,
        )
        for shot in made.shots
    ]
    return storyboard(panels, made.title, storage.get, _sheet(before, storage) if before is not None else None)


def _sheet(film: Film, storage: Storage) -> Sheet | None:
    """A film's storyboard; None where it is gone from the store."""
    kept = storage.has(film.storyboard.sha256)
    return Sheet(storage.get(film.storyboard.sha256), film.panels) if kept else None


def _stored(storage: Storage, data: bytes, mime: str, seconds: float | None = None) -> MediaRef:
    return MediaRef(sha256=storage.put(data, mime), mime=mime, size=len(data), seconds=seconds)
