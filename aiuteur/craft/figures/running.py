"""Running state of a series: count, means and centred moments, from which slope and band follow at any time.

Belongs here: the state and what can be read off it. Does not belong here: where it is kept (`aiuteur.registry.figure_rows`), or
claims about trends (`aiuteur.craft.figures.trends`), which need the values themselves.

x is the completion ordinal, 1 to n: raw time would cost the slope its digits.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_LEAST: Final = 3
"""Points that a residual deviation takes: two are always on a line."""


@dataclass(frozen=True, slots=True)
class Running:
    """n points (x, y): their means, and Mxx = Σ(x-x̄)², Mxy = Σ(x-x̄)(y-ȳ), Myy = Σ(y-ȳ)²."""

    n: int = 0
    mean_x: float = 0.0
    mean_y: float = 0.0
    mxx: float = 0.0
    mxy: float = 0.0
    myy: float = 0.0

    def add(self, y: float, x: float | None = None) -> "Running":
        """The state with one more point, at the next ordinal where no `x` is given; raises `ValueError` for what is not finite.

        Welford (1962), Technometrics 4, with the co-moment of Bennett et al. (2009), IEEE Cluster. The order of operations is
        kept: a rebuild from the same rows gives the same bits.
        """
        at = float(self.n + 1) if x is None else x
        if not (math.isfinite(at) and math.isfinite(y)):
            message = f"a series holds finite numbers, not ({at}, {y}): an unknown value is no point"
            raise ValueError(message)
        n = self.n + 1
        dx, dy = at - self.mean_x, y - self.mean_y
        mean_x, mean_y = self.mean_x + dx / n, self.mean_y + dy / n
        after = y - mean_y
        return Running(n, mean_x, mean_y, self.mxx + dx * (at - mean_x), self.mxy + dx * after, self.myy + dy * after)

    def merge(self, other: "Running") -> "Running":
        """The state of both sets of points together: Chan, Golub and LeVeque (1983), The American Statistician 37."""
        if not self.n or not other.n:
            return other if not self.n else self
        n = self.n + other.n
        dx, dy = other.mean_x - self.mean_x, other.mean_y - self.mean_y
        share, between = other.n / n, self.n * other.n / n
        return Running(
            n, self.mean_x + dx * share, self.mean_y + dy * share,
            self.mxx + other.mxx + dx * dx * between, self.mxy + other.mxy + dx * dy * between,
            self.myy + other.myy + dy * dy * between,
        )

    @property
    def slope(self) -> float | None:
        """Least squares: Mxy / Mxx, change of y for each completion; None below two different x."""
        return self.mxy / self.mxx if self.mxx > 0 else None

    @property
    def intercept(self) -> float | None:
        """Where the line stands at x = 0."""
        return None if self.slope is None else self.mean_y - self.slope * self.mean_x

    @property
    def variance(self) -> float | None:
        """Of y, with n - 1; None below two points."""
        return self.myy / (self.n - 1) if self.n > 1 else None

    @property
    def residual_sd(self) -> float | None:
        """How far points lie from the line, with n - 2; None below three points."""
        if self.slope is None or self.n < _LEAST:
            return None
        return math.sqrt(max(0.0, self.myy - self.slope * self.mxy) / (self.n - 2))

    def at(self, x: float) -> float | None:
        """The line at x; None without a line."""
        return None if self.slope is None else self.mean_y + self.slope * (x - self.mean_x)

    def error_at(self, x: float) -> float | None:
        """Standard error of the line at x: s·√(1/n + (x-x̄)²/Mxx), for points that are independent of each other."""
        sd = self.residual_sd
        return None if sd is None else sd * math.sqrt(1 / self.n + (x - self.mean_x) ** 2 / self.mxx)


def running(values: Iterable[float], state: Running | None = None) -> Running:
    """The state after some values in order, from the start or from a state."""
    made = state or Running()
    for value in values:
        made = made.add(value)
    return made
