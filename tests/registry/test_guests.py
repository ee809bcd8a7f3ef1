"""A guest on the registry's server gets a schema of its own, furnished or not at all."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from aiuteur.errors import Unavailable
from aiuteur.registry.addresses import conninfo, parse
from aiuteur.registry.guests import make_room

ROOM = "dag-ster"


class Furniture:
    """Two tables, one after the other, and how often they were brought; `dies` between them as often."""

    def __init__(self, dies: int = 0) -> None:
        self.brought = 0
        self.dies = dies

    def __call__(self, address: str) -> None:
        self.brought += 1
        with psycopg.connect(conninfo(parse(address)), autocommit=True) as connection:
            connection.execute("CREATE TABLE runs ()")
            time.sleep(0.05)
            if self.brought <= self.dies:
                raise InterruptedError
            connection.execute("CREATE TABLE tags ()")


def tables(address: str) -> list[tuple[str, str]]:
    with psycopg.connect(conninfo(parse(address))) as connection:
        return connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname LIKE 'dag-ster%' ORDER BY tablename",
        ).fetchall()


def test_room_is_furnished_once_however_many_ask_at_the_same_time(database_url: str) -> None:
    furniture = Furniture()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(make_room, database_url, ROOM, furniture) for _ in range(4)]
        (room,) = {one.result() for one in asked}
    assert furniture.brought == 1
    assert tables(room) == [(ROOM, "runs"), (ROOM, "tags")]


def test_room_that_was_left_half_furnished_is_begun_anew(database_url: str) -> None:
    furniture = Furniture(dies=1)
    with pytest.raises(InterruptedError):
        make_room(database_url, ROOM, furniture)
    assert {schema for schema, _ in tables(database_url)} == {f"{ROOM}_unfinished"}
    assert tables(make_room(database_url, ROOM, furniture)) == [(ROOM, "runs"), (ROOM, "tags")]


def test_room_that_an_earlier_start_left_empty_is_furnished(database_url: str) -> None:
    with psycopg.connect(conninfo(parse(database_url))) as connection:
        connection.execute('CREATE SCHEMA "dag-ster"')
    assert len(tables(make_room(database_url, ROOM, Furniture()))) == 2


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1/films cannot be reached"):
        make_room("postgresql://ann:hunter2@127.0.0.1:1/films", "dagster", Furniture())
