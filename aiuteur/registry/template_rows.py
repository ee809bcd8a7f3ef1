"""Prompt templates as rows: the wording a version was made from can be read back when the file has long moved on."""

from collections.abc import Iterable

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from aiuteur.craft.templates import Template
from aiuteur.registry.tables import PromptTemplate


def file(session: Session, templates: Iterable[Template]) -> None:
    """Keep these templates where they are not kept yet, in one statement."""
    rows = [{"name": one.name, "version": int(one.version), "digest": one.digest, "body": one.body} for one in templates]
    if rows:
        session.execute(insert(PromptTemplate).values(rows).on_conflict_do_nothing())
