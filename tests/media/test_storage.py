"""Storage against a real folder and a real (moto) S3 server on 127.0.0.1."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from obstore.exceptions import BaseError

from aiuteur.digest import digest_bytes
from aiuteur.errors import Corrupt, InvalidInput, NotFound, Unavailable
from aiuteur.media.storage import Storage

DATA = b"a take " * 5000
SHA = digest_bytes(DATA)


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    import boto3
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys).create_bucket(Bucket="films")
    yield {"endpoint": endpoint, "access_key_id": "test", "secret_access_key": "test"}
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Storage.open(str(tmp_path / "media"))
    options: dict[str, str] = request.getfixturevalue("bucket")
    return Storage.open(f"s3://films/{tmp_path.name}", options)


def test_what_was_put_comes_back_by_its_digest(storage: Storage) -> None:
    assert not storage.has(SHA)
    assert storage.put(DATA, "video/mp4") == SHA
    assert storage.has(SHA)
    assert storage.get(SHA) == DATA


def test_an_empty_object_can_be_stored(storage: Storage) -> None:
    assert storage.get(storage.put(b"", "text/plain")) == b""


def test_async_twins_do_the_same(storage: Storage) -> None:
    async def both() -> tuple[str, bytes]:
        sha = await storage.aput(DATA, "video/mp4")
        assert await storage.ahas(sha)
        return sha, await storage.aget(sha)

    assert asyncio.run(both()) == (SHA, DATA)


def test_a_missing_object_is_not_found_and_named(storage: Storage) -> None:
    with pytest.raises(NotFound, match=SHA[2:]):
        storage.get(SHA)
    assert storage.local_path(SHA) is None


def test_a_second_put_writes_nothing(tmp_path: Path) -> None:
    storage = Storage.open(tmp_path.as_uri())
    storage.put(DATA, "video/mp4")
    path = tmp_path / SHA[:2] / SHA[2:]
    before = path.stat()
    storage.put(DATA, "video/mp4")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]
    assert storage.local_path(SHA) == path


def test_a_flipped_byte_is_corrupt_and_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    storage = Storage.open(str(tmp_path))
    storage.put(DATA, "video/mp4")
    path = tmp_path / SHA[:2] / SHA[2:]
    path.write_bytes(b"b" + DATA[1:])
    with pytest.raises(Corrupt, match=f"{SHA[2:]}.*delete it and run again"):
        storage.get(SHA)


def test_a_torn_write_is_corrupt_when_read_and_mended_by_the_next_put(tmp_path: Path) -> None:
    storage = Storage.open(str(tmp_path))
    storage.put(DATA, "video/mp4")
    path = tmp_path / SHA[:2] / SHA[2:]
    path.write_bytes(DATA[:1000])
    with pytest.raises(Corrupt):
        storage.get(SHA)
    storage.put(DATA, "video/mp4")
    assert storage.get(SHA) == DATA


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be made"):
        Storage.open(str(tmp_path / "media"))


def test_a_file_system_that_takes_no_files_is_a_sentence() -> None:
    storage = Storage.open("/proc/self/task")
    with pytest.raises(Unavailable, match=r"Could not write|Not allowed to write"):
        storage.put(DATA, "video/mp4")


@pytest.mark.parametrize(("sign", "sentence"), [("os error 28", "disk is full"), ("os error 30", "read-only")])
def test_a_full_or_read_only_disk_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: str, sentence: str,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = f"Generic LocalFileSystem error: Unable to copy data to file ({sign})"
        raise BaseError(message)

    storage = Storage.open(str(tmp_path))
    monkeypatch.setattr("obstore.put", refuse)
    with pytest.raises(Unavailable, match=sentence):
        storage.put(DATA, "video/mp4")


def test_a_server_that_is_not_there_is_unavailable() -> None:
    storage = Storage.open("s3://films/x", {"endpoint": "http://127.0.0.1:9", "access_key_id": "a", "secret_access_key": "b"})
    with pytest.raises(Unavailable, match="check that it is running"):
        storage.put(DATA, "video/mp4")


@pytest.mark.parametrize("url", ["ftp://host/x", "gopher://host"])
def test_other_kinds_of_url_are_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="s3://bucket/prefix"):
        Storage.open(url)


@pytest.mark.parametrize("sha", ["", "abc", "../" + "a" * 61, "G" * 64])
def test_only_a_digest_names_an_object(tmp_path: Path, sha: str) -> None:
    with pytest.raises(InvalidInput, match="SHA-256"):
        Storage.open(str(tmp_path)).get(sha)


def test_keys_and_endpoint_come_from_the_environment(bucket: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", bucket["endpoint"])
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    storage = Storage.open("s3://films/from-environment")
    assert storage.get(storage.put(DATA, "video/mp4")) == DATA
