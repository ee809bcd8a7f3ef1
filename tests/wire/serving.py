"""The services on the loopback, as tests and benchmarks use them: a process of its own that keeps the bill.

    with serving(plain=True, pace={"clip": 0.2}, limit=5) as services:
        settings = services.settings(home=tmp_path)        # keys and addresses of every provider, all of them here
        services.fault("500_after", route="images", times=2)
        …
        assert services.bill().total == known
        assert len(services.posts("generateContent")) == 1

`plain` media are shaded planes, made once for each size: for thousands of calls. Without it pictures are drawn and clips filmed
by the animatic studio. `pace` is the seconds a kind of work takes (clip), `limit` the POSTs that are answered in any one second.

Faults (`base.BEFORE`, `AFTER`, `IN_ANSWER`), each on the next `times` calls whose "METHOD /path" matches `route` and whose body
or path names `model`, or on a `share` of them (`times=-1` for ever):

    429 (with `retry_after` or without), 500_before, 503, drop_before, html, refused_key: nothing was taken, nothing charged
    500_after, drop_after, timeout (`seconds`, then success), late (found after pace["late"] seconds): charged, the answer lost
    refusal, malformed, wrong_schema, cut_off (words), truncated, wrong_media, endless (bytes)
    never_ends, lost, failed, garbled (operations), garbled_nan, _endless, _negative, _absurd (the length a gateway tells)

The fixture `serve` (tests/conftest.py) gives the services plain to one test module; whoever wants others calls `serving`.
"""

import json
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

from aiuteur.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[2]
KEY: Final = "loopback-key-of-no-worth"


@dataclass(frozen=True, slots=True)
class Bill:
    """What the services charged: the sum of what is priced, and every line."""

    total: Decimal
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Services:
    """The running services."""

    port: int

    @property
    def address(self) -> str:
        """Where they are."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, key: str = KEY) -> dict[str, str]:
        """The settings as environment variables, for a program of its own."""
        return {
            "AIUTEUR_GOOGLE_API_KEY": key, "AIUTEUR_GOOGLE_BASE_URL": self.address, "AIUTEUR_OPENAI_API_KEY": key,
            "AIUTEUR_OPENAI_BASE_URL": f"{self.address}/v1", "AIUTEUR_COMPATIBLE_BASE_URL": f"{self.address}/v1",
            "AIUTEUR_COMPATIBLE_API_KEY": key, "AIUTEUR_COMFYUI_URL": self.address,
        }

    def settings(self, key: str = KEY, **given: object) -> Settings:
        """Settings whose every provider is here."""
        found = {name.removeprefix("AIUTEUR_").lower(): value for name, value in self.environment(key).items()}
        return Settings.model_validate({**found, **given})

    def fault(self, name: str, **rule: object) -> None:
        """Ask for a fault on calls to come."""
        self._ask("/_rules", {"fault": name, **rule})

    def bill(self) -> Bill:
        """What was charged until now."""
        found = self._ask("/_bill")
        return Bill(Decimal(found["total"]), found["lines"])

    def log(self) -> list[dict[str, Any]]:
        """Every request in order: method, path, fault, time, size, names of headers."""
        return list(self._ask("/_log"))

    def posts(self, route: str = "") -> list[dict[str, Any]]:
        """The POSTs whose path holds a word."""
        return [one for one in self.log() if one["method"] == "POST" and route in one["path"]]

    def reset(self) -> None:
        """Forget faults, bill and log."""
        self._ask("/_reset", {})

    def _ask(self, path: str, content: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - whatever they answer
        data = json.dumps(content).encode() if content is not None else None
        with urlopen(Request(self.address + path, data=data), timeout=30) as answer:  # noqa: S310 - an address of our own
            return json.load(answer)


@contextmanager
def serving(
    *, plain: bool = True, pace: Mapping[str, float] | None = None, limit: float | None = None, seed: int = 0,
) -> Generator[Services]:
    """The services in a process of their own, which ends with the block; raises `RuntimeError` where they do not start."""
    options = ["--plain"] if plain else []
    options += [part for kind, seconds in (pace or {}).items() for part in ("--pace", f"{kind}={seconds}")]
    options += ["--limit", str(limit)] if limit is not None else []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.wire", *options, "--seed", str(seed)], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line:
            message = "The services did not start."
            raise RuntimeError(message)
        yield Services(int(line))
    finally:
        process.stdin.close()
        process.stdout.close()
        _ended(process)


def _ended(process: "subprocess.Popen[str]") -> None:
    """Wait for the process to end by itself, and end it where it does not."""
    until = time.monotonic() + 5
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    process.kill()
    process.wait()
