"""Log changes: a lane remembers up to which of its events the log of invalidations goes."""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import may_update

revision: Final = "0008"
down_revision: Final[str | None] = "0007"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None


def upgrade() -> None:
    """Add the column."""
    op.execute("ALTER TABLE aiuteur.run_marks ADD COLUMN logged_event BIGINT")
    op.execute(may_update("run_marks", "logged_event"))


def downgrade() -> None:
    """Drop it."""
    op.execute("ALTER TABLE aiuteur.run_marks DROP COLUMN logged_event")
