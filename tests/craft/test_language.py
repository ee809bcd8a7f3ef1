import pytest

from aiuteur.craft.language import UNKNOWN, language


@pytest.mark.parametrize(("text", "code"), [
    ("A man walks home.", "en"),
    ("She lit the lamp, and it was night.", "en"),
    ("El relojero abrió la caja y no había nada en ella, que no es poco.", "es"),
    ("Der alte Mann ging mit dem Kind zu der Brücke, und es war kalt.", "de"),
    ("雪が降っていた。彼女は待っていた。", "ja"),
    ("小梅问：还能过河吗？", "zh"),
    ("Она ждала его на мосту.", "ru"),
    ("1234 !!", UNKNOWN),
], ids=["a short text tells nothing", "english", "spanish", "german", "japanese", "chinese", "russian", "no letters"])
def test_a_text_s_language_is_guessed_from_its_script_and_small_words(text: str, code: str) -> None:
    assert language(text) == code
