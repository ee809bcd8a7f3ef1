"""The film's style is found among the entries of the bible, and how it was found is in the basis of what was made with it."""

from uuid import UUID

from aiuteur.craft.world import ORDER, Key, Reading, Selected, World
from aiuteur.film.bible import Character, Style
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.lane import Lane
from aiuteur.stages.bible import style_of
from aiuteur.stages.needs import need
from aiuteur.stages.work import Unit

ADA = Character(id="ada", name="Ada")
NOIR = Style(id="noir", name="Noir", description="Hard light.")
NAIVE = Style(id="naive", name="Naive", description="Flat colours.")


def world(*entries: Character | Style, made: Selected | None = None) -> World:
    nouns: dict[Key, Noun] = {Key("bible", entry.id): entry for entry in entries}
    nouns[Key(ORDER, "bible")] = Order(ids=tuple(entry.id for entry in entries))
    items = {key: Selected(key, UUID(int=1), 1, noun, noun.digest(), noun.field_digests(), {}) for key, noun in nouns.items()}
    return World(Lane("ferry"), "seed", 1, items | ({made.key: made} if made is not None else {}))


def drawn(*entries: Character | Style) -> tuple[str | None, Selected]:
    """What is drawn with the style of these entries: its description, and the item with its basis."""
    reading = Reading(world(*entries))
    style = style_of(reading, world(*entries), "description")
    return style.description if style is not None else None, Selected(
        Key("prompts", "s1"), UUID(int=99), 1, ADA, "d", {}, dict(reading.basis)
    )


def stale_with(made: Selected, *entries: Character | Style) -> bool:
    return need(Unit("s1", (made.key,)), world(*entries, made=made)) is not None


def test_one_style_is_read_by_what_it_is_and_nothing_else_of_the_bible() -> None:
    said, made = drawn(ADA, NOIR)
    assert said == "Hard light."
    assert set(made.basis) == {"bible:noir:kind", "bible:noir:description"}
    assert not stale_with(made, ADA, Character(id="tom", name="Tom"), NOIR)


def test_a_style_that_goes_or_comes_is_noticed() -> None:
    _, with_one = drawn(ADA, NOIR)
    said, without = drawn(ADA)
    assert said is None
    assert stale_with(with_one, ADA)
    assert stale_with(without, ADA, NOIR)


def test_of_two_styles_the_first_of_the_list_counts_and_their_order_is_read() -> None:
    said, made = drawn(ADA, NAIVE, NOIR)
    assert said == "Flat colours."
    assert stale_with(made, ADA, NOIR, NAIVE)
