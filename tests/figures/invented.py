"""Facts of invented projects, to look at: so many shots, drawn from a seed."""

import numpy as np

from aiuteur.craft.anchors import Reading, Readings
from aiuteur.craft.figures.agreement import Opinions
from aiuteur.craft.figures.attempts import Record
from aiuteur.craft.figures.comparing import Sums
from aiuteur.craft.figures.effects import FirstTake
from aiuteur.craft.figures.facts import Facts, Outlook, ShotFigures
from aiuteur.craft.figures.forecast import USUAL_BILLS, USUAL_TIMES, Left, Ratios
from aiuteur.craft.figures.running import running

MODELS = ("lumen-3", "veo-like-2", "animatic-1")
PEOPLE = ("Ada", "Bo", "The Ferryman <old>")


def project(shots: int, left: int = 12, seed: int = 1) -> Facts:
    """A project of so many completed shots whose scores rise and whose attempts fall a little."""
    rng = np.random.default_rng(seed)
    done = [
        ShotFigures(
            at + 1, float(min(1.0, max(0.8, 0.86 + 0.06 * at / max(1, shots) + rng.normal(0, 0.04)))),
            int(min(8, rng.geometric(0.55 + 0.1 * at / max(1, shots)))), 0.0, float(rng.uniform(3, 8)),
            f"{at // 8 + 1}{'ABCDEFGH'[at % 8]}", MODELS[at % 3], PEOPLE[:at % 3 + 1],
        ) for at in range(shots)
    ]
    done = [ShotFigures(one.ordinal, one.score, one.attempts, 0.4 * one.seconds * one.attempts, one.seconds, one.shot, one.model,
                        one.characters) for one in done]
    states = {"quality": running([one.score or 0 for one in done]), "attempts": running([float(one.attempts) for one in done]),
              "cost": running([one.cost_usd or 0 for one in done])} if done else {}
    ahead = Outlook(
        [Left(2 if at == 0 else 0, 2.0, 90.0) for at in range(left)], Record([one.attempts for one in done]),
        Ratios([1.0] * 8 + [2.0], USUAL_BILLS), Ratios([0.8, 1.0, 1.3], USUAL_TIMES), [], 4,
    )
    sums = {"": [_sums("", done)]} if done else {}
    if done:
        groups = {
            "model": {name: [one for one in done if one.model == name] for name in MODELS},
            "character": {name: [one for one in done if name in one.characters] for name in PEOPLE},
        }
        sums |= {by: [_sums(name, found) for name, found in members.items() if found] for by, members in groups.items()}
    return Facts(
        "the-ferry", sums, done, states, ahead, opinions=_opinions(shots, rng), readings=_readings(shots, rng),
        rules=_rules(done),
    )


def _opinions(shots: int, rng: np.random.Generator) -> list[Opinions]:
    """A person who looked at a third of the shots, and mostly agrees."""
    values = np.array([0.0, 0.4, 0.75, 1.0])

    def rated() -> dict[str, float]:
        return {name: float(rng.choice(values, p=(0.05, 0.15, 0.3, 0.5))) for name in ("continuity", "character_consistency")}

    made = [(bool(rng.random() < 0.7), rated()) for _ in range(shots // 3)]
    return [Opinions(judge, judge if rng.random() < 0.85 else not judge, ratings,
                     {name: value if rng.random() < 0.8 else 0.4 for name, value in ratings.items()}) for judge, ratings in made]


def _readings(shots: int, rng: np.random.Generator) -> Readings | None:
    """Ten anchors read five times by a judge that grows kinder, once there are shots enough."""
    if shots < 40:
        return None
    read = [Reading(str(at % 10), at * shots // 50, float(0.7 + 0.1 * at / 50 + rng.normal(0, 0.03))) for at in range(50)]
    work = [(at + 1, float(0.75 + 0.1 * at / shots + rng.normal(0, 0.05))) for at in range(min(shots, 400))]
    return Readings("eyes-2", "judge@1", read, work)


def _rules(done: list[ShotFigures]) -> dict[str, list[FirstTake]]:
    """A rule on trial, and one that was simply let in."""
    half = len(done) // 2
    return {
        "Ada keeps her hat on, indoors too.": [
            FirstTake(at % 2 == 0, at % 2 == 0, one.score or 0) for at, one in enumerate(done)],
        "No lens flares.": [FirstTake(None, at >= half, one.score or 0) for at, one in enumerate(done)],
    } if done else {}


def _sums(name: str, shots: list[ShotFigures]) -> Sums:
    takes = sum(one.attempts for one in shots)
    costs, seconds = [one.cost_usd or 0 for one in shots], [one.seconds for one in shots]
    scores, tries = [one.score or 0 for one in shots], [one.attempts for one in shots]
    return Sums(
        name, takes, takes, float(np.mean(scores)) - 0.1, 0.02, len(shots), float(np.mean(tries)), float(np.var(tries)),
        len(shots), sum(costs), sum(0.4 * one.seconds for one in shots), sum(seconds), takes, float(np.square(costs).sum()),
        float(np.square(seconds).sum()), float(np.multiply(costs, seconds).sum()),
    )
