"""prohibitions and restrictions in the journal outside the database"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

AFTER_LETTER = "ended_on IS NULL OR letter_id IS NOT NULL"


def change_ending(batch_op, condition):
    batch_op.drop_constraint(op.f('ck_restriction_ended_after_letter'), type_='check')
    batch_op.create_check_constraint(op.f('ck_restriction_ended_after_letter'), condition)


def upgrade() -> None:
    op.create_table('bar_entry',
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('binds', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('customers', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.CheckConstraint("kind IN ('prohibition', 'restriction')", name=op.f('ck_bar_entry_kind')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_bar_entry'))
    )
    with op.batch_alter_table('erasure_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('prohibition', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(length=32), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_prohibition_key'), ['key'], unique=False)

    with op.batch_alter_table('restriction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(length=32), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_restriction_key'), ['key'], unique=False)
        change_ending(batch_op, f"{AFTER_LETTER} OR ended_by_id IS NULL")


def downgrade() -> None:
    with op.batch_alter_table('restriction', schema=None) as batch_op:
        change_ending(batch_op, AFTER_LETTER)
        batch_op.drop_index(batch_op.f('ix_restriction_key'))
        batch_op.drop_column('key')

    with op.batch_alter_table('prohibition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prohibition_key'))
        batch_op.drop_column('key')

    with op.batch_alter_table('erasure_entry', schema=None) as batch_op:
        batch_op.drop_column('at')

    op.drop_table('bar_entry')
