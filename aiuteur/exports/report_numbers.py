"""How numbers are written in the report and at the terminal: known or not, money, shares, times, intervals.

Belongs here: their form. Does not belong here: which numbers there are (`report`).
"""

from typing import Final

from aiuteur.craft.figures.comparing import Known

NOTHING: Final = "–"
_MINUTE, _HOUR = 60, 3600


def signed(value: float) -> str:
    """A change with its sign, nought without one."""
    return f"{value:+.3g}" if value else "0"


def number(value: float | None, form: str) -> str:
    """A number, or a dash where it is not known."""
    return NOTHING if value is None else format(value, form)


def money(value: float | None) -> str:
    """Dollars and cents; tenths of a cent below a dime."""
    return NOTHING if value is None else f"${value:,.2f}" if value == 0 or value >= 0.1 else f"${value:.4f}"  # noqa: PLR2004 - a dime


def percent(value: float | None) -> str:
    """A share in percent."""
    return NOTHING if value is None else f"{value:.0%}"


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds / _MINUTE:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"


def between(found: Known, form: str, sign: str = "") -> str:
    """The ends of an interval; nothing where there are none."""
    return "" if found.low is None or found.high is None else f"{sign}{found.low:{form}} to {sign}{found.high:{form}}"
