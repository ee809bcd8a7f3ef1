"""The base of every noun, and the references that nouns share.

Belongs here: what all nouns have in common. Does not belong here: any particular department's words.
"""

from collections.abc import Iterator
from typing import ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, Field

from aiuteur.digest import Json, canonical, canonical_list, canonical_object, digest, digest_bytes


class Noun(BaseModel):
    """A frozen, closed model: unknown fields are refused, and content is compared by digest."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    schema_version: ClassVar[int] = 1

    def document(self) -> dict[str, Json]:
        """The noun as plain JSON, the form that is stored and digested."""
        return self.model_dump(mode="json")

    def digest(self) -> str:
        """SHA-256 of the whole content."""
        return digest(self.document())

    def field_digests(self) -> dict[str, str]:
        """A digest for each field, and for `field.<id>` of each element that bears an id: what a basis points at."""
        return self.digests()[1]

    def digests(self) -> tuple[str, dict[str, str]]:
        """The digest of the whole content, and those of its fields; each part is put into canonical form once."""
        forms, found = dict[str, bytes](), dict[str, str]()
        for name, value in self.document().items():
            if isinstance(value, list):
                parts = [(part, canonical(part)) for part in value]
                named = [(part["id"], form) for part, form in parts if isinstance(part, dict) and "id" in part]
                found |= {f"{name}.{item}": digest_bytes(form) for item, form in named}
                forms[name] = canonical_list(form for _, form in parts)
            else:
                forms[name] = canonical(value)
            found[name] = digest_bytes(forms[name])
        return digest_bytes(canonical_object(forms)), found

    def media_refs(self) -> "Iterator[MediaRef]":
        """Every medium this content names, however deep."""
        for value in self.__dict__.values():
            parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
            for part in parts:
                if isinstance(part, MediaRef):
                    yield part
                elif isinstance(part, Noun):
                    yield from part.media_refs()

    def only(self, *fields: str) -> Self:
        """A view with just these fields: reading another raises `AttributeError`, so that a basis cannot be dishonest."""
        view = type(self).model_construct(set(fields))
        # `model_construct` fills in defaults; a view must not answer for a field that was never read.
        object.__setattr__(view, "__dict__", {name: getattr(self, name) for name in fields})
        return view


class MediaRef(Noun):
    """Stored bytes by their digest; width and height in pixels, seconds for what has a duration."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    mime: str
    size: int = Field(ge=0)
    width: int | None = None
    height: int | None = None
    seconds: float | None = None


class Passage(Noun):
    """A cited part of the narrative: character offsets, `start` inclusive and `end` exclusive."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
