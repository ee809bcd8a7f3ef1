"""The bucket that enterprise videos are written to: one folder for each call, so that a lost answer can be found again.

Belongs here: listing a folder and reading an object, by the JSON API. Does not belong here: who writes there.
"""

import asyncio
import json
import os
from typing import Any, Final, cast
from urllib.parse import quote

from aiuteur.errors import Corrupt, Refused
from aiuteur.models.calling import MAX_BYTES, client, cut, told

_API: Final = "https://storage.googleapis.com"
_SCOPE: Final = "https://www.googleapis.com/auth/devstorage.read_only"
_WHO: Final = "The bucket"


def folder(output: str, intent: str) -> str:
    """The folder of one call: `gs://bucket/…/intents/<id>/`."""
    return f"{output.rstrip('/')}/intents/{intent}/"


async def first(prefix: str, seconds: float) -> str | None:
    """The address of the first video in a folder; None where there is none."""
    bucket, _, path = prefix.removeprefix("gs://").partition("/")
    found = await _get(f"/storage/v1/b/{quote(bucket, safe='')}/o", {"prefix": path}, seconds)
    names = [str(item["name"]) for item in cast("list[dict[str, Any]]", json.loads(found).get("items", []))]
    return next((f"gs://{bucket}/{name}" for name in sorted(names) if name.endswith(".mp4")), None)


async def read(address: str, seconds: float) -> bytes:
    """The bytes of one object; raises `Refused` for what is no address of a bucket, `Corrupt` past all bounds."""
    bucket, _, name = address.removeprefix("gs://").partition("/")
    if not address.startswith("gs://") or not bucket or not name:
        message = f"{address!r} is no object of a bucket: the clip is not fetched from anywhere else."
        raise Refused(message)
    return await _get(f"/storage/v1/b/{quote(bucket, safe='')}/o/{quote(name, safe='')}", {"alt": "media"}, seconds)


async def _get(path: str, query: dict[str, str], seconds: float) -> bytes:
    import httpx2

    base = os.environ.get("STORAGE_EMULATOR_HOST") or _API
    headers = {} if base != _API else {"Authorization": f"Bearer {await asyncio.to_thread(_token)}"}
    kept = bytearray()
    try:
        async with client(seconds, headers) as http, http.stream("GET", base.rstrip("/") + path, params=query) as answer:
            if answer.is_error:
                raise told(answer.status_code, "", _WHO, paid=False)
            async for piece in answer.aiter_bytes():
                kept += piece
                if len(kept) > MAX_BYTES:
                    message = f"A clip has more than {MAX_BYTES >> 20} MiB: it is not fetched any further."
                    raise Corrupt(message)
    except httpx2.HTTPError as error:
        raise cut(error, _WHO, paid=False) from None
    return bytes(kept)


def _token() -> str:
    """A token of the machine's own Google account; raises `Refused` where it has none."""
    import google.auth
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import Request

    try:
        credentials = cast("Any", google.auth.default(scopes=[_SCOPE])[0])
        credentials.refresh(Request())
    except GoogleAuthError as error:
        message = "The bucket needs the machine's own Google account: run `gcloud auth application-default login`."
        raise Refused(message) from error
    return str(credentials.token)
