"""What a purchase goes through, with makers that cost and makers that do not, on the real ledger."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import event, select

from aiuteur.craft.world import Key
from aiuteur.errors import Ambiguous, Refused, Unavailable
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.policy import Policy
from aiuteur.models.protocols import Made, Reference, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry import projects
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Generation
from tests.fakes import Scripted, picturing

LANE = Lane("ledger")
KEY = Key("frames", "x/start")
PAID = ModelCard("painter", "test", "oil-1")
FREE = ModelCard("painter", "test", "chalk-1", replayable=True)
REQUEST = Request("frame", {"picture": "a harbour"})
HASTY = Policy(first_wait=0.01, keep_for=0.05, look_every=0.05)


class FullDisk(Storage):
    """A store that takes nothing."""

    def put(self, data: bytes, mime: str) -> str:
        message = "The disk is full."
        raise Unavailable(message)


@pytest.fixture
def lane(registry: Registry) -> Lane:
    with registry.transaction() as session:
        narrative = Narrative(title="L", text="He lit it.", format=SourceFormat.PROSE)
        projects.create_project(session, LANE, narrative, Brief(length_seconds=30))
    return LANE


def crew(registry: Registry, storage: Storage, maker: Scripted) -> Crew:
    return Crew(registry, storage, Cast.of({Role.ILLUSTRATOR: maker}), LANE, worker="test", policy=HASTY)


def ask(of: Crew) -> object:
    return asyncio.run(of.ask(Role.ILLUSTRATOR, REQUEST, KEY, {}))


def booked(registry: Registry) -> list[tuple[str, float | None]]:
    with registry.transaction() as session:
        rows = session.execute(select(Generation.state, Generation.cost_usd).order_by(Generation.created_at))
        return [(str(state), float(cost) if cost is not None else None) for state, cost in rows]


def costing(request: Request) -> Reply:
    return Reply(media=(Made("picture", b"oil", "image/png"),), cost_usd=1.0)


def test_what_was_paid_for_is_booked_before_anything_is_made_of_it(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    maker = Scripted(costing, PAID)
    ask(crew(registry, Storage.open(str(tmp_path)), maker))
    assert booked(registry) == [("COMPLETED", 1.0)]
    ask(crew(registry, Storage.open(str(tmp_path)), maker))
    assert len(maker.asked) == 1


def test_a_paid_answer_that_cannot_be_kept_is_never_bought_again(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    maker = Scripted(costing, PAID)
    with pytest.raises(Unavailable, match="full"):
        ask(crew(registry, FullDisk.open(str(tmp_path)), maker))
    with pytest.raises(Ambiguous):
        ask(crew(registry, Storage.open(str(tmp_path)), maker))
    assert len(maker.asked) == 1
    assert booked(registry) == [("AMBIGUOUS", 1.0)]


def test_a_free_answer_that_cannot_be_kept_is_asked_for_again(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    maker = Scripted(picturing(), FREE)
    with pytest.raises(Unavailable, match="full"):
        ask(crew(registry, FullDisk.open(str(tmp_path)), maker))
    ask(crew(registry, Storage.open(str(tmp_path)), maker))
    assert len(maker.asked) == 2


def test_a_refusal_is_booked_as_one(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    def refuse(request: Request) -> Reply:
        message = "Not this."
        raise Refused(message)

    with pytest.raises(Refused):
        ask(crew(registry, Storage.open(str(tmp_path)), Scripted(refuse, PAID)))
    assert booked(registry) == [("REFUSED", 0.0)]


def test_an_answer_nothing_could_be_made_of_is_booked_and_not_asked_for_again(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    maker, storage = Scripted(picturing(), FREE), Storage.open(str(tmp_path))
    first = crew(registry, storage, maker)

    async def asked_in_vain() -> None:
        await first.ask(Role.ILLUSTRATOR, REQUEST, KEY, {})
        await first.settle_left(KEY)

    asyncio.run(asked_in_vain())
    ask(crew(registry, storage, maker))
    assert (len(maker.asked), booked(registry)) == (1, [("COMPLETED", 0.0)])


def test_lost_bytes_of_a_free_purchase_are_made_again_under_the_same_digest(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    maker, storage = Scripted(picturing(b"chalk"), FREE), Storage.open(str(tmp_path))
    one = crew(registry, storage, maker)

    async def bought() -> str:
        asked = await one.settle(await one.ask(Role.ILLUSTRATOR, REQUEST, KEY, {}))
        return asked.first("picture").sha256

    sha = asyncio.run(bought())
    path = storage.local_path(sha)
    assert path is not None
    path.unlink()
    assert storage.lost([sha]) == [sha]
    ask(crew(registry, storage, maker))
    assert storage.get(sha) == b"chalk"


def test_a_flipped_bit_is_mended_by_the_next_put(tmp_path: Path) -> None:
    storage = Storage.open(str(tmp_path))
    path = storage.local_path(sha := storage.put(b"chalk", "image/png"))
    assert path is not None
    path.write_bytes(b"chalX")
    assert storage.put(b"chalk", "image/png") == sha
    assert storage.get(sha) == b"chalk"


def test_a_layer_at_another_depth_is_another_request() -> None:
    layers = [Reference("layer", "0" * 64, "image/png", b"", depth=depth) for depth in (0.7, 0.2)]
    near, far = (Request("clip", {}, references=(layer,)) for layer in layers)
    assert near.key(FREE, 1) != far.key(FREE, 1)
    assert near.key(FREE, 1) == near.key(FREE, 1) != near.key(FREE, 2)


def test_many_requests_for_an_item_are_looked_up_together_and_only_what_is_new_is_made(
    registry: Registry, lane: Lane, tmp_path: Path
) -> None:
    maker = Scripted(lambda request: picturing(str(request.payload["picture"]).encode())(request), FREE)
    storage = Storage.open(str(tmp_path))
    harbours = [Request("frame", {"picture": f"harbour {n}"}) for n in range(12)]
    asyncio.run(crew(registry, storage, maker).ask_each(Role.ILLUSTRATOR, harbours[:11], KEY, {}))
    queries: list[str] = []
    event.listen(registry.engine, "before_cursor_execute", lambda *seen: queries.append(seen[2]))
    again = crew(registry, storage, maker)

    asked = asyncio.run(again.ask_each(Role.ILLUSTRATOR, harbours, KEY, {}))

    assert [storage.get(one.first("picture").sha256) for one in asked] == [f"harbour {n}".encode() for n in range(12)]
    assert [request.payload["picture"] for request in maker.asked[11:]] == ["harbour 11"]
    assert (again.tally.reused, again.tally.made) == (11, 1)
    assert sum(query.startswith("SELECT aiuteur.generations") for query in queries) == 1
    assert [state for state, _ in booked(registry)] == ["COMPLETED"] * 12


def test_of_many_known_answers_those_whose_bytes_are_lost_are_made_again(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    maker, storage = Scripted(picturing(b"chalk"), FREE), Storage.open(str(tmp_path))
    (first,) = asyncio.run(crew(registry, storage, maker).ask_each(Role.ILLUSTRATOR, [REQUEST], KEY, {}))
    storage.remove(first.first("picture").sha256)

    (again,) = asyncio.run(crew(registry, storage, maker).ask_each(Role.ILLUSTRATOR, [REQUEST], KEY, {}))

    assert again.reused
    assert storage.get(again.first("picture").sha256) == b"chalk"


def test_of_no_requests_nothing_is_asked(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    maker = Scripted(picturing(), FREE)
    assert asyncio.run(crew(registry, Storage.open(str(tmp_path)), maker).ask_each(Role.ILLUSTRATOR, [], KEY, {})) == []
