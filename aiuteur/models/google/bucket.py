"""The bucket that enterprise videos are written to: one folder for each call, so that a lost answer can be found again.

Belongs here: listing a folder and reading an object, by the JSON API. Does not belong here: who writes there.
"""

import asyncio
import json
import os
from typing import Any, Final, cast
from urllib.parse import quote

from aiuteur.errors import Refused
from aiuteur.models.calling import client, cut, told
from aiuteur.models.downloads import Source, fetch

_API: Final = "https://storage.googleapis.com"
_HOSTS: Final = ("storage.googleapis.com",)
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
    """The bytes of one object; raises `Refused` for what is no address of a bucket, and what `downloads.fetch` raises."""
    bucket, _, name = address.removeprefix("gs://").partition("/")
    if not address.startswith("gs://") or not bucket or not name:
        message = f"{address!r} is no object of a bucket: the clip is not fetched from anywhere else."
        raise Refused(message)
    base, headers = await _line()
    url = f"{base}/storage/v1/b/{quote(bucket, safe='')}/o/{quote(name, safe='')}?alt=media"
    return await fetch(Source(url, _WHO, _HOSTS, base if base != _API else None, headers), seconds)


async def _get(path: str, query: dict[str, str], seconds: float) -> bytes:
    """A small answer of the API."""
    import httpx2

    base, headers = await _line()
    try:
        async with client(seconds, headers) as http:
            answer = await http.get(base + path, params=query)
    except httpx2.HTTPError as error:
        raise cut(error, _WHO, paid=False) from None
    if not answer.is_success:
        raise told(answer.status_code, "", _WHO, paid=False)
    return answer.content


async def _line() -> tuple[str, dict[str, str]]:
    """The API's address and what it wants to be shown; an emulator wants nothing."""
    base = (os.environ.get("STORAGE_EMULATOR_HOST") or _API).rstrip("/")
    return base, {} if base != _API else {"Authorization": f"Bearer {await asyncio.to_thread(_token)}"}


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
