"""What a person reads of a quote: each reason by itself, what it comes to, and what helps where it may not go on."""

import pytest

from aiuteur.digest import Json
from aiuteur_dagster.terminal.quotes import draw_quote

FREE = {"low": 0.0, "expected": 0.0, "high": 0.0}


def planned(stage: str, item: str, why: str, expected: float = 0.0) -> dict[str, Json]:
    return {
        "stage": stage, "item": item, "why": why, "upstream": False, "model": "acme/lens" if expected else None,
        "calls": {"low": 1.0, "expected": 1.5, "high": 4.0} if expected else FREE, "seconds": 2.0 if expected else 0.0,
        "price": {"low": expected / 2, "expected": expected, "high": expected * 2},
    }


def told(capsys: pytest.CaptureFixture[str], *items: dict[str, Json], closed: bool = False, short: bool = False) -> list[str]:
    gate: dict[str, Json] = {"closed": closed, "short": short, "sentence": "So it is."}
    draw_quote({
        "lane": "lamp@main", "items": list(items), "foreseen": [], "held": [], "price": FREE, "unpriced": [], "gate": gate,
    }, full=False)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiuteur_dagster.terminal.screen.out.width", 200)


def test_each_reason_of_a_stage_has_its_line_with_calls_seconds_and_price(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(
        capsys, planned("clips", "clips/1A", "there was none", 1.0), planned("clips", "clips/1B", "remake asked for", 0.04),
        planned("clips", "clips/1C", "there was none", 1.0),
    )
    assert lines[1:3] == [
        "clips clips/1A, clips/1C there was none acme/lens 3 (2 to 8) 4.0 2.00 (1.00 to 4.00)",
        "clips clips/1B remake asked for acme/lens 1.5 (1 to 4) 2.0 0.04 (0.02 to 0.08)",
    ]


def test_many_reasons_of_one_item_each_share_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    alone = [planned("clips", f"clips/{at}A", f"stale: frame {at}A start: picture") for at in range(6)]
    lines = told(capsys, *alone, *(planned("clips", f"clips/{end}", "there was none") for end in ("9A", "9B")))
    assert lines[1] == "clips clips/9A, clips/9B there was none 0 0"
    assert lines[2].startswith("clips clips/0A, clips/1A, clips/2A, clips/3A and 2 more stale: frame 0A start: picture, and 5")


@pytest.mark.parametrize(("short", "said"), [
    (False, "`aiuteur allow lamp@main` lets it go on."),
    (True, "`aiuteur budget lamp@main --cap USD` raises it, `aiuteur allow lamp@main` goes on as far as what is left reaches."),
])
def test_a_closed_gate_says_what_opens_it(capsys: pytest.CaptureFixture[str], *, short: bool, said: str) -> None:
    assert told(capsys, planned("clips", "clips/1A", "there was none", 1.0), closed=True, short=short)[-2:] == ["So it is.", said]
