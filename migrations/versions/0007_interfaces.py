"""connections of partners by the interface, their keys and calls, and what they are to be told"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('interface_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=True),
    sa.Column('origin', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_interface_change_recipient_id_recipient')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interface_change')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('interface_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interface_change_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_change_origin'), ['origin'], unique=False)
        batch_op.create_index('ix_interface_change_recipient_id_acknowledged_at_id', ['recipient_id', 'acknowledged_at', 'id'], unique=False)

    op.create_table('interface_connection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('use', sa.String(length=30), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('networks', sa.JSON(), nullable=False),
    sa.Column('rate', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('rate > 0', name=op.f('ck_interface_connection_rate')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_interface_connection_created_by_id_user')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_interface_connection_recipient_id_recipient')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interface_connection'))
    )
    with op.batch_alter_table('interface_connection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interface_connection_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_connection_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('interface_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('connection_id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('ending', sa.String(length=4), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('window_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('window_count', sa.Integer(), nullable=False),
    sa.Column('exposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['connection_id'], ['interface_connection.id'], name=op.f('fk_interface_key_connection_id_interface_connection')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_interface_key_made_by_id_user')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user.id'], name=op.f('fk_interface_key_revoked_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interface_key')),
    sa.UniqueConstraint('hash', name=op.f('uq_interface_key_hash'))
    )
    with op.batch_alter_table('interface_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interface_key_connection_id'), ['connection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_key_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_key_revoked_by_id'), ['revoked_by_id'], unique=False)

    op.create_table('interface_write',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('connection_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('content', sa.String(length=64), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['connection_id'], ['interface_connection.id'], name=op.f('fk_interface_write_connection_id_interface_connection')),
    sa.ForeignKeyConstraint(['order_id'], ['customer_order.id'], name=op.f('fk_interface_write_order_id_customer_order'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interface_write')),
    sa.UniqueConstraint('connection_id', 'key', name=op.f('uq_interface_write_connection_id_key'))
    )
    with op.batch_alter_table('interface_write', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interface_write_order_id'), ['order_id'], unique=False)

    op.create_table('interface_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('connection_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('operation', sa.String(length=40), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(length=40), nullable=False),
    sa.Column('outgoing_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['connection_id'], ['interface_connection.id'], name=op.f('fk_interface_call_connection_id_interface_connection')),
    sa.ForeignKeyConstraint(['key_id'], ['interface_key.id'], name=op.f('fk_interface_call_key_id_interface_key')),
    sa.ForeignKeyConstraint(['outgoing_id'], ['outgoing.id'], name=op.f('fk_interface_call_outgoing_id_outgoing'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interface_call'))
    )
    with op.batch_alter_table('interface_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interface_call_at'), ['at'], unique=False)
        batch_op.create_index('ix_interface_call_connection_id_id', ['connection_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_call_key_id'), ['key_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interface_call_outgoing_id'), ['outgoing_id'], unique=False)

    with op.batch_alter_table('rectification_notification', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_on', sa.Date(), nullable=True))

    with op.batch_alter_table('restriction_notice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('end_told_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('restriction_notice', schema=None) as batch_op:
        batch_op.drop_column('end_told_on')
        batch_op.drop_column('told_on')

    with op.batch_alter_table('rectification_notification', schema=None) as batch_op:
        batch_op.drop_column('told_on')

    for table in ('call', 'write', 'key', 'connection', 'change'):
        op.drop_table(f'interface_{table}')
