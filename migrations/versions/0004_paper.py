"""places, named people, binders, cards and the destruction of paper"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('paper_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('fireproof', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_place'))
    )
    op.create_table('paper_handler',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('task', sa.String(length=200), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('named_on', sa.Date(), nullable=False),
    sa.Column('named_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['named_by_id'], ['user.id'], name=op.f('fk_paper_handler_named_by_id_user')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_paper_handler_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_handler')),
    sa.UniqueConstraint('user_id', name=op.f('uq_paper_handler_user_id'))
    )
    with op.batch_alter_table('paper_handler', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_handler_named_by_id'), ['named_by_id'], unique=False)

    op.create_table('paper_destruction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('destroyed_on', sa.Date(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=10), nullable=True),
    sa.Column('firm', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('witness_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("level IN ('P-4', 'P-5', 'P-6', 'P-7')", name=op.f('ck_paper_destruction_level')),
    sa.CheckConstraint("method IN ('shredder', 'container')", name=op.f('ck_paper_destruction_method')),
    sa.ForeignKeyConstraint(['by_id'], ['paper_handler.id'], name=op.f('fk_paper_destruction_by_id_paper_handler')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_paper_destruction_document_id_document')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_paper_destruction_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['witness_id'], ['paper_handler.id'], name=op.f('fk_paper_destruction_witness_id_paper_handler')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_destruction')),
    sa.UniqueConstraint('number', name=op.f('uq_paper_destruction_number'))
    )
    with op.batch_alter_table('paper_destruction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_destruction_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_destruction_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_destruction_recorded_by_id'), ['recorded_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_destruction_witness_id'), ['witness_id'], unique=False)

    op.create_table('paper_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['handler_id'], ['paper_handler.id'], name=op.f('fk_paper_key_handler_id_paper_handler')),
    sa.ForeignKeyConstraint(['place_id'], ['paper_place.id'], name=op.f('fk_paper_key_place_id_paper_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_key'))
    )
    with op.batch_alter_table('paper_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_key_handler_id'), ['handler_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_key_place_id'), ['place_id'], unique=False)

    op.create_table('paper_binder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('holds', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('collected_on', sa.Date(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('locked_on', sa.Date(), nullable=True),
    sa.Column('destroyed_on', sa.Date(), nullable=True),
    sa.Column('destruction_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("holds <> 'cards' OR collected_on IS NOT NULL", name=op.f('ck_paper_binder_cards_have_a_day')),
    sa.CheckConstraint("holds IN ('cards', 'requests', 'other')", name=op.f('ck_paper_binder_holds')),
    sa.CheckConstraint("kind IN ('binder', 'box')", name=op.f('ck_paper_binder_kind')),
    sa.ForeignKeyConstraint(['destruction_id'], ['paper_destruction.id'], name=op.f('fk_paper_binder_destruction_id_paper_destruction')),
    sa.ForeignKeyConstraint(['place_id'], ['paper_place.id'], name=op.f('fk_paper_binder_place_id_paper_place')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_paper_binder_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_binder'))
    )
    with op.batch_alter_table('paper_binder', schema=None) as batch_op:
        batch_op.create_index('ix_paper_binder_destroyed_on_collected_on', ['destroyed_on', 'collected_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_binder_destruction_id'), ['destruction_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_binder_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_binder_source_id'), ['source_id'], unique=False)

    op.create_table('paper_loan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('binder_id', sa.Integer(), nullable=False),
    sa.Column('handler_id', sa.Integer(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('returned_on', sa.Date(), nullable=True),
    sa.Column('returned_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['binder_id'], ['paper_binder.id'], name=op.f('fk_paper_loan_binder_id_paper_binder')),
    sa.ForeignKeyConstraint(['handler_id'], ['paper_handler.id'], name=op.f('fk_paper_loan_handler_id_paper_handler')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_paper_loan_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['returned_by_id'], ['paper_handler.id'], name=op.f('fk_paper_loan_returned_by_id_paper_handler')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_loan'))
    )
    with op.batch_alter_table('paper_loan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_loan_binder_id'), ['binder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_loan_handler_id'), ['handler_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_loan_recorded_by_id'), ['recorded_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_loan_returned_by_id'), ['returned_by_id'], unique=False)
        batch_op.create_index('ix_paper_loan_returned_on_due_on', ['returned_on', 'due_on'], unique=False)

    op.create_table('paper_pile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('binder_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'done')", name=op.f('ck_paper_pile_state')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name=op.f('fk_paper_pile_begun_by_id_user')),
    sa.ForeignKeyConstraint(['binder_id'], ['paper_binder.id'], name=op.f('fk_paper_pile_binder_id_paper_binder')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_paper_pile_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_pile'))
    )
    with op.batch_alter_table('paper_pile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_pile_begun_by_id'), ['begun_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_pile_binder_id'), ['binder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_pile_source_id'), ['source_id'], unique=False)

    op.create_table('paper_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('binder_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('pile_id', sa.Integer(), nullable=True),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('case_number', sa.String(length=20), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('account', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('leaving_on', sa.Date(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('destruction_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('card', 'request')", name=op.f('ck_paper_item_kind')),
    sa.CheckConstraint("outcome IN ('new', 'known', 'nobody')", name=op.f('ck_paper_item_outcome')),
    sa.CheckConstraint("state IN ('kept', 'leaving', 'destroyed')", name=op.f('ck_paper_item_state')),
    sa.ForeignKeyConstraint(['binder_id'], ['paper_binder.id'], name=op.f('fk_paper_item_binder_id_paper_binder')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_paper_item_customer_id_customer')),
    sa.ForeignKeyConstraint(['destruction_id'], ['paper_destruction.id'], name=op.f('fk_paper_item_destruction_id_paper_destruction')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user.id'], name=op.f('fk_paper_item_entered_by_id_user')),
    sa.ForeignKeyConstraint(['pile_id'], ['paper_pile.id'], name=op.f('fk_paper_item_pile_id_paper_pile')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_item')),
    sa.UniqueConstraint('binder_id', 'number', name=op.f('uq_paper_item_binder_id_number'))
    )
    with op.batch_alter_table('paper_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_item_case_number'), ['case_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_item_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_item_destruction_id'), ['destruction_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_item_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_item_pile_id'), ['pile_id'], unique=False)
        batch_op.create_index('ix_paper_item_state_binder_id', ['state', 'binder_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('paper_item', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_item_state_binder_id')
        batch_op.drop_index(batch_op.f('ix_paper_item_pile_id'))
        batch_op.drop_index(batch_op.f('ix_paper_item_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_paper_item_destruction_id'))
        batch_op.drop_index(batch_op.f('ix_paper_item_customer_id'))
        batch_op.drop_index(batch_op.f('ix_paper_item_case_number'))

    op.drop_table('paper_item')
    with op.batch_alter_table('paper_pile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_pile_source_id'))
        batch_op.drop_index(batch_op.f('ix_paper_pile_binder_id'))
        batch_op.drop_index(batch_op.f('ix_paper_pile_begun_by_id'))

    op.drop_table('paper_pile')
    with op.batch_alter_table('paper_loan', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_loan_returned_on_due_on')
        batch_op.drop_index(batch_op.f('ix_paper_loan_returned_by_id'))
        batch_op.drop_index(batch_op.f('ix_paper_loan_recorded_by_id'))
        batch_op.drop_index(batch_op.f('ix_paper_loan_handler_id'))
        batch_op.drop_index(batch_op.f('ix_paper_loan_binder_id'))

    op.drop_table('paper_loan')
    with op.batch_alter_table('paper_binder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_binder_source_id'))
        batch_op.drop_index(batch_op.f('ix_paper_binder_place_id'))
        batch_op.drop_index(batch_op.f('ix_paper_binder_destruction_id'))
        batch_op.drop_index('ix_paper_binder_destroyed_on_collected_on')

    op.drop_table('paper_binder')
    with op.batch_alter_table('paper_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_key_place_id'))
        batch_op.drop_index(batch_op.f('ix_paper_key_handler_id'))

    op.drop_table('paper_key')
    with op.batch_alter_table('paper_destruction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_destruction_witness_id'))
        batch_op.drop_index(batch_op.f('ix_paper_destruction_recorded_by_id'))
        batch_op.drop_index(batch_op.f('ix_paper_destruction_document_id'))
        batch_op.drop_index(batch_op.f('ix_paper_destruction_by_id'))

    op.drop_table('paper_destruction')
    with op.batch_alter_table('paper_handler', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_handler_named_by_id'))

    op.drop_table('paper_handler')
    op.drop_table('paper_place')
