"""Pacing: places in the database's time, as moments of this process's own clock.

Belongs here: how the two clocks stand to each other. Does not belong here: giving places (`aiuteur.registry.limits`), or waiting
for them (`purchase`).

A place that is told in seconds from now is early by as long as the telling took, which is longest when many ask at once: just
then it matters. So the database tells its time along with the place, and every telling narrows what is known of the difference.
"""

import math
from dataclasses import dataclass

from aiuteur.registry.limits import Place


@dataclass(slots=True)
class Clock:
    """The bounds between which this process's clock is ahead of the database's, in seconds."""

    least: float = -math.inf
    most: float = math.inf

    @property
    def known(self) -> bool:
        """Whether it was ever looked at."""
        return self.most < math.inf

    def looked(self, there: float, before: float, after: float) -> None:
        """Take note of the database's time, which was told between two moments of ours."""
        first, last = before - there, after - there
        least, most = max(self.least, first), min(self.most, last)
        self.least, self.most = (least, most) if least <= most else (first, last)  # the clocks have drifted apart

    def due(self, place: Place, before: float, after: float) -> float:
        """The moment of a place on this process's clock; it was asked for at `before` and told by `after`."""
        if place.now is None:
            return before + place.seconds
        self.looked(place.now, before, after)
        return place.now + (self.least + self.most) / 2 + place.seconds
