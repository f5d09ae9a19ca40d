"""lists"""

import sqlalchemy as sa
from alembic import op

import rekisteri.kernel.db

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('printout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('selection', sa.String(length=120), nullable=False),
    sa.Column('setting', sa.JSON(), nullable=False),
    sa.Column('outgoing_id', sa.Integer(), nullable=False),
    sa.Column('made_at', rekisteri.kernel.db.UtcDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('list', 'labels', 'letters', 'file', 'emails')", name=op.f('ck_printout_kind')),
    sa.ForeignKeyConstraint(['outgoing_id'], ['outgoing.id'], name=op.f('fk_printout_outgoing_id_outgoing')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_printout'))
    )
    with op.batch_alter_table('printout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_printout_outgoing_id'), ['outgoing_id'], unique=False)


def downgrade() -> None:
    op.drop_table('printout')
