"""the search after the destroying"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('retention_destruction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('packed', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('proof', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('retention_destruction', schema=None) as batch_op:
        batch_op.drop_column('proof')
        batch_op.drop_column('packed')
