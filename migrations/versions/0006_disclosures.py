"""the door and its ledger"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


FIELDS_THAT_WENT = {
    'sqlite': "coalesce((SELECT json_group_array(field) FROM (SELECT DISTINCT field FROM disclosed_datum JOIN datum ON datum.id = datum_id WHERE disclosure_id = disclosure.id)), '[]')",
    'postgresql': "coalesce((SELECT json_agg(DISTINCT field) FROM disclosed_datum JOIN datum ON datum.id = datum_id WHERE disclosure_id = disclosure.id), '[]'::json)",
}


def bring_the_ledger_in():
    """Each disclosure on record becomes a way out of its own, of one person; the tables are new, so it keeps its number."""
    database = op.get_bind().dialect.name
    op.execute(
        'INSERT INTO outgoing (id, kind, receiver, recipient_id, "use", ground, purpose, way, fields, count, left_out, origin, left_on, by_id, at) '
        "SELECT id, 'recorded', 'recipient', recipient_id, 'disclosure', ground, purpose, way, "
        f"{FIELDS_THAT_WENT[database]}, 1, '{{}}', '', disclosed_on, by_id, at FROM disclosure ORDER BY id"
    )
    op.execute(
        'INSERT INTO outgoing_person (outgoing_id, customer_id, left_on) SELECT id, customer_id, disclosed_on FROM disclosure ORDER BY id'
    )
    op.execute('UPDATE disclosure SET outgoing_id = id')
    if database == 'postgresql':
        op.execute("SELECT setval('outgoing_id_seq', coalesce((SELECT max(id) FROM outgoing), 1), EXISTS (SELECT 1 FROM outgoing))")


def upgrade() -> None:
    op.create_table('outgoing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('receiver', sa.String(length=20), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=True),
    sa.Column('use', sa.String(length=30), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('origin', sa.String(length=60), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(receiver = 'recipient') = (recipient_id IS NOT NULL)", name=op.f('ck_outgoing_recipient')),
    sa.CheckConstraint("receiver IN ('own', 'subject', 'recipient')", name=op.f('ck_outgoing_receiver')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_outgoing_by_id_user')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_outgoing_recipient_id_recipient')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing'))
    )
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_outgoing_left_on_id', ['left_on', 'id'], unique=False)
        batch_op.create_index('ix_outgoing_receiver_left_on_id', ['receiver', 'left_on', 'id'], unique=False)
        batch_op.create_index('ix_outgoing_recipient_id_left_on_id', ['recipient_id', 'left_on', 'id'], unique=False)

    op.create_table('outgoing_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('outgoing_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_outgoing_person_customer_id_customer')),
    sa.ForeignKeyConstraint(['outgoing_id'], ['outgoing.id'], name=op.f('fk_outgoing_person_outgoing_id_outgoing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outgoing_person'))
    )
    with op.batch_alter_table('outgoing_person', schema=None) as batch_op:
        batch_op.create_index('ix_outgoing_person_customer_id_left_on_outgoing_id', ['customer_id', 'left_on', 'outgoing_id'], unique=False)
        batch_op.create_index('ix_outgoing_person_outgoing_id_customer_id', ['outgoing_id', 'customer_id'], unique=False)

    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('outgoing_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_disclosure_outgoing_id'), ['outgoing_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_disclosure_outgoing_id_outgoing'), 'outgoing', ['outgoing_id'], ['id'])

    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('phone', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('fields', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('agreement_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('agreement_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('agreement_scan_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('transfer_basis', sa.String(length=20), server_default='', nullable=False))
        batch_op.add_column(sa.Column('transfer_decided_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('transfer_decided_on', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_recipient_agreement_scan_id'), ['agreement_scan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recipient_transfer_decided_by_id'), ['transfer_decided_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_recipient_agreement_scan_id_scan'), 'scan', ['agreement_scan_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_recipient_transfer_decided_by_id_user'), 'user', ['transfer_decided_by_id'], ['id'])


    bring_the_ledger_in()


def downgrade() -> None:
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_recipient_transfer_decided_by_id_user'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_recipient_agreement_scan_id_scan'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_recipient_transfer_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_recipient_agreement_scan_id'))
        batch_op.drop_column('transfer_decided_on')
        batch_op.drop_column('transfer_decided_by_id')
        batch_op.drop_column('transfer_basis')
        batch_op.drop_column('agreement_scan_id')
        batch_op.drop_column('agreement_until')
        batch_op.drop_column('agreement_on')
        batch_op.drop_column('fields')
        batch_op.drop_column('phone')
        batch_op.drop_column('contact')

    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_disclosure_outgoing_id_outgoing'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_disclosure_outgoing_id'))
        batch_op.drop_column('outgoing_id')

    with op.batch_alter_table('outgoing_person', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_person_outgoing_id_customer_id')
        batch_op.drop_index('ix_outgoing_person_customer_id_left_on_outgoing_id')

    op.drop_table('outgoing_person')
    with op.batch_alter_table('outgoing', schema=None) as batch_op:
        batch_op.drop_index('ix_outgoing_recipient_id_left_on_id')
        batch_op.drop_index('ix_outgoing_receiver_left_on_id')
        batch_op.drop_index('ix_outgoing_left_on_id')
        batch_op.drop_index(batch_op.f('ix_outgoing_by_id'))

    op.drop_table('outgoing')
