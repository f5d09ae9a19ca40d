"""selections for caring for the customer relation"""

from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

FORBIDDABLE = "'direct_mail', 'distance_selling', 'direct_marketing', 'market_research', 'opinion_research', 'listing', 'profiling'"


def upgrade() -> None:
    with op.batch_alter_table('selection', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_selection_use'), type_='check')
        batch_op.create_check_constraint(op.f('ck_selection_known_use'), f"use IN ('customer_relation', {FORBIDDABLE})")


def downgrade() -> None:
    op.execute("UPDATE selection SET use = 'direct_mail' WHERE use = 'customer_relation'")
    with op.batch_alter_table('selection', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_selection_known_use'), type_='check')
        batch_op.create_check_constraint(op.f('ck_selection_use'), f"use IN ({FORBIDDABLE})")
