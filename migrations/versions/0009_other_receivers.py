"""letters to sources in the ledger"""

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outgoing_receiver'), type_='check')
        batch_op.create_check_constraint(op.f('ck_outgoing_known_receiver'), "receiver IN ('own', 'subject', 'recipient', 'other')")


def downgrade() -> None:
    op.execute("UPDATE outgoing SET receiver = 'own' WHERE receiver = 'other'")
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outgoing_known_receiver'), type_='check')
        batch_op.create_check_constraint(op.f('ck_outgoing_receiver'), "receiver IN ('own', 'subject', 'recipient')")
