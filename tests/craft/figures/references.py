"""The references that figures are held against, taken as they come: neither library has types."""

from typing import Any

import statsmodels.api as sm
from scipy import stats as scipy_stats
from statsmodels.discrete import discrete_model

stats: Any = scipy_stats
models: Any = sm
counts: Any = discrete_model
