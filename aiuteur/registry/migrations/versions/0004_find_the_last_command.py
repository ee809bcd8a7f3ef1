"""Find what a person last did on a branch by an index: sensors ask it of every lane that waits."""

from typing import Final

from alembic import op

revision: Final = "0004"
down_revision: Final[str | None] = "0003"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None


def upgrade() -> None:
    """Make the index."""
    op.execute("CREATE INDEX ix_commands_branch ON aiuteur.commands (branch_id, done_at) WHERE state = 'done'")


def downgrade() -> None:
    """Take it away again."""
    op.execute("DROP INDEX aiuteur.ix_commands_branch")
