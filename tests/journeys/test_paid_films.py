"""Whole films by the models of providers, through the real command line and the official clients; the services keep the bill."""

from collections.abc import Generator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.journeys.terminal import STORY, Terminal
from tests.wire.serving import Services, serving

KEY = "sk-canary-77d0c1f24be94a0b8e52"
LENGTH = "8"
MICRO = Decimal("0.000001")
"""The ledger keeps millionths of a dollar; what costs nobody knows how much is booked at what was allowed for it."""


@dataclass(frozen=True, slots=True)
class Wired(Terminal):
    """A terminal whose providers are all on the loopback."""

    services: Services

    def environment(self) -> dict[str, str]:
        return Terminal.environment(self) | self.services.environment(KEY)


@pytest.fixture(scope="module")
def drawing() -> Generator[Services]:
    with serving(plain=False) as running:
        yield running


@pytest.fixture
def terminal(drawing: Services, tmp_path: Path) -> Generator[Wired]:
    drawing.reset()
    (tmp_path / "lamp.txt").write_text(STORY)
    opened = Wired(tmp_path, drawing)
    yield opened
    opened.run("down")


def make(terminal: Wired, models: str, *more: str) -> dict[str, object]:
    return terminal.json("make", "lamp.txt", "--length", LENGTH, "--models", models, "--budget", "40", "--unknown", "0.05", *more)


def asked(services: Services, task: str) -> set[str]:
    """Who was charged for a task."""
    return {line["model"] for line in services.bill().lines if line["task"] == task}


@pytest.mark.slow
@pytest.mark.parametrize(("models", "illustrator", "camera"), [
    ("google", "gemini-nano-banana-2.1", {"gemini-omni-1.2-flash"}), ("openai", "gpt-image-2.5-flare", set[str]()),
])
def test_a_film_is_made_by_one_provider_and_paid_for_once(
    models: str, illustrator: str, camera: set[str], terminal: Wired,
) -> None:
    made = make(terminal, models)
    bill = terminal.services.bill()
    assert made["length_seconds"] == pytest.approx(int(LENGTH), rel=0.15)
    assert (asked(terminal.services, "picture"), asked(terminal.services, "clip")) == ({illustrator}, camera)
    charged = [Decimal(line["usd"] or "0.05").quantize(MICRO, ROUND_HALF_UP) for line in bill.lines]
    booked = terminal.json("costs", "lamp")["total"]["cost_usd"]
    assert Decimal(str(booked)).quantize(MICRO) == sum(charged)
    again = make(terminal, models)
    assert (again["calls_made"], len(terminal.services.bill().lines)) == (0, len(bill.lines))


@pytest.mark.slow
def test_a_mixed_film_falls_back_where_somebody_refuses(terminal: Wired) -> None:
    terminal.services.fault("refusal", route="generateContent", model="nano-banana", times=-1)
    make(terminal, "writer=google,illustrator=google+openai,cinematographer=animatic,judge=animatic,voice=animatic")
    assert "gpt-image-2.5-flare" in asked(terminal.services, "picture")
    assert asked(terminal.services, "script") == {"gemini-3.8-flash"}
    assert asked(terminal.services, "clip") == set()
    shown = terminal.rows("show", "lamp", "frames")
    assert shown


@pytest.mark.slow
def test_a_key_that_is_refused_is_in_no_file_of_the_studio(terminal: Wired) -> None:
    terminal.services.fault("refused_key", times=-1)
    said = terminal.run("make", "lamp.txt", "--length", LENGTH, "--models", "google", "--budget", "40", code=5)
    assert "Check the key" in said
    assert KEY not in said
    terminal.run("down")
    found = [path for path in terminal.folder.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert found == []


def test_models_that_cannot_be_had_are_refused_before_anything_is_made(terminal: Wired) -> None:
    assert "shut down on 2026-09-24" in terminal.run("make", "lamp.txt", "--models", "cinematographer=openai/sora-2", code=5)
    assert "no model openai/gpt-9" in terminal.run("make", "lamp.txt", "--models", "writer=openai/gpt-9", code=3)
    said = terminal.run("make", "lamp.txt", "--length", LENGTH, "--models", "google", code=6)
    assert "--budget" in said
    assert terminal.services.posts() == []
