"""A narrative is data: whatever it says, it changes no command, no budget, no address and nothing of what is asked."""

import asyncio
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from aiuteur.craft import asking
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.models.protocols import Request
from aiuteur.registry.database import Registry
from tests.models.buying import Shop
from tests.models.hostile import NARRATIVES
from tests.wire.serving import KEY, Services

_FIELD = re.compile(r"<material-([0-9a-f]{16})>\n(.*)\n</material-\1>", re.DOTALL)
_TABLES = ("commands", "budgets", "castings", "approvals", "projects", "branches", "remakes")


def payload(story: str, task: str = "treatment") -> dict[str, Json]:
    narrative = Narrative(title=story[:60].strip() or "T", text=story, format=SourceFormat.PROSE)
    variant: Json = {"angle": story, "logline": story, "prose": story, "passages": []}
    base: dict[str, Json] = {"narrative": narrative.document(), "brief": Brief(length_seconds=30).document()}
    return base if task == "treatment" else {**base, "variant": variant}


def before_the_field(said: str) -> str:
    return re.sub(r"[0-9a-f]{16}", "·", said.partition("\n<material-")[0])


def test_there_are_two_hundred_and_no_two_alike() -> None:
    assert len(set(NARRATIVES)) == 200


@pytest.mark.parametrize("task", ["treatment", "beats"])
def test_what_is_asked_is_the_same_whatever_the_story_says(task: str) -> None:
    plain = asking.words(task, payload("A girl lights a lamp.", task))
    for story in NARRATIVES:
        asked = asking.words(task, payload(story, task))
        assert before_the_field(asked.prompt) == before_the_field(plain.prompt)
        assert before_the_field(asked.system) == before_the_field(plain.system)
        assert asked.schema == plain.schema


@pytest.mark.parametrize("task", ["treatment", "beats"])
def test_no_story_ends_its_own_field(task: str) -> None:
    for story in NARRATIVES:
        asked = asking.words(task, payload(story, task))
        found = _FIELD.search(asked.prompt)
        assert found is not None
        assert asked.prompt.endswith(found[0])
        shown = json.loads(found[2])
        assert "".join("".join(piece["text"].split()) for piece in shown["passages"]) == "".join(story.split())
        assert asked.prompt.count(found[1]) == 2


def counted(registry: Registry) -> Mapping[str, str]:
    """Every row of what decides about money and work, as text."""
    rows = "SELECT coalesce(jsonb_agg(t ORDER BY t::text), '[]') FROM aiuteur.{} t"
    with registry.transaction() as session:
        return {name: str(session.execute(text(rows.format(name))).scalar()) for name in _TABLES}


def test_two_hundred_hostile_stories_change_no_command_budget_or_address(
    registry: Registry, tmp_path: Path, serve: Services,
) -> None:
    shop = Shop.opened(registry, tmp_path, serve)
    crew = shop.crew(shop.maker("google/gemini-3.8-flash", Role.WRITER), role=Role.WRITER)
    stood = counted(registry)

    async def one(number: int, story: str) -> object:
        given = payload(story)
        asked = asking.words("treatment", given)
        request = Request("treatment", given, asked.prompt, asked.system, asked.schema)
        return (await crew.ask(Role.WRITER, request, Key("treatment", str(number)), {})).content

    async def every() -> list[object]:
        return await asyncio.gather(*(one(number, story) for number, story in enumerate(NARRATIVES)))

    answers = asyncio.run(every())
    assert len(answers) == 200
    assert counted(registry) == stood
    assert {(one["method"], one["path"]) for one in serve.log()} == {("POST", "/v1/models/gemini-3.8-flash:generateContent")}
    assert len(serve.posts()) == 200
    assert KEY not in json.dumps(answers)
    assert all("You have no tools" not in json.dumps(answer) for answer in answers)
