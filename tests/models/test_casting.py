"""Who is asked: what people write, which row counts for an item, and what a provider has nobody for."""

from datetime import date

import pytest
from pydantic import SecretStr

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film.commands import CastModel
from aiuteur.film.crew import ModelCard, Role
from aiuteur.models import catalogue
from aiuteur.models.casting import Cast, check, chosen, items, parse
from aiuteur.registry.castings import CastRow, castings
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.settings import Settings
from tests.fakes import Scripted, picturing
from tests.registry.builders import LANE, begun

SCENES = {"s1": "one", "s2": "two"}
FRAME = Key("frames", "s1/start")


def row(*models: str, item: str | None = None, branch: bool = False, role: Role = Role.ILLUSTRATOR) -> CastRow:
    return CastRow(role, models, branch, item)


@pytest.mark.parametrize(("rows", "expected"), [
    ((), ("animatic",)),
    ((row("google"),), ("google",)),
    ((row("google"), row("openai", branch=True)), ("openai",)),
    ((row("openai", branch=True), row("google", item="scene:one")), ("google",)),
    ((row("google", item="scene:one", branch=True), row("a+b", "c", item="shot:s1")), ("a+b", "c")),
    ((row("google", item="shot:s2"), row("google", item="scene:two")), ("animatic",)),
    ((row("google", role=Role.WRITER),), ("animatic",)),
], ids=["nobody", "project", "branch", "scene over branch", "shot over scene", "another's", "another role"])
def test_the_narrowest_casting_counts(rows: tuple[CastRow, ...], expected: tuple[str, ...]) -> None:
    assert chosen(rows, Role.ILLUSTRATOR, FRAME, SCENES) == expected


@pytest.mark.parametrize(("key", "expected"), [
    (FRAME, ("shot:s1", "scene:one")), (Key("clips", "s2"), ("shot:s2", "scene:two")), (Key("looks", "one/sue"), ("scene:one",)),
    (Key("scenes", "one"), ("scene:one",)), (Key("shot_list", "one"), ("scene:one",)), (Key("bible", "sue"), ()),
], ids=str)
def test_an_item_belongs_to_its_shot_and_scene(key: Key, expected: tuple[str, ...]) -> None:
    assert items(key, SCENES) == expected


def test_models_are_written_for_everybody_for_some_and_in_a_row() -> None:
    found = parse("google, illustrator=openai/gpt-image-2+animatic,voice=animatic")
    assert found[Role.WRITER] == ("google",)
    assert found[Role.ILLUSTRATOR] == ("openai/gpt-image-2", "animatic")
    assert found[Role.VOICE] == ("animatic",)


@pytest.mark.parametrize("written", ["painter=google", "writer=", "google,=x"])
def test_what_cannot_be_read_is_named(written: str) -> None:
    with pytest.raises(InvalidInput):
        parse(written)


def test_a_provider_that_has_nobody_for_a_role_leaves_it_to_the_built_in_studio() -> None:
    settings = Settings.model_construct(models_file=None, google_enterprise=False)
    free = ModelCard("animatic", "builtin", "sound-1", replayable=True)
    cast = Cast.of({Role.SOUND: Scripted(picturing(), free)}, settings=settings).on([row("google", role=Role.SOUND)], {})
    assert cast.card(Role.SOUND) == free


def test_the_first_of_a_row_is_who_is_quoted() -> None:
    settings = Settings.model_construct(models_file=None, google_enterprise=False)
    cast = Cast.of({}, settings=settings).on([row("google", "animatic")], {})
    card = cast.card(Role.ILLUSTRATOR, FRAME)
    assert card is not None
    assert card.provider == "google"
    assert [str(one) for one in cast.names(Role.ILLUSTRATOR, FRAME)][1:] == ["animatic"]


def test_a_model_that_is_gone_or_unknown_is_refused_before_any_call() -> None:
    settings = Settings(google_api_key=SecretStr("k"), openai_api_key=SecretStr("k"))
    gone = next(model for model in catalogue.models().values() if model.retired(date(2026, 11, 20)))
    with pytest.raises(Refused, match="shut down"):
        check({gone.roles[0]: (gone.full_name,)}, settings)
    with pytest.raises(NotFound, match="For a writer there are"):
        check({Role.WRITER: ("google/nonesuch",)}, settings)
    with pytest.raises(InvalidInput, match="no provider"):
        check({Role.WRITER: ("acme",)}, settings)


def test_a_casting_is_kept_and_taken_back(registry: Registry) -> None:
    begun(registry)
    with registry.transaction() as session:
        perform(session, LANE, CastModel(role=Role.ILLUSTRATOR, model="google+animatic", scope="project"))
        perform(session, LANE, CastModel(role=Role.ILLUSTRATOR, model="openai"))
    with registry.transaction() as session:
        rows = castings(session, LANE)
    assert chosen(rows, Role.ILLUSTRATOR, None, {}) == ("openai",)
    with registry.transaction() as session:
        perform(session, LANE, CastModel(role=Role.ILLUSTRATOR))
    with registry.transaction() as session:
        assert chosen(castings(session, LANE), Role.ILLUSTRATOR, None, {}) == ("google", "animatic")
