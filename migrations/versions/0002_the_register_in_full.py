"""the register in full"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


NARROW = "state IN ('active', 'archived')"
WIDE = "state IN ('active', 'archived', 'merged', 'incoming')"
MAKE_SEARCH = {'sqlite': ["CREATE VIRTUAL TABLE customer_search USING fts5(search_text, content='customer', content_rowid='id', "
            "tokenize='trigram case_sensitive 1', columnsize=0)",
            "INSERT INTO customer_search(customer_search, rank) VALUES ('secure-delete', 1)",
            "INSERT INTO customer_search(customer_search, rank) VALUES ('hashsize', 16777216)",
            'CREATE TRIGGER customer_search_insert AFTER INSERT ON customer BEGIN INSERT INTO '
            'customer_search(rowid, search_text) VALUES (NEW.id, NEW.search_text); END',
            'CREATE TRIGGER customer_search_delete AFTER DELETE ON customer BEGIN INSERT INTO '
            "customer_search(customer_search, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text); END",
            'CREATE TRIGGER customer_search_update AFTER UPDATE OF id, search_text ON customer WHEN '
            'OLD.search_text <> NEW.search_text OR OLD.id <> NEW.id BEGIN INSERT INTO '
            "customer_search(customer_search, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text); "
            'INSERT INTO customer_search(rowid, search_text) VALUES (NEW.id, NEW.search_text); END',
            "INSERT INTO customer_search(customer_search) VALUES ('rebuild')"],
 'postgresql': ['CREATE EXTENSION IF NOT EXISTS pg_trgm',
                'CREATE INDEX ix_customer_search_text ON customer USING gin (search_text gin_trgm_ops) WITH '
                '(gin_pending_list_limit = 512)',
                'ALTER TABLE customer ALTER COLUMN search_text SET STATISTICS 500']}
FORGET_SEARCH = {'sqlite': ['DROP TRIGGER IF EXISTS customer_search_insert',
            'DROP TRIGGER IF EXISTS customer_search_delete',
            'DROP TRIGGER IF EXISTS customer_search_update',
            'DROP TABLE IF EXISTS customer_search'],
 'postgresql': ['DROP INDEX IF EXISTS ix_customer_search_text',
                'ALTER TABLE customer ALTER COLUMN search_text SET STATISTICS -1']}
"""The index of the search, as it was when this revision was written."""


def run_all(statements):
    for statement in statements[op.get_bind().dialect.name]:
        op.execute(sa.DDL(statement.replace("%", "%%")))


def allow_states(batch_op, allowed):
    batch_op.drop_constraint(op.f('ck_customer_state'), type_='check')
    batch_op.create_check_constraint(op.f('ck_customer_state'), allowed)


def widen_customer():
    with op.batch_alter_table('customer', schema=None) as batch_op:
        allow_states(batch_op, WIDE)
        batch_op.add_column(sa.Column('name_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), server_default='', nullable=False))
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('active_on', sa.Date(), server_default=sa.text('CURRENT_DATE'), nullable=False))
        batch_op.create_index('ix_customer_kind_name_key_state_id', ['kind', 'name_key', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index('ix_customer_state_active_on_id', ['state', 'active_on', 'id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_customer_merged_into_id_customer'), 'customer', ['merged_into_id'], ['id'])

    day = "substr(changed_at, 1, 10)" if op.get_bind().dialect.name == "sqlite" else "CAST(changed_at AS DATE)"
    op.execute(f"UPDATE customer SET active_on = {day}")
    run_all(MAKE_SEARCH)


def narrow_customer():
    run_all(FORGET_SEARCH)
    op.execute("UPDATE customer SET state = 'archived' WHERE state NOT IN ('active', 'archived')")
    with op.batch_alter_table('customer', schema=None) as batch_op:
        allow_states(batch_op, NARROW)
        batch_op.drop_constraint(batch_op.f('fk_customer_merged_into_id_customer'), type_='foreignkey')
        batch_op.drop_index('ix_customer_state_active_on_id')
        batch_op.drop_index(batch_op.f('ix_customer_merged_into_id'))
        batch_op.drop_index('ix_customer_kind_name_key_state_id')
        batch_op.drop_column('active_on')
        batch_op.drop_column('merged_into_id')
        batch_op.drop_column('name_key')


def upgrade() -> None:
    op.create_table('likeness_sweep',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_likeness_sweep'))
    )
    op.create_table('statistic',
    sa.Column('subject', sa.String(length=30), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_statistic'))
    )
    op.create_table('collection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'ended') = (outcome IS NOT NULL AND ended_on IS NOT NULL)", name=op.f('ck_collection_ended')),
    sa.CheckConstraint("outcome IN ('paid', 'withdrawn', 'written_off')", name=op.f('ck_collection_outcome')),
    sa.CheckConstraint("state IN ('reminder', 'demand', 'agency', 'court', 'ended')", name=op.f('ck_collection_state')),
    sa.ForeignKeyConstraint(['agency_id'], ['recipient.id'], name=op.f('fk_collection_agency_id_recipient')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_collection_customer_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection'))
    )
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index('ix_collection_customer_id_state', ['customer_id', 'state'], unique=False)

    op.create_table('contact_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("channel IN ('letter', 'visit', 'phone', 'email', 'other')", name=op.f('ck_contact_note_channel')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_contact_note_customer_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_contact_note_ended_by_id_user')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user.id'], name=op.f('fk_contact_note_entered_by_id_user')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_contact_note_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_note'))
    )
    with op.batch_alter_table('contact_note', schema=None) as batch_op:
        batch_op.create_index('ix_contact_note_customer_id_happened_on_id', ['customer_id', 'happened_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_note_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_note_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_note_source_id'), ['source_id'], unique=False)

    op.create_table('credit_application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('granted', sa.BigInteger(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'granted') = (granted IS NOT NULL)", name=op.f('ck_credit_application_granted')),
    sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f('ck_credit_application_ended')),
    sa.CheckConstraint("state IN ('open', 'granted', 'refused', 'withdrawn')", name=op.f('ck_credit_application_state')),
    sa.CheckConstraint("state NOT IN ('granted', 'refused') OR decided_by_id IS NOT NULL", name=op.f('ck_credit_application_decided')),
    sa.CheckConstraint('amount > 0 AND (granted IS NULL OR granted > 0)', name=op.f('ck_credit_application_sums')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_credit_application_customer_id_customer')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_credit_application_decided_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_application'))
    )
    with op.batch_alter_table('credit_application', schema=None) as batch_op:
        batch_op.create_index('ix_credit_application_customer_id_applied_on', ['customer_id', 'applied_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_credit_application_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index('ix_credit_application_state_applied_on_id', ['state', 'applied_on', 'id'], unique=False)

    op.create_table('customer_export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('selection', sa.String(length=20), nullable=False),
    sa.Column('file_kind', sa.String(length=10), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_customer_export_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_export'))
    )
    with op.batch_alter_table('customer_export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_export_by_id'), ['by_id'], unique=False)

    op.create_table('customer_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('dropped_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_customer_merge_by_id_user')),
    sa.ForeignKeyConstraint(['dropped_id'], ['customer.id'], name=op.f('fk_customer_merge_dropped_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_id'], ['customer.id'], name=op.f('fk_customer_merge_kept_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_customer_merge_undone_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_merge'))
    )
    with op.batch_alter_table('customer_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_merge_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_merge_dropped_id'), ['dropped_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_merge_undone_by_id'), ['undone_by_id'], unique=False)

    op.create_table('customer_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20).with_variant(sa.String(length=20, collation='C'), 'postgresql'), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('cancelled_on', sa.Date(), nullable=True),
    sa.Column('cancel_reason', sa.String(length=20), nullable=False),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'cancelled') = (cancel_reason <> '')", name=op.f('ck_customer_order_reason')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_on IS NOT NULL)", name=op.f('ck_customer_order_cancelled')),
    sa.CheckConstraint("(state = 'delivered') = (delivered_on IS NOT NULL)", name=op.f('ck_customer_order_delivered')),
    sa.CheckConstraint("archived_on IS NULL OR state IN ('delivered', 'cancelled')", name=op.f('ck_customer_order_archived')),
    sa.CheckConstraint("state IN ('quote', 'cancelled') OR ordered_on IS NOT NULL", name=op.f('ck_customer_order_ordered')),
    sa.CheckConstraint("state IN ('quote', 'ordered', 'confirmed', 'delivered', 'cancelled')", name=op.f('ck_customer_order_state')),
    sa.CheckConstraint('total BETWEEN 0 AND 10000000000', name=op.f('ck_customer_order_total')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_customer_order_customer_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_order')),
    sa.UniqueConstraint('number', name=op.f('uq_customer_order_number'))
    )
    with op.batch_alter_table('customer_order', schema=None) as batch_op:
        batch_op.create_index('ix_customer_order_archive', ['opened_on', 'id'], unique=False, sqlite_where=sa.text('archived_on IS NOT NULL'), postgresql_where=sa.text('archived_on IS NOT NULL'))
        batch_op.create_index('ix_customer_order_customer', ['customer_id', 'opened_on', 'id'], unique=False)
        batch_op.create_index('ix_customer_order_live', ['opened_on', 'id'], unique=False, sqlite_where=sa.text('archived_on IS NULL'), postgresql_where=sa.text('archived_on IS NULL'))
        batch_op.create_index('ix_customer_order_live_state', ['state', 'opened_on', 'id'], unique=False, sqlite_where=sa.text('archived_on IS NULL'), postgresql_where=sa.text('archived_on IS NULL'))

    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file_kind', sa.String(length=10), nullable=False),
    sa.Column('encoding', sa.String(length=20), nullable=False),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('row_count', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name_order', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('mapping', 'checking', 'ready', 'entering', 'done', 'cancelling', 'cancelled')", name=op.f('ck_import_batch_state')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_import_batch_by_id_user')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_import_batch_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_source_id'), ['source_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_batch_state'), ['state'], unique=False)

    op.create_table('import_mapping',
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('name_order', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_import_mapping_source_id_source'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('source_id', name=op.f('pk_import_mapping'))
    )
    op.create_table('invoice_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('columns', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('created', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('proposed', 'applied')", name=op.f('ck_invoice_import_state')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_invoice_import_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice_import'))
    )
    with op.batch_alter_table('invoice_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invoice_import_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_import_state'), ['state'], unique=False)

    op.create_table('likeness',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lower_id', sa.Integer(), nullable=False),
    sa.Column('higher_id', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.String(length=100), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('dismissed_because', sa.String(length=20), nullable=False),
    sa.Column('dismissed_by_id', sa.Integer(), nullable=True),
    sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('open', 'dismissed', 'merged')", name=op.f('ck_likeness_state')),
    sa.CheckConstraint('lower_id < higher_id', name=op.f('ck_likeness_in_order')),
    sa.ForeignKeyConstraint(['dismissed_by_id'], ['user.id'], name=op.f('fk_likeness_dismissed_by_id_user')),
    sa.ForeignKeyConstraint(['higher_id'], ['customer.id'], name=op.f('fk_likeness_higher_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lower_id'], ['customer.id'], name=op.f('fk_likeness_lower_id_customer'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_likeness')),
    sa.UniqueConstraint('lower_id', 'higher_id', name=op.f('uq_likeness_lower_id_higher_id'))
    )
    with op.batch_alter_table('likeness', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_likeness_dismissed_by_id'), ['dismissed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_likeness_higher_id'), ['higher_id'], unique=False)
        batch_op.create_index('ix_likeness_state_score_id', ['state', 'score', 'id'], unique=False)

    op.create_table('representation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('organisation_name', sa.String(length=200), nullable=False),
    sa.Column('match', sa.String(length=300), nullable=False),
    sa.Column('role', sa.String(length=100), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_reason', sa.String(length=200), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_representation_ended_by_id_user')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user.id'], name=op.f('fk_representation_entered_by_id_user')),
    sa.ForeignKeyConstraint(['organisation_id'], ['customer.id'], name=op.f('fk_representation_organisation_id_customer'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['customer.id'], name=op.f('fk_representation_person_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['replaces_id'], ['representation.id'], name=op.f('fk_representation_replaces_id_representation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_representation_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_representation'))
    )
    with op.batch_alter_table('representation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_representation_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representation_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representation_match'), ['match'], unique=False)
        batch_op.create_index('ix_representation_organisation_id_ended_at', ['organisation_id', 'ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_representation_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representation_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representation_source_id'), ['source_id'], unique=False)

    op.create_table('collection_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('collection_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('step_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('reminder', 'demand', 'agency', 'court', 'ended')", name=op.f('ck_collection_step_state')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_collection_step_by_id_user')),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collection_step_collection_id_collection'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection_step'))
    )
    with op.batch_alter_table('collection_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_step_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_collection_step_collection_id'), ['collection_id'], unique=False)

    op.create_table('import_piece',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('rows', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_piece_batch_id_import_batch'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('batch_id', 'number', name=op.f('pk_import_piece'))
    )
    op.create_table('import_row',
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('fate', sa.String(length=10), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('customer_version', sa.Integer(), nullable=True),
    sa.Column('decision', sa.String(length=10), nullable=False),
    sa.Column('result', sa.String(length=10), nullable=False),
    sa.CheckConstraint("fate IN ('new', 'same', 'changed', 'doubtful', 'refused')", name=op.f('ck_import_row_fate')),
    sa.CheckConstraint("result IN ('', 'incoming', 'entered', 'changed', 'skipped', 'stale')", name=op.f('ck_import_row_result')),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_import_row_batch_id_import_batch'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_import_row_customer_id_customer'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('batch_id', 'number', name=op.f('pk_import_row'))
    )
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.create_index('ix_import_row_batch_id_fate_number', ['batch_id', 'fate', 'number'], unique=False)
        batch_op.create_index('ix_import_row_batch_id_key', ['batch_id', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_row_customer_id'), ['customer_id'], unique=False)

    op.create_table('invoice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('invoiced_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paid', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('credited_on', sa.Date(), nullable=True),
    sa.Column('written_off_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('collection_id', sa.Integer(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'credited') = (credited_on IS NOT NULL)", name=op.f('ck_invoice_credited')),
    sa.CheckConstraint("state <> 'paid' OR (paid >= amount AND paid_on IS NOT NULL)", name=op.f('ck_invoice_paid')),
    sa.CheckConstraint("state = 'open' OR (collection_id IS NULL AND written_off_on IS NULL)", name=op.f('ck_invoice_settled')),
    sa.CheckConstraint("state IN ('open', 'paid', 'credited')", name=op.f('ck_invoice_state')),
    sa.CheckConstraint('amount > 0 AND paid >= 0', name=op.f('ck_invoice_sums')),
    sa.CheckConstraint('due_on >= invoiced_on', name=op.f('ck_invoice_due')),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_invoice_collection_id_collection')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_invoice_customer_id_customer')),
    sa.ForeignKeyConstraint(['import_id'], ['invoice_import.id'], name=op.f('fk_invoice_import_id_invoice_import')),
    sa.ForeignKeyConstraint(['order_id'], ['customer_order.id'], name=op.f('fk_invoice_order_id_customer_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('number', name=op.f('uq_invoice_number'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index('ix_invoice_collected_due_on_id', ['due_on', 'id'], unique=False, sqlite_where=sa.text('collection_id IS NOT NULL'), postgresql_where=sa.text('collection_id IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_invoice_collection_id'), ['collection_id'], unique=False)
        batch_op.create_index('ix_invoice_customer_id_invoiced_on_id', ['customer_id', 'invoiced_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_import_id'), ['import_id'], unique=False)
        batch_op.create_index('ix_invoice_invoiced_on_id', ['invoiced_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invoice_order_id'), ['order_id'], unique=False)
        batch_op.create_index('ix_invoice_state_due_on_id', ['state', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_invoice_waiting', ['state', 'collection_id', 'written_off_on', 'due_on', 'id'], unique=False)

    op.create_table('order_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("what IN ('quote', 'ordered', 'confirmed', 'delivered', 'cancelled', 'lines', 'archived', 'restored')", name=op.f('ck_order_event_what')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_order_event_by_id_user')),
    sa.ForeignKeyConstraint(['order_id'], ['customer_order.id'], name=op.f('fk_order_event_order_id_customer_order'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_event'))
    )
    with op.batch_alter_table('order_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_order_event_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_order_event_order_id'), ['order_id'], unique=False)

    op.create_table('order_line',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('product', sa.String(length=200), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=10), nullable=False),
    sa.Column('unit_price', sa.Integer(), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_order_line_quantity')),
    sa.ForeignKeyConstraint(['order_id'], ['customer_order.id'], name=op.f('fk_order_line_order_id_customer_order'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('order_id', 'position', name=op.f('pk_order_line'))
    )
    op.create_table('collected_invoice',
    sa.Column('collection_id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collected_invoice_collection_id_collection'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_collected_invoice_invoice_id_invoice'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('collection_id', 'invoice_id', name=op.f('pk_collected_invoice'))
    )
    with op.batch_alter_table('collected_invoice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collected_invoice_invoice_id'), ['invoice_id'], unique=False)

    op.create_table('hand_over',
    sa.Column('disclosure_id', sa.Integer(), nullable=False),
    sa.Column('invoice_id', sa.Integer(), nullable=True),
    sa.Column('collection_id', sa.Integer(), nullable=True),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(invoice_id IS NOT NULL AND collection_id IS NULL AND application_id IS NULL) OR (invoice_id IS NULL AND collection_id IS NOT NULL AND application_id IS NULL) OR (invoice_id IS NULL AND collection_id IS NULL AND application_id IS NOT NULL)', name=op.f('ck_hand_over_one_reason')),
    sa.ForeignKeyConstraint(['application_id'], ['credit_application.id'], name=op.f('fk_hand_over_application_id_credit_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_hand_over_collection_id_collection'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['disclosure_id'], ['disclosure.id'], name=op.f('fk_hand_over_disclosure_id_disclosure'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_hand_over_invoice_id_invoice'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('disclosure_id', name=op.f('pk_hand_over'))
    )
    with op.batch_alter_table('hand_over', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hand_over_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hand_over_collection_id'), ['collection_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hand_over_invoice_id'), ['invoice_id'], unique=False)

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_subject'))
        batch_op.create_index('ix_audit_event_subject_event', ['subject', 'event'], unique=False)

    widen_customer()

    with op.batch_alter_table('datum', schema=None) as batch_op:
        batch_op.add_column(sa.Column('use', sa.String(length=20), server_default='', nullable=False))
        batch_op.add_column(sa.Column('valid_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('valid_until', sa.Date(), nullable=True))

    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('financial_year_end', sa.String(length=6), server_default='31.12.', nullable=False))
        batch_op.add_column(sa.Column('archive_after_years', sa.Integer(), server_default='3', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.drop_column('archive_after_years')
        batch_op.drop_column('financial_year_end')

    with op.batch_alter_table('datum', schema=None) as batch_op:
        batch_op.drop_column('valid_until')
        batch_op.drop_column('valid_from')
        batch_op.drop_column('use')

    narrow_customer()

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_event_subject_event')
        batch_op.create_index(batch_op.f('ix_audit_event_subject'), ['subject'], unique=False)

    with op.batch_alter_table('hand_over', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hand_over_invoice_id'))
        batch_op.drop_index(batch_op.f('ix_hand_over_collection_id'))
        batch_op.drop_index(batch_op.f('ix_hand_over_application_id'))

    op.drop_table('hand_over')
    with op.batch_alter_table('collected_invoice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collected_invoice_invoice_id'))

    op.drop_table('collected_invoice')
    op.drop_table('order_line')
    with op.batch_alter_table('order_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_order_event_order_id'))
        batch_op.drop_index(batch_op.f('ix_order_event_by_id'))

    op.drop_table('order_event')
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index('ix_invoice_waiting')
        batch_op.drop_index('ix_invoice_state_due_on_id')
        batch_op.drop_index(batch_op.f('ix_invoice_order_id'))
        batch_op.drop_index('ix_invoice_invoiced_on_id')
        batch_op.drop_index(batch_op.f('ix_invoice_import_id'))
        batch_op.drop_index('ix_invoice_customer_id_invoiced_on_id')
        batch_op.drop_index(batch_op.f('ix_invoice_collection_id'))
        batch_op.drop_index('ix_invoice_collected_due_on_id', sqlite_where=sa.text('collection_id IS NOT NULL'), postgresql_where=sa.text('collection_id IS NOT NULL'))

    op.drop_table('invoice')
    with op.batch_alter_table('import_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_row_customer_id'))
        batch_op.drop_index('ix_import_row_batch_id_key')
        batch_op.drop_index('ix_import_row_batch_id_fate_number')

    op.drop_table('import_row')
    op.drop_table('import_piece')
    with op.batch_alter_table('collection_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collection_step_collection_id'))
        batch_op.drop_index(batch_op.f('ix_collection_step_by_id'))

    op.drop_table('collection_step')
    with op.batch_alter_table('representation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_representation_source_id'))
        batch_op.drop_index(batch_op.f('ix_representation_replaces_id'))
        batch_op.drop_index(batch_op.f('ix_representation_person_id'))
        batch_op.drop_index('ix_representation_organisation_id_ended_at')
        batch_op.drop_index(batch_op.f('ix_representation_match'))
        batch_op.drop_index(batch_op.f('ix_representation_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_representation_ended_by_id'))

    op.drop_table('representation')
    with op.batch_alter_table('likeness', schema=None) as batch_op:
        batch_op.drop_index('ix_likeness_state_score_id')
        batch_op.drop_index(batch_op.f('ix_likeness_higher_id'))
        batch_op.drop_index(batch_op.f('ix_likeness_dismissed_by_id'))

    op.drop_table('likeness')
    with op.batch_alter_table('invoice_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invoice_import_state'))
        batch_op.drop_index(batch_op.f('ix_invoice_import_by_id'))

    op.drop_table('invoice_import')
    op.drop_table('import_mapping')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_state'))
        batch_op.drop_index(batch_op.f('ix_import_batch_source_id'))
        batch_op.drop_index(batch_op.f('ix_import_batch_sha256'))
        batch_op.drop_index(batch_op.f('ix_import_batch_by_id'))

    op.drop_table('import_batch')
    with op.batch_alter_table('customer_order', schema=None) as batch_op:
        batch_op.drop_index('ix_customer_order_live_state', sqlite_where=sa.text('archived_on IS NULL'), postgresql_where=sa.text('archived_on IS NULL'))
        batch_op.drop_index('ix_customer_order_live', sqlite_where=sa.text('archived_on IS NULL'), postgresql_where=sa.text('archived_on IS NULL'))
        batch_op.drop_index('ix_customer_order_customer')
        batch_op.drop_index('ix_customer_order_archive', sqlite_where=sa.text('archived_on IS NOT NULL'), postgresql_where=sa.text('archived_on IS NOT NULL'))

    op.drop_table('customer_order')
    with op.batch_alter_table('customer_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_customer_merge_undone_by_id'))
        batch_op.drop_index(batch_op.f('ix_customer_merge_kept_id'))
        batch_op.drop_index(batch_op.f('ix_customer_merge_dropped_id'))
        batch_op.drop_index(batch_op.f('ix_customer_merge_by_id'))

    op.drop_table('customer_merge')
    with op.batch_alter_table('customer_export', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_customer_export_by_id'))

    op.drop_table('customer_export')
    with op.batch_alter_table('credit_application', schema=None) as batch_op:
        batch_op.drop_index('ix_credit_application_state_applied_on_id')
        batch_op.drop_index(batch_op.f('ix_credit_application_decided_by_id'))
        batch_op.drop_index('ix_credit_application_customer_id_applied_on')

    op.drop_table('credit_application')
    with op.batch_alter_table('contact_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_note_source_id'))
        batch_op.drop_index(batch_op.f('ix_contact_note_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_contact_note_ended_by_id'))
        batch_op.drop_index('ix_contact_note_customer_id_happened_on_id')

    op.drop_table('contact_note')
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.drop_index('ix_collection_customer_id_state')
        batch_op.drop_index(batch_op.f('ix_collection_agency_id'))

    op.drop_table('collection')
    op.drop_table('statistic')
    op.drop_table('likeness_sweep')
