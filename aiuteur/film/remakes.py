"""Remakes: a person's (or a rule's) explicit ask to make an item again, though nothing it was made from has moved."""

from uuid import UUID

from pydantic import Field

from aiuteur.film.noun import Noun


class Remake(Noun):
    """One open ask: how many takes are wanted and how many are there, and what is to be different about them.

    `parent_version_id` is the version to refine (image to image); `attempts` is how often one
    take may be tried, None as ever; `corrections` are words for the next prompt and `rules` the
    names of the rules they come from; `by` is who asked, None for the studio itself.
    """

    id: UUID
    variants: int = Field(default=1, ge=1)
    answered: int = Field(default=0, ge=0)
    model: str | None = None
    guidance: str | None = None
    parent_version_id: UUID | None = None
    attempts: int | None = Field(default=None, ge=1)
    corrections: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    by: UUID | None = None

    @property
    def left(self) -> int:
        """How many takes are still wanted."""
        return max(0, self.variants - self.answered)
