"""The schema's history: Alembic migrations, run by `aiuteur.registry.database.prepare`; no ini file is needed."""

from typing import Final

HEAD: Final = "0001"
"""The newest revision, known without importing Alembic; a test holds it equal to what Alembic finds."""
