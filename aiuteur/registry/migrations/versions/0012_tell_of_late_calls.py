"""Tell of late calls: which place each had, and when it arrived, so that the call a window later keeps its distance."""

from typing import Final

from alembic import op

revision: Final = "0012"
down_revision: Final[str | None] = "0011"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None


def upgrade() -> None:
    """Nobody is late yet."""
    op.execute("ALTER TABLE aiuteur.rates ADD COLUMN late jsonb NOT NULL DEFAULT '[]'")
    op.execute("GRANT UPDATE (late) ON aiuteur.rates TO aiuteur_app, aiuteur_service")


def downgrade() -> None:
    """Forget who was late: it matters for a second."""
    op.execute("ALTER TABLE aiuteur.rates DROP COLUMN late")
