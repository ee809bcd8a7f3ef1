"""Downloads: bytes that a provider made, fetched from where it says they are, and from nowhere else.

Belongs here: which addresses may be asked, redirects, resuming, lengths and digests. Does not belong here: what the bytes are
(`aiuteur.media.probe`), or any provider's own protocol.

An address comes out of an answer, so it is not believed: only `https` at hosts of the provider, or the host that the operator
set (`base_url`, which may be plain and private, since the operator chose it). Every redirect is looked at again, and a name that
leads to a private address is refused. A download that breaks off goes on where it stopped, or begins anew, a few times.
"""

import asyncio
import hashlib
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from aiuteur.errors import Corrupt, NotFound, Refused, Unavailable
from aiuteur.models.calling import MAX_BYTES, client, cut, told

if TYPE_CHECKING:
    import httpx2

_TRIES: Final = 4
_REDIRECTS: Final = 5
_PARTIAL, _GONE, _BEYOND = 206, (404, 410), 416


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes are, who says so, and what they were promised to be.

    `hosts` are the provider's, a leading dot standing for all below; `base_url` is the operator's own address for it. `headers`
    (a key) go to these hosts alone. `size` and `sha256` are checked where the provider told them.
    """

    url: str
    who: str
    hosts: Sequence[str]
    base_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    size: int | None = None
    sha256: str | None = None
    max_bytes: int = MAX_BYTES


async def fetch(source: Source, seconds: float) -> bytes:
    """All bytes of a source.

    Raises `Refused` (an address not to be asked), `NotFound`, `Corrupt` (not what was promised), `Unavailable`.
    """
    kept, last = bytearray(), Unavailable(f"{source.who} does not send what it made: ask again.")
    for _ in range(_TRIES):
        try:
            if await _more(source, seconds, kept):
                return _checked(source, bytes(kept))
        except _Broken as broken:
            last = broken.error
    raise last


class _Broken(Exception):
    """The line broke: what there is can be gone on from."""

    def __init__(self, error: Unavailable) -> None:
        super().__init__(str(error))
        self.error = error


async def _more(source: Source, seconds: float, kept: bytearray) -> bool:
    """Fetch what is missing; True when all of it is there."""
    import httpx2

    url = source.url
    headers = {**source.headers, **({"Range": f"bytes={len(kept)}-"} if kept else {})}
    try:
        async with client(seconds) as http:
            for _ in range(_REDIRECTS):
                parts = await _allowed(source, url)
                own = headers if _ours(source, parts) else {name: headers[name] for name in headers if name == "Range"}
                async with http.stream("GET", url, headers=own) as answer:
                    if answer.has_redirect_location:
                        url = urljoin(url, answer.headers["location"])
                        continue
                    return await _taken(source, answer, kept)
    except httpx2.HTTPError as error:
        failed = cut(error, source.who, paid=False)
        raise _Broken(failed if isinstance(failed, Unavailable) else Unavailable(str(failed))) from None
    message = f"{source.who} sends from one address to another without end: the clip is not fetched."
    raise Refused(message)


async def _taken(source: Source, answer: "httpx2.Response", kept: bytearray) -> bool:
    """Take one answer's bytes as they come, never more than the cap."""
    if answer.status_code in _GONE:
        message = f"{source.who} no longer has what it made (it answered {answer.status_code})."
        raise NotFound(message)
    if answer.status_code == _BEYOND:
        kept.clear()
        return False
    if not answer.is_success:
        failed = told(answer.status_code, "", source.who, paid=False)
        if isinstance(failed, Unavailable):
            raise _Broken(failed)
        raise failed
    if answer.status_code != _PARTIAL:
        kept.clear()  # it does not resume, and begins anew
    async for piece in answer.aiter_bytes():
        kept += piece
        if len(kept) > source.max_bytes:
            message = f"{source.who} sends more than {source.max_bytes >> 20} MiB: no more is taken."
            raise Corrupt(message)
    return True


async def _allowed(source: Source, url: str) -> SplitResult:
    """The parts of an address that may be asked; raises `Refused`."""
    parts = urlsplit(url)
    if _at(parts) == _at(urlsplit(source.base_url or "")) and parts.hostname:
        return parts
    host = (parts.hostname or "").lower()
    named = any(host == known or (known.startswith(".") and host.endswith(known)) for known in source.hosts)
    if parts.scheme != "https" or not named or parts.port not in {None, 443} or parts.username is not None:
        message = f"{source.who} names an address that is not its own ({parts.scheme}://{host}): nothing is fetched from there."
        raise Refused(message)
    await _public(source, host)
    return parts


async def _public(source: Source, host: str) -> None:
    """Raise `Refused` for a name that leads into a private network."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _Broken(Unavailable(f"{source.who}: {host} is not known ({error.strerror}): check the network.")) from None
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            message = f"{source.who} names {host}, which leads into a private network: nothing is fetched from there."
            raise Refused(message)


def _ours(source: Source, parts: SplitResult) -> bool:
    """Whether a key may be shown there: at the host that was first asked, and no other."""
    return _at(parts) == _at(urlsplit(source.url))


def _at(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, (parts.hostname or "").lower(), parts.port


def _checked(source: Source, data: bytes) -> bytes:
    if source.size is not None and len(data) != source.size:
        message = f"{source.who} promised {source.size} bytes and sent {len(data)}."
        raise Corrupt(message)
    if source.sha256 is not None and hashlib.sha256(data).hexdigest() != source.sha256.lower():
        message = f"{source.who} sent other bytes than it promised: their digest differs."
        raise Corrupt(message)
    return data
