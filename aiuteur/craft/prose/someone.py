"""A person while a story is being read: the names, titles and roles they go by, and what was counted of them.

Belongs here: what is known of one person. Does not belong here: which mentions are theirs (`people`).
"""

from collections import Counter
from dataclasses import dataclass, field

from aiuteur.film.bible import Sex


@dataclass(slots=True)
class Someone:
    """A person while the story is being read.

    `present`: the narration speaks of them, or somebody speaks to them; `anew`: they came as "a"
    somebody; `unsaid`: a pronoun alone has spoken of them
    so far; `tale`: they are
    first met in somebody's tale; `of`: whose brother, wife or uncle they were brought in as.
    """

    index: int
    names: Counter[str] = field(default_factory=Counter[str])
    titles: Counter[str] = field(default_factory=Counter[str])
    roles: Counter[str] = field(default_factory=Counter[str])
    modifiers: set[str] = field(default_factory=set[str])
    context: set[str] = field(default_factory=set[str])
    near: Counter[str] = field(default_factory=Counter[str])
    sexes: Counter[Sex] = field(default_factory=Counter[Sex])
    mentioned: int = 0
    acts: int = 0
    lines: int = 0
    narrator: bool = False
    companion: bool = False
    present: bool = False
    anew: bool = False
    tale: bool = False
    unsaid: bool = False
    of: int | None = None
    first: int = 1 << 60
    paragraphs: list[int] = field(default_factory=list[int])
    merged: int | None = None

    @property
    def sex(self) -> Sex:
        """What the counted signs say."""
        ranked = (+self.sexes).most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):  # noqa: PLR2004 - female and male
            return Sex.UNKNOWN
        return ranked[0][0]

    def may_be(self, sex: Sex) -> bool:
        """Whether nothing speaks against this sex."""
        return Sex.UNKNOWN in (sex, self.sex) or sex == self.sex
