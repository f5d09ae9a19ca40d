"""known ends of matters and represented people"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


REPRESENTED = "represented IN ('minor', 'ward', 'deceased')"
OUTCOME = "outcome IN ('withdrawn', 'refused', 'not_held', 'mistaken')"


def take_deadline_away():
    """SQLite copies a table to change it, and copies no computed column; so it is taken away before, and made again."""
    op.drop_index('ix_case_state_deadline', table_name='case')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('deadline')


def compute_deadline():
    with op.batch_alter_table('case', schema=None, recreate='auto' if op.get_bind().dialect.name == 'postgresql' else 'always') as batch_op:
        batch_op.add_column(
            sa.Column('deadline', sa.Date(), sa.Computed('coalesce(extended_due_on, due_on)', persisted=True), nullable=True)
        )
    op.create_index('ix_case_state_deadline', 'case', ['state', 'deadline'], unique=False)


def upgrade() -> None:
    take_deadline_away()
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_case_represented'), REPRESENTED)

    compute_deadline()
    with op.batch_alter_table('case_matter', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_case_matter_outcome'), OUTCOME)


def downgrade() -> None:
    with op.batch_alter_table('case_matter', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_case_matter_outcome'), type_='check')

    take_deadline_away()
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_case_represented'), type_='check')

    compute_deadline()
