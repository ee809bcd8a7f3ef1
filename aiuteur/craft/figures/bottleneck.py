"""The bottleneck: where a film takes more and more attempts, which stage, model or character it is.

Belongs here: naming it. Does not belong here: the test of one series (`trends`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiuteur.craft.figures.trends import LEAST, Claim, Trend, together, trend


@dataclass(frozen=True, slots=True)
class Finished:
    """A shot done: its attempts, and what it belongs to: kind of thing (model, character) to the names of it there."""

    attempts: float
    belongs: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A rise of attempts at one stage, and who it is with: `kind` and `name` are None where no single one stands out."""

    stage: str
    overall: Trend
    kind: str | None = None
    name: str | None = None
    own: Trend | None = None

    @property
    def sentence(self) -> str:
        """The warning in words."""
        slope = 100 * (self.overall.slope or 0)
        rise = f"{self.stage.capitalize()} take more and more attempts ({slope:+.2f} over a hundred shots)"
        if self.own is None:
            return f"{rise}; no single model or character stands out."
        return f"{rise}, most of all with {self.kind} {self.name} ({100 * (self.own.slope or 0):+.2f}, from {self.own.n} shots)."


def bottleneck(shots: Sequence[Finished], frames: Sequence[float] = ()) -> Bottleneck | None:
    """The warning where attempts at clips, or else at `frames` (in order), rise; None where neither does or may be said to."""
    stages = together({"clips": trend([shot.attempts for shot in shots]), "frames": trend(frames)})
    if stages["clips"].claim is Claim.RISING:
        return _clips(shots, stages["clips"])
    return Bottleneck("frames", stages["frames"]) if stages["frames"].claim is Claim.RISING else None


def _clips(shots: Sequence[Finished], overall: Trend) -> Bottleneck:
    series: dict[tuple[str, str], list[float]] = {}
    for shot in shots:
        for kind, names in shot.belongs.items():
            for name in names:
                series.setdefault((kind, name), []).append(shot.attempts)
    # What every shot belongs to explains nothing that the whole does not.
    own = {member: trend(values) for member, values in series.items() if LEAST <= len(values) < len(shots)}
    tested = together({"\n".join(member): found for member, found in own.items()})
    rising = {name: found for name, found in tested.items() if found.claim is Claim.RISING}
    if not rising:
        return _common(overall, series, len(shots))
    worst = max(rising, key=lambda name: rising[name].slope or 0.0)
    kind, _, name = worst.partition("\n")
    return Bottleneck("clips", overall, kind, name, rising[worst])


def _common(overall: Trend, series: Mapping[tuple[str, str], Sequence[float]], shots: int) -> Bottleneck:
    """Where no part stands out, the one model or character that all shots share is named, if there is just one."""
    shared = [member for member, values in series.items() if len(values) == shots]
    return Bottleneck("clips", overall, *shared[0], overall) if len(shared) == 1 else Bottleneck("clips", overall)
