"""The catalogue: what is known of models, who can be cast, and what is said of one that cannot."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from aiuteur.craft.prices import book
from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.models import catalogue
from aiuteur.models.casting import check, parse
from aiuteur.settings import Settings
from tests.wire.serving import Services

TODAY = date(2026, 11, 20)
SETTINGS = Services(9).settings()


def test_every_model_that_is_there_can_be_engaged_for_each_of_its_roles() -> None:
    for model in catalogue.models().values():
        for role in model.roles if not model.retired(TODAY) else ():
            settings = Services(9).settings(google_enterprise=model.enterprise)
            assert catalogue.engage(model.provider, model.name, role, settings).card == model.card()


@pytest.mark.parametrize(("provider", "name", "says"), [
    ("openai", "sora-2", "shut down on 2026-09-24: there are: google/gemini-omni"),
    ("openai", "dall-e-3", "openai/gpt-image-2.5-flare took its place"),
    ("google", "veo-3.1-generate-preview", "google/gemini-omni-1.2-flash took its place"),
])
def test_a_model_that_is_gone_is_refused_with_who_took_its_place(provider: str, name: str, says: str) -> None:
    role = Role.ILLUSTRATOR if name.startswith("dall") else Role.CINEMATOGRAPHER
    with pytest.raises(Refused, match=says):
        catalogue.find(provider, name, role, today=TODAY)


def test_a_model_is_gone_from_its_day_on() -> None:
    assert catalogue.find("openai", "gpt-4o-mini-tts", Role.VOICE, today=date(2027, 1, 5))
    with pytest.raises(Refused, match="shut down"):
        catalogue.find("openai", "gpt-4o-mini-tts", Role.VOICE, today=date(2027, 1, 6))


def test_an_unknown_model_and_one_of_another_role_are_told_whom_to_cast() -> None:
    with pytest.raises(NotFound, match=r"For a writer there are: google/gemini-3\.8-flash"):
        catalogue.find("openai", "gpt-9", Role.WRITER, today=TODAY)
    with pytest.raises(Refused, match="is a writer and judge, not a voice"):
        catalogue.find("openai", "gpt-6.1-sol", Role.VOICE, today=TODAY)


def test_a_provider_without_a_key_is_refused_before_anything_is_made() -> None:
    settings = Settings.model_validate({"google_api_key": None})
    with pytest.raises(Refused, match="AIUTEUR_GOOGLE_API_KEY"):
        check(parse("google"), settings)


@pytest.mark.parametrize(("seconds", "asked"), [(2.0, 4), (4.0, 4), (5.2, 6), (8.0, 8)])
def test_a_shot_is_asked_for_in_the_next_length_that_is_made(seconds: float, asked: float) -> None:
    assert catalogue.find("google", "veo-3.1-generate-001", Role.CINEMATOGRAPHER, today=TODAY).lasting(seconds) == asked


def test_a_shot_that_no_clip_is_long_enough_for_is_refused() -> None:
    with pytest.raises(Refused, match="at most 15 s"):
        catalogue.find("google", "gemini-omni-1.2-flash", Role.CINEMATOGRAPHER, today=TODAY).lasting(16)


def test_a_key_of_the_enterprise_platform_is_cast_with_its_models() -> None:
    plain, enterprise = (Services(9).settings(google_enterprise=on) for on in (False, True))
    chosen = [catalogue.chosen("google", Role.CINEMATOGRAPHER, settings) for settings in (plain, enterprise)]
    assert [model.name for model in chosen if model] == ["gemini-omni-1.2-flash", "veo-3.1-generate-001"]


def test_a_last_frame_is_planned_around_where_a_model_takes_none() -> None:
    cards = {name: model.card() for name, model in catalogue.models().items()}
    assert catalogue.ends_on_frames(cards["google/veo-3.1-generate-001"])
    assert catalogue.ends_on_frames(cards["google/gemini-omni-1.2-flash"])
    assert not catalogue.ends_on_frames(cards["openai/sora-2"])
    assert catalogue.ends_on_frames(ModelCard("animatic", "builtin", "cinematographer-1"))


def test_models_of_ones_own_come_first_and_are_checked(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text('[[models]]\nprovider = "compatible"\nname = "llama4"\napi = "chat_completions"\nroles = ["judge", "writer"]')
    settings = Services(9).settings(models_file=own)
    assert catalogue.engage("compatible", "llama4", Role.WRITER, settings).card.provider == "compatible"
    assert catalogue.chosen("compatible", Role.JUDGE, settings) is not None
    bad = tmp_path / "bad.toml"
    bad.write_text('[[models]]\nprovider = "compatible"\nname = "x"\napi = "telepathy"\nroles = ["writer"]\n')
    with pytest.raises(InvalidInput, match="no protocol 'telepathy'"):
        catalogue.models(bad)
    bad2 = tmp_path / "bad2.toml"
    bad2.write_text('[[models]]\nprovider = "compatible"\nname = "x"\napi = "videos"\nroles = ["cinematographer"]\n')
    with pytest.raises(InvalidInput, match="needs `seconds`"):
        catalogue.models(bad2)


def test_every_model_of_a_paid_provider_has_a_price_or_is_known_to_have_none() -> None:
    unpriced = {
        model.full_name for model in catalogue.models().values()
        if not model.retired(TODAY) and not model.replayable and book().listing(model.provider, model.name, TODAY) is None
    }
    assert unpriced <= {"openai/gpt-4o-mini-tts"}


def test_the_catalogue_is_toml_with_a_source_for_every_row() -> None:
    text = (Path(catalogue.__file__).parents[1] / "catalogue" / "models.toml").read_text("utf-8")
    rows = tomllib.loads(text)["models"]
    assert all(row["source"] for row in rows)
    assert len({(row["provider"], row["name"]) for row in rows}) == len(rows)
