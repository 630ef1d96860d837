"""${message}

A step stands for itself: it imports nothing of Bedside, so that it does the same for ever. Every
constraint is named; rebuilt tables get their triggers back; no rows are added or removed.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
