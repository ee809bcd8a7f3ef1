"""Reading reviews: a judge's form becomes a review with the house's weights.

Belongs here: which dimensions a review rates, and what its words become. Does not belong here: the verdict, to which measured
gates belong as well (`aiuteur.craft.review`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiuteur.craft.answers import ReviewAnswer
from aiuteur.craft.review import rated
from aiuteur.digest import Json
from aiuteur.film.dailies import Dimension

_RATED: Final[Mapping[str, frozenset[Dimension]]] = MappingProxyType({
    "review_frame": frozenset(Dimension), "review_clip": frozenset(Dimension) - {Dimension.COMPOSITION},
})


class Unrated(ValueError):
    """A review leaves a dimension out, or rates one twice; `str()` of it says which."""


def review(task: str, answer: ReviewAnswer) -> Json:
    """A review document; raises `Unrated`."""
    dimensions = [one.dimension for one in answer.ratings]
    missing = sorted(_RATED[task] - set(dimensions))
    if missing or len(set(dimensions)) != len(dimensions):
        message = f"every dimension is rated once; missing: {', '.join(missing) or 'none'}"
        raise Unrated(message)
    return {
        "ratings": [rated(one.dimension, one.rating).document() for one in answer.ratings if one.dimension in _RATED[task]],
        "issues": [
            {"department": one.department.value, "severity": one.severity, "description": one.description}
            for one in answer.issues
        ],
        "corrections": [
            {"department": one.department.value, "text": one.correction} for one in answer.issues if one.correction
        ],
        "suggestion": answer.suggestion.model_dump(mode="json") if answer.suggestion else None,
    }
