"""From beats to scenes: which pieces play where, as slug lines, action, cues and dialogue, all of it in the story's own words.

Belongs here: dividing beats into scenes and laying out their elements. Does not belong here: choosing pieces (`outline`) or the
Fountain text (`fountain`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aiuteur.craft.choosing import cited, passages
from aiuteur.craft.pieces import Piece, clean, pieces_of
from aiuteur.craft.prose.reading import read
from aiuteur.craft.prose.story import Person, Story
from aiuteur.craft.prose.surroundings import Setting, settings
from aiuteur.film.bible import Weather
from aiuteur.film.brief import Narrative
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.story import Beat

SHORTEST_SCENE: Final = 5.0
"""Seconds; a shorter one has no room for an establishing shot and joins its neighbour."""


@dataclass(slots=True)
class Draft:
    """A scene while it is being laid out."""

    setting: Setting
    pieces: list[Piece] = field(default_factory=list[Piece])
    beats: list[str] = field(default_factory=list[str])
    seconds: float = 0.0


def cue(person: Person | None) -> str:
    """The name that stands over a person's lines: capitals, no article."""
    name = person.name if person is not None else "a voice"
    return name.removeprefix("the ").removeprefix("a ").upper()


def scenes(narrative: Narrative, beats: Sequence[Beat]) -> tuple[ScriptScene, ...]:
    """The scenes that beats lead to, without ids; numbers count from 1 and seconds add up to those of the beats."""
    story = read(narrative.text)
    where = settings(story.narration, english=story.script.english)
    drafts = _joined(_drafts(pieces_of(narrative.text), beats, where))
    return tuple(_scene(story, draft, number) for number, draft in enumerate(drafts, 1))


def _drafts(pieces: Sequence[Piece], beats: Sequence[Beat], where: Sequence[Setting]) -> list[Draft]:
    drafts: list[Draft] = []
    for beat in beats:
        kept = cited(pieces, beat.passages)
        pace = beat.seconds / (sum(piece.seconds for piece in kept) or 1.0)
        for piece in kept:
            setting = where[piece.paragraph]
            if not drafts or _moves(drafts[-1].setting, setting):
                drafts.append(Draft(setting))
            drafts[-1].pieces.append(piece)
            drafts[-1].seconds += piece.seconds * pace
            if beat.id not in drafts[-1].beats:
                drafts[-1].beats.append(beat.id)
        if not kept and drafts:
            drafts[-1].seconds += beat.seconds
    return drafts


def _moves(one: Setting, two: Setting) -> bool:
    return (one.place.kind, one.place.interior, one.time) != (two.place.kind, two.place.interior, two.time)


def _joined(drafts: list[Draft]) -> list[Draft]:
    """Scenes too short to stand alone join the neighbour that is most like them, then the shorter one."""
    while len(drafts) > 1:
        place = min(range(len(drafts)), key=lambda index: (drafts[index].seconds, index))
        if drafts[place].seconds >= SHORTEST_SCENE:
            break
        near = [index for index in (place - 1, place + 1) if 0 <= index < len(drafts)]
        into = min(near, key=lambda index: (_moves(drafts[index].setting, drafts[place].setting), drafts[index].seconds, index))
        _join(drafts, *sorted((place, into)))
    return drafts


def _join(drafts: list[Draft], first: int, second: int) -> None:
    one, two = drafts[first], drafts.pop(second)
    if two.seconds > one.seconds:
        one.setting = two.setting
    one.pieces += two.pieces
    one.beats += [beat for beat in two.beats if beat not in one.beats]
    one.seconds += two.seconds


def _scene(story: Story, draft: Draft, number: int) -> ScriptScene:
    place = draft.setting.place
    falls = draft.setting.weather in {Weather.RAIN, Weather.SNOW, Weather.FOG} and not place.interior
    time = draft.setting.time.value.upper() + (f", {draft.setting.weather.value.upper()}" if falls else "")
    slug = SlugLine(int_ext="INT." if place.interior else "EXT.", place=place.name.upper(), time=time)
    return ScriptScene(
        id="",
        number=str(number),
        slug=slug,
        elements=tuple(_elements(story, draft.pieces)),
        seconds=round(draft.seconds, 3),
        beats=tuple(beat for beat in draft.beats if beat),
        passages=passages(draft.pieces),
    )


def _elements(story: Story, pieces: Sequence[Piece]) -> list[Element]:
    found: list[Element] = []
    last: Piece | None = None
    for piece in pieces:
        if not piece.heard:
            found.append(Element(kind=ElementKind.ACTION, text=piece.text))
        elif last is not None and last.heard and (last.speaker, last.off_screen) == (piece.speaker, piece.off_screen):
            _continue(story, found, last, piece)
        else:
            extension = "V.O." if piece.off_screen else None
            found.append(Element(kind=ElementKind.CHARACTER, text=cue(story.person(piece.speaker)), extension=extension))
            if piece.manner:
                found.append(Element(kind=ElementKind.PARENTHETICAL, text=piece.manner))
            found.append(Element(kind=ElementKind.DIALOGUE, text=piece.text))
        last = piece
    return found


def _continue(story: Story, found: list[Element], last: Piece, piece: Piece) -> None:
    """Go on speaking: in the same line where the text does so without a break, else in a line of its own."""
    joined = clean(story.text[last.span.start : piece.span.end])
    whole = joined == f"{last.text} {piece.text}" and last.quote == piece.quote
    if whole and last.order + 1 == piece.order and len(found[-1].text) < 400:  # noqa: PLR2004 - a long speech breathes
        found[-1] = Element(kind=ElementKind.DIALOGUE, text=f"{found[-1].text} {piece.text}")
    else:
        found.append(Element(kind=ElementKind.DIALOGUE, text=piece.text))
