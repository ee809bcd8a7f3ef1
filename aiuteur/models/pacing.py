"""Pacing: places in the database's time, as moments of this process's own clock.

Belongs here: how the two clocks stand to each other. Does not belong here: giving places (`aiuteur.registry.limits`), or waiting
for them (`purchase`).

A place that is told in seconds from now is early by as long as the telling took, which is longest when many ask at once: just
then it matters. So the database tells its time along with the place, and every telling narrows what is known of the difference.
"""

import math
from dataclasses import dataclass, replace

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

    def due(self, place: Place, before: float, after: float) -> "Due":
        """The moment of a place on this process's clock; it was asked for at `before` and told by `after`."""
        if place.at is None or place.now is None:
            return Due(before + place.seconds)
        self.looked(place.now, before, after)
        return Due(place.at + (self.least + self.most) / 2, place.at)


@dataclass(frozen=True, slots=True)
class Due:
    """When a call is due by this process's clock; `place`: by the database's, None where it has no place among others.

    `held` is how much later than its place it goes, because another went late.
    """

    moment: float
    place: float | None = None
    held: float = 0.0

    def there(self, moment: float) -> float:
        """A moment of this process as the database's time, for what has a place there."""
        return (self.place or 0.0) + moment - self.moment

    def until(self, there: float | None) -> "Due":
        """The same call where it may go no earlier than a time of the database."""
        return self if there is None or self.place is None else replace(self, held=max(0.0, there - self.place))

    @property
    def goes(self) -> float:
        """The moment it goes."""
        return self.moment + self.held
