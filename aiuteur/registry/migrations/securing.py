"""What every table of a person's rows gets from a migration: row-level security, its two policies, and who may write what.

Belongs here: the statements, used by revisions from 0002 on and so never changed again. Does not belong here: any one table.
"""

from collections.abc import Mapping
from typing import Final

_PERSON: Final = "(SELECT nullif(current_setting('app.user_id', true), '')::uuid)"

_SECURE: Final = """
ALTER TABLE aiuteur.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE aiuteur.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY owner ON aiuteur.{table} USING (owner_id = {person}) WITH CHECK (owner_id = {person});
CREATE POLICY service ON aiuteur.{table} TO aiuteur_service USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON aiuteur.{table} TO aiuteur_app, aiuteur_service;
"""
_MAY_UPDATE: Final = "GRANT UPDATE ({columns}) ON aiuteur.{table} TO aiuteur_app, aiuteur_service;\n"


def secured(tables: Mapping[str, str]) -> str:
    """The statements that secure tables with an `owner_id`; of each, the columns that may be updated ('' for none)."""
    return "".join(_SECURE.format(table=table, person=_PERSON) + may_update(table, columns) for table, columns in tables.items())


def may_update(table: str, columns: str) -> str:
    """The statement that lets both roles update some columns of a table; '' where there are none."""
    return _MAY_UPDATE.format(table=table, columns=columns) if columns else ""
