"""selections"""

import sqlalchemy as sa
from alembic import op

import rekisteri.kernel.db

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('selection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sort_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('use', sa.String(length=30), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', rekisteri.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('changed_at', rekisteri.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("use IN ('direct_mail', 'distance_selling', 'direct_marketing', 'market_research', 'opinion_research', 'listing', 'profiling')", name=op.f('ck_selection_use')),
    sa.CheckConstraint("way IN ('post', 'email', 'phone', 'none')", name=op.f('ck_selection_way')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_selection_made_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_selection')),
    sa.UniqueConstraint('name', name=op.f('uq_selection_name'))
    )
    with op.batch_alter_table('selection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_selection_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_selection_sort_key'), ['sort_key'], unique=False)

    op.create_table('selection_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('selection_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.Column('matched', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', rekisteri.kernel.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_selection_use_by_id_user')),
    sa.ForeignKeyConstraint(['selection_id'], ['selection.id'], name=op.f('fk_selection_use_selection_id_selection'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_selection_use'))
    )
    with op.batch_alter_table('selection_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_selection_use_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_selection_use_selection_id_id', ['selection_id', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('selection_use', schema=None) as batch_op:
        batch_op.drop_index('ix_selection_use_selection_id_id')
        batch_op.drop_index(batch_op.f('ix_selection_use_by_id'))

    op.drop_table('selection_use')
    with op.batch_alter_table('selection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_selection_sort_key'))
        batch_op.drop_index(batch_op.f('ix_selection_made_by_id'))

    op.drop_table('selection')
