"""Where bytes live: content-addressed objects in a folder or in an S3-compatible bucket, through obstore.

Belongs here: putting, getting and checking bytes by their SHA-256. Does not belong here: what the bytes mean
(`aiuteur.media.probe`), or which of them are still wanted (`aiuteur.registry`).
"""

import asyncio
import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotSupportedError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import LocalStore, ObjectStore, S3Store

from aiuteur.digest import digest_bytes
from aiuteur.errors import AiuteurError, Corrupt, InvalidInput, NotFound, Unavailable

if TYPE_CHECKING:
    from obstore import ObjectMeta

_HEX: Final = frozenset("0123456789abcdef")
_MULTIPART: Final = 64 << 20
"""Bytes from which an upload goes in parts; below it one request is atomic and can be put-if-absent."""
_FRESH: Final = timedelta(days=1)
"""How old an object may be that is put again: an older one is made young, so that no sweep takes it before its row is there."""


class Storage:
    """A place for immutable bytes: an object is named by its SHA-256, so a put is idempotent and a get can be checked."""

    def __init__(self, store: ObjectStore, url: str, root: Path | None = None) -> None:
        self._store = store
        self.url = url
        self._root = root

    @classmethod
    def open(cls, url: str, options: Mapping[str, str] | None = None) -> Self:
        """Open a folder (a path or file://…) or a bucket (s3://bucket/prefix).

        `options` are S3 settings by obstore's names (endpoint, access_key_id, secret_access_key, region…); what they leave
        out comes from the usual AWS_* environment. Raises `InvalidInput` for another kind of URL, `Unavailable` where the
        folder cannot be made.
        """
        parts = urlsplit(url)
        if parts.scheme in {"s3", "s3a"}:
            return cls(_bucket(url, dict(options or {})), url)
        if parts.scheme == "file":
            return cls._folder(Path(unquote(parts.path)))
        if "://" in url:
            message = f"Media cannot be stored at {url!r}: give a folder, file://… or s3://bucket/prefix."
            raise InvalidInput(message)
        return cls._folder(Path(url))

    @classmethod
    def _folder(cls, path: Path) -> Self:
        root = path.expanduser().absolute()
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"The media folder {root} cannot be made ({error.strerror}): choose another, or make it writable."
            raise Unavailable(message) from error
        return cls(LocalStore(root), root.as_uri(), root)

    def put(self, data: bytes, mime: str) -> str:
        """Store bytes and return their SHA-256; bytes that are already there are not written again.

        `mime` goes with the object where the store keeps attributes. An object that is not these bytes (a torn write, a
        flipped bit) is replaced. Raises `Unavailable` where nothing can be written.
        """
        sha = digest_bytes(data)
        key = _key(sha)
        with self._told("write", key):
            found = self._head(key)
            if found is None or found["size"] != len(data) or obstore.get(self._store, key).bytes() != data:
                self._write(key, data, mime, replace=found is not None)
            elif found["last_modified"] < _now() - _FRESH:
                self._write(key, data, mime, replace=True)
        return sha

    def get(self, sha256: str) -> bytes:
        """The bytes of a digest; raises `NotFound`, `Corrupt` where they no longer match it, `Unavailable`."""
        key = _key(sha256)
        with self._told("read", key):
            data = obstore.get(self._store, key).bytes().to_bytes()
        return self._checked(sha256, data)

    def has(self, sha256: str) -> bool:
        """Whether an object of this digest is there (its bytes are not read); raises `Unavailable`."""
        key = _key(sha256)
        with self._told("look for", key):
            return self._head(key) is not None

    def local_path(self, sha256: str) -> Path | None:
        """The file that holds a digest, None in a bucket or where it is missing; unchecked, for programs that need a path."""
        if self._root is None:
            return None
        path = self._root / _key(sha256)
        return path if path.is_file() else None

    def lost(self, shas: Iterable[str]) -> list[str]:
        """Which digests have no object in a local folder; a bucket is believed, since asking it costs a request each."""
        return [] if self._root is None else [sha for sha in shas if self.local_path(sha) is None]

    def older(self, than: timedelta) -> Iterator[tuple[str, int]]:
        """The digest and size of every object last put longer ago than that; raises `Unavailable`."""
        before = _now() - than
        with self._told("list", "every object"):
            for some in obstore.list(self._store):
                for found in some:
                    sha = found["path"].replace("/", "")
                    if found["last_modified"] < before and _is_digest(sha):
                        yield sha, found["size"]

    def remove(self, sha256: str, older: timedelta | None = None) -> bool:
        """Remove the bytes of a digest, of any age or only if last put longer ago, and say whether; raises `Unavailable`."""
        key = _key(sha256)
        with self._told("remove", key), suppress(FileNotFoundError):
            if older is None or obstore.head(self._store, key)["last_modified"] < _now() - older:
                obstore.delete(self._store, key)
                return True
        return False

    async def aput(self, data: bytes, mime: str) -> str:
        """`put`, off the event loop."""
        return await asyncio.to_thread(self.put, data, mime)

    async def aget(self, sha256: str) -> bytes:
        """`get`, off the event loop."""
        return await asyncio.to_thread(self.get, sha256)

    async def ahas(self, sha256: str) -> bool:
        """`has`, off the event loop."""
        return await asyncio.to_thread(self.has, sha256)

    def _head(self, key: str) -> "ObjectMeta | None":
        try:
            return obstore.head(self._store, key)
        except FileNotFoundError:
            return None

    def _write(self, key: str, data: bytes, mime: str, *, replace: bool) -> None:
        attributes = None if self._root is not None else {"Content-Type": mime}
        multipart = len(data) > _MULTIPART and self._root is None
        mode = "overwrite" if replace or multipart else "create"
        try:
            obstore.put(self._store, key, data, attributes=attributes, mode=mode, use_multipart=multipart)
        except AlreadyExistsError:
            return  # another process was first, with the same bytes
        except NotSupportedError:
            # Some S3-compatible servers have no put-if-absent; writing the same content twice does no harm.
            obstore.put(self._store, key, data, attributes=attributes, use_multipart=multipart)

    def _checked(self, sha256: str, data: bytes) -> bytes:
        found = digest_bytes(data)
        if found != sha256:
            message = (
                f"The object {_key(sha256)} in {self.url} is damaged: its {len(data)} bytes hash to {found[:12]}…. "
                "Restore it from a backup, or delete it and run again: what the built-in studio made is then made anew."
            )
            raise Corrupt(message)
        return data

    @contextmanager
    def _told(self, doing: str, key: str) -> Generator[None]:
        """Turn what the store raises into a sentence about this object."""
        try:
            yield
        except (BaseError, OSError) as error:
            raise self._failure(doing, key, error) from error

    def _failure(self, doing: str, key: str, error: Exception) -> AiuteurError:
        if isinstance(error, FileNotFoundError):
            return NotFound(f"There is no object {key} in {self.url}: it was never stored, or has been removed.")
        if isinstance(error, PermissionDeniedError | UnauthenticatedError | PermissionError):
            return Unavailable(f"Not allowed to {doing} {key} in {self.url}: check the folder's rights or the bucket's keys.")
        return Unavailable(f"Could not {doing} {key} in {self.url}: {_reason(error)}")


def _now() -> datetime:
    return datetime.now(UTC)


def _is_digest(text: str) -> bool:
    return len(text) == 64 and _HEX.issuperset(text)  # noqa: PLR2004 - SHA-256 in hexadecimal


def _key(sha256: str) -> str:
    if not _is_digest(sha256):
        message = f"{sha256!r} is not a SHA-256 in hexadecimal."
        raise InvalidInput(message)
    return f"{sha256[:2]}/{sha256[2:]}"


def _bucket(url: str, options: dict[str, str]) -> ObjectStore:
    endpoint = options.get("endpoint") or os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT", "")
    if endpoint:
        options["endpoint"] = endpoint
    options.setdefault("region", os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1")
    return S3Store.from_url(
        url,
        config=options,  # pyright: ignore[reportArgumentType] - a TypedDict of many optional strings; ours come from settings
        client_options={"allow_http": endpoint.startswith("http://"), "connect_timeout": "5s"},
        retry_config={"max_retries": 3},
    )


def _reason(error: Exception) -> str:
    text = str(error)
    for sign, sentence in (
        ("os error 28", "the disk is full; free some space and run again."),
        ("os error 122", "the disk quota is used up; free some space and run again."),
        ("os error 30", "the file system is read-only; choose another media folder."),
        ("os error 13", "permission denied; make the media folder writable or choose another."),
        ("os error 20", "a file stands where a folder should be; choose another media folder."),
    ):
        if sign in text:
            return sentence
    return f"the store does not answer as it should ({' '.join(text.split())[:160]}); check that it is running and reachable."
