"""The schema's history: Alembic migrations, run by `aiuteur.registry.migrate`; no ini file is needed."""
