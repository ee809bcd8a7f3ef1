"""What is made again is exactly what reads something that changed, whatever is done to a lane."""

import random
from pathlib import Path

import pytest

from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from tests.oracle.filming import Studio
from tests.oracle.trial import Trial

STORY = Path(__file__).parents[1] / "fixtures" / "story.txt"


@pytest.mark.parametrize("seed", [1, 2])
def test_exactly_what_reads_a_change_is_made_again(registry: Registry, tmp_path: Path, seed: int) -> None:
    narrative = Narrative(title="The story", text=STORY.read_text(encoding="utf-8"), format=SourceFormat.PROSE)
    trial = Trial(Studio(registry, tmp_path), Lane("oracle"), random.Random(seed))  # noqa: S311 - edits to be tried again, not secrets
    assert trial.begin(narrative, Brief(length_seconds=30)) == []
    for wrong in trial.run(12):
        assert wrong == []
    assert trial.units
