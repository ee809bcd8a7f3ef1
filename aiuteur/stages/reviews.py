"""Checks on the dailies: one for each family of measured gates, one for the verdicts.

Belongs here: summing up the selected takes' reviews. Does not belong here: reviewing a take (`aiuteur.stages.dailies`). A failure
is grave where the takes cannot be cut around, else it is something to know.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiuteur.craft.review import ALONE, FAMILIES, accepted
from aiuteur.craft.world import Key, World
from aiuteur.film.dailies import Gate, Overall, Verdict
from aiuteur.stages.needs import REVIEWED, Labels, label
from aiuteur.stages.reported import CheckReport

Review = Callable[[World], CheckReport]

_SHOWN: Final = 6
_GRAVE: Final = frozenset({Overall.REGENERATE_MAJOR, Overall.FAIL})


def takes_accepted(world: World) -> CheckReport:
    """Whether every selected take was accepted, by its verdict or by a person who holds it."""
    found, pinned = _verdicts(world), _pinned(world)
    wanting = {name: verdict for name, verdict in found.items() if not (accepted(verdict) or name in pinned)}
    scores = [verdict.score for verdict in found.values() if verdict.score is not None]
    measures: dict[str, float] = {"takes": len(found), "accepted": len(found) - len(wanting)}
    if scores:
        measures |= {"lowest_score": min(scores), "mean_score": sum(scores) / len(scores)}
    said = _some([f"{name} {_overall(verdict)}" for name, verdict in wanting.items()])
    many = len(found)
    sentence = f"{len(wanting)} of {many} takes are not accepted: {said}." if wanting else f"All {many} takes are accepted."
    return CheckReport(not wanting, sentence, measures, grave=any(one.overall in _GRAVE for one in wanting.values()))


def holds(family: str) -> Review:
    """The check of one family of gates: whether every selected take passes them, as far as they were measured."""
    names = FAMILIES[family]

    def check(world: World) -> CheckReport:
        found = _verdicts(world)
        failed = {name: gates for name, verdict in found.items() if (gates := _failed(verdict, names))}
        measured = sum(any(gate.name in names for gate in verdict.gates) for verdict in found.values())
        said = _some([f"{name} ({', '.join(map(_gate, gates))})" for name, gates in failed.items()])
        passing = f"All {measured} takes that were measured pass."
        sentence = f"{len(failed)} of {measured} takes fail: {said}." if failed else passing
        grave = any(gate.name in ALONE for gates in failed.values() for gate in gates)
        return CheckReport(not failed, sentence, {"measured": measured, "failed": len(failed)}, grave=grave)

    return check


def _verdicts(world: World) -> dict[str, Verdict]:
    """The reviews of the selected takes by what people call them, in the order of their shots."""
    labels = Labels(world)
    found = {label(Key("dailies", item), labels): one.noun for item, one in world.of("dailies").items()}
    return {name: noun for name, noun in sorted(found.items()) if isinstance(noun, Verdict)}


def _pinned(world: World) -> set[str]:
    """The takes that a person holds, by what people call their reviews."""
    labels = Labels(world)
    return {label(Key("dailies", REVIEWED[key.artifact].format(key.item)), labels) for key, one in world.items.items()
            if key.artifact in REVIEWED and one.pinned}


def _failed(verdict: Verdict, names: Sequence[str]) -> list[Gate]:
    return [gate for gate in verdict.gates if gate.name in names and not gate.passed]


def _gate(gate: Gate) -> str:
    return f"{gate.name.replace('_', ' ')} {gate.value:g}, bound {gate.bound:g}"


def _overall(verdict: Verdict) -> str:
    score = "" if verdict.score is None else f" at {verdict.score:.2f}"
    return f"{verdict.overall.value.lower().replace('_', ' ')}{score}"


def _some(said: Sequence[str]) -> str:
    more = len(said) - _SHOWN
    return "; ".join(said[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


REVIEWS: Final[Mapping[str, Review]] = MappingProxyType(
    {**{f"gates_{family}": holds(family) for family in FAMILIES}, "takes_accepted": takes_accepted}
)
"""Every check on the dailies by name."""
