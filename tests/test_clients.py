"""Which releases of the official clients are tried: the lowest bounds and the newest, as pyproject.toml says."""

from benchmarks.clients import CLIENTS, releases


def test_the_oldest_and_the_newest_that_are_allowed_are_tried() -> None:
    found = releases()
    assert [wanted.partition("==")[0] for wanted in found["oldest"]] == list(CLIENTS)
    assert all("==" in wanted and "<" not in wanted for wanted in found["oldest"])
    assert all(">=" in wanted and "<" in wanted for wanted in found["newest"])
