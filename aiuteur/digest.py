"""Digests: one canonical form (RFC 8785 JSON) and one hash (SHA-256) for everything that is compared or addressed by content."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import rfc8785

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of a JSON value; raises `rfc8785.CanonicalizationError` for what JSON cannot say (NaN, huge ints)."""
    return rfc8785.dumps(value)  # pyright: ignore[reportArgumentType] - rfc8785 wants dict and list; ours are the read-only views of them


def canonical_list(parts: Iterable[bytes]) -> bytes:
    """The canonical form of a list, from those of its elements."""
    return b"[" + b",".join(parts) + b"]"


def canonical_object(values: Mapping[str, bytes]) -> bytes:
    """The canonical form of an object, from those of its values, by names of ASCII letters."""
    return b"{" + b",".join(b'"%s":%s' % (name.encode("ascii"), values[name]) for name in sorted(values)) + b"}"


def digest(value: Json) -> str:
    """The SHA-256 of a JSON value's canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_bytes(data: bytes) -> str:
    """The SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
