"""A guest on the registry's server gets a schema of its own."""

import psycopg
import pytest

from aiuteur.errors import Unavailable
from aiuteur.registry.addresses import conninfo
from aiuteur.registry.guests import make_room


def test_room_is_made_once_and_found_again(database_url: str) -> None:
    server = make_room(database_url, "dag-ster")
    assert make_room(database_url, "dag-ster") == server
    with psycopg.connect(conninfo(server)) as connection:
        found = connection.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'dag-ster'").fetchone()
    assert found == (1,)


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1/films cannot be reached"):
        make_room("postgresql://ann:hunter2@127.0.0.1:1/films", "dagster")
