"""The audit trail can be asked for one record: an index, so that nobody walks a million rows for it.

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NAME = "ix_audit_table_name_row_id"


def upgrade() -> None:
    """Make the index; the trail itself stays as it is."""
    op.create_index(op.f(NAME), "audit", ["table_name", "row_id"])


def downgrade() -> None:
    """Take the index away; only tests of the steps do this."""
    op.drop_index(op.f(NAME), "audit")
