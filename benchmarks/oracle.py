"""Staleness against an oracle: random edits on a film of sixty shots, and after each what was made against what had to be.

Belongs here: the scale. Does not belong here: the watching and the edits (`tests.oracle`), which the test runs on a small film.
"""

import random
from collections.abc import Iterator
from typing import Final

from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.registry.database import Registry, local_user, prepare
from benchmarks.film import told
from benchmarks.place import Place
from benchmarks.table import Found, group
from tests.oracle.filming import Studio
from tests.oracle.trial import Trial

EDITS: Final = 500
LENGTH: Final = 180
WORDS: Final = 4600
PLACE: Final = Place("oracle")
KINDS: Final = (
    "edit shot_list", "edit scenes", "edit bible", "edit looks",
    "insert", "delete", "move", "split", "reject", "pin", "lock", "merge",
)
"""Sorts of edits, none of which chance may have left out."""


@group("oracle", f"{EDITS} random edits on a film of 60 shots, made again after each; the oracle watches what is really read.")
def oracle() -> Iterator[Found]:
    """Units made against units that had to be, each time."""
    PLACE.fresh()
    url = embedded.start(PLACE.folder / "home")
    prepare(url)
    registry = Registry.connect(url, local_user(url))
    narrative = Narrative(title="Two stories", text=told(WORDS), format=SourceFormat.PROSE)
    chance = random.Random(LENGTH)  # noqa: S311 - edits to be tried again, not secrets
    trial = Trial(Studio(registry, PLACE.folder / "media"), Lane("oracle"), chance)
    stale = trial.begin(narrative, Brief(length_seconds=LENGTH))
    shots = len(trial.studio.world(trial.lane).of("shot_list"))
    wrong = [one for found in trial.run(EDITS) for one in found]
    registry.close()
    PLACE.leave()
    for one in [*stale, *wrong][:10]:
        print(one)
    fresh = len(stale) + sum("freshly made" in one for one in wrong)
    nothing, forgotten = (sum(what in one for one in wrong) for what in ("for nothing", "forgotten"))
    yield Found("units made / units whose inputs changed", (trial.units + nothing - forgotten) / trial.units, "×", 1.0)
    yield Found("units made for nothing", nothing, "", 0)
    yield Found("units forgotten", forgotten, "", 0)
    yield Found("units stale although freshly made", fresh, "", 0)
    yield Found("units that had to be made", trial.units, "")
    yield Found("edits carried out", sum(trial.edits.values()), "", EDITS, least=True)
    yield Found("times the rarest sort of edit was carried out", min(trial.edits[kind] for kind in KINDS), "", 1, least=True)
    yield Found("shots", shots, "", 60, least=True)
