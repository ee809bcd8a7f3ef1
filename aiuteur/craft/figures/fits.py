"""Fits with intervals, as statsmodels makes them: a line, a line through values that remember, and a growth of counts.

Belongs here: choosing and calling the fit. Does not belong here: what may be claimed (`trends`).
"""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST: Final = 5
REMEMBERS: Final = 0.2
"""Lag-1 autocorrelation of the residuals from which GLSAR takes the place of OLS."""

_ROUNDS: Final = 20
_ORDERS: Final = 10


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted slope for each completion with its 95 % interval; `method` is OLS, GLSAR, negative binomial or Poisson.

    For counts the slope is of the logarithm: exp(slope) is the factor from one shot to the next.
    """

    method: str
    n: int
    intercept: float
    slope: float
    low: float
    high: float
    p: float


def line(values: Sequence[float]) -> Fit | None:
    """Least squares on the completion ordinal, with AR(1) errors where they remember; None below `LEAST` finite values."""
    y = np.asarray([value for value in values if math.isfinite(value)], dtype=np.float64)
    if len(y) < LEAST:
        return None
    from statsmodels.regression.linear_model import GLSAR, OLS

    x = _design(len(y))
    plain: Any = OLS(y, x).fit()
    if float(np.ptp(y)) == 0.0 or _memory(np.asarray(plain.resid)) <= REMEMBERS:
        return _read("OLS", plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an iteration that has not settled says so; the last one is taken
        return _read("GLSAR", GLSAR(y, x, rho=1).iterative_fit(maxiter=_ROUNDS))


def growth(attempts: Sequence[int]) -> Fit | None:
    """How failures a shot (attempts - 1) grow with the completion ordinal: negative binomial, or Poisson.

    Poisson is taken where nothing is over-dispersed, so that the other does not settle.
    None below `LEAST` shots, where no attempt failed, or where the fit does not settle.
    """
    failures = np.asarray(attempts, dtype=np.float64) - 1
    if len(failures) < LEAST or not failures.any():
        return None
    from statsmodels.discrete.discrete_model import NegativeBinomialP, Poisson

    for method, model in (("negative binomial", NegativeBinomialP), ("Poisson", Poisson)):
        found = _settled(method, model, failures)
        if found is not None:
            return found
    return None


def _settled(method: str, model: Callable[..., object], failures: Floats) -> Fit | None:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # whether it settled is asked below
        try:
            asked: Any = model(failures, _design(len(failures)))
            found: Any = asked.fit(disp=False, maxiter=_ROUNDS * _ORDERS)
        except (np.linalg.LinAlgError, ValueError):
            return None
    fit = _read(method, found)
    settled = bool(found.mle_retvals["converged"])
    return fit if settled and all(map(math.isfinite, (fit.slope, fit.low, fit.high, fit.p))) else None


def _design(n: int) -> Floats:
    """A constant, and the ordinals 1 to n."""
    return np.column_stack([np.ones(n), np.arange(1, n + 1, dtype=np.float64)])


def _memory(left: Floats) -> float:
    power = float(left @ left)
    return float(left[1:] @ left[:-1]) / power if power > 0 else 0.0


def _read(method: str, found: Any) -> Fit:  # noqa: ANN401 - the results of three models of statsmodels, which has no types
    low, high = (float(value) for value in np.asarray(found.conf_int())[1])
    intercept, slope = (float(value) for value in np.asarray(found.params)[:2])
    return Fit(method, int(found.nobs), intercept, slope, low, high, float(np.asarray(found.pvalues)[1]))
