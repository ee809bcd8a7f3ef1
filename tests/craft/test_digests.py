"""A noun's digests: one pass gives what putting every part into canonical form by itself would."""

from hypothesis import given
from hypothesis import strategies as st

from aiuteur.digest import Json, digest
from aiuteur.film.bible import Lighting
from aiuteur.film.noun import Noun
from aiuteur.film.shots import DialogueLine
from aiuteur.film.story import Beat, Turn


class Part(Noun):
    """An element with an id."""

    id: str
    share: float | None


class Whole(Noun):
    """Every shape a field has: a word, a number, nothing, a list with ids and one without, an object, an object by any names."""

    title: str
    seconds: float
    nothing: None = None
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    light: Lighting = Lighting()
    tags: dict[str, int] = {}  # noqa: RUF012 - pydantic copies it


def apart(noun: Noun) -> tuple[str, dict[str, str]]:
    """The same digests, each from a canonical form of its own."""
    document = noun.document()
    lists = {name: value for name, value in document.items() if isinstance(value, list)}
    parts: dict[str, Json] = {
        f"{name}.{part['id']}": part for name, value in lists.items() for part in value if isinstance(part, dict) and "id" in part
    }
    return digest(document), {name: digest(value) for name, value in (document | parts).items()}


LETTERS = st.text(st.characters(codec="utf-8"))
SHARES = st.none() | st.floats(allow_nan=False, allow_infinity=False)
WHOLES = st.builds(
    Whole, title=LETTERS, seconds=st.floats(0, 1e6), words=st.tuples() | st.tuples(LETTERS, LETTERS),
    parts=st.lists(st.builds(Part, id=LETTERS, share=SHARES), max_size=3).map(tuple),
    tags=st.dictionaries(LETTERS, st.integers(0, 9)),
)


@given(WHOLES)
def test_digests_are_those_of_every_part_by_itself(noun: Whole) -> None:
    assert noun.digests() == apart(noun)
    assert noun.digest() == noun.digests()[0]


def test_a_noun_of_the_film_has_them_too() -> None:
    beat = Beat(id="b1", text="Sie rudert.", turn=Turn.RISING, emotion="ruhig", passages=(), seconds=3)
    line = DialogueLine(speaker_id="c1", speaker="Ida", text="“Wer da?”")
    assert beat.digests() == apart(beat)
    assert line.digests() == apart(line)
