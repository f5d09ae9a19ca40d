"""the rooms of the first release"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


GUARDS = {'sqlite': ['CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '
            "'Käsittelylokin riviä ei muuteta eikä poisteta.'); END",
            'CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '
            "'Käsittelylokin riviä ei muuteta eikä poisteta.'); END",
            'CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM '
            "audit_event WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'Käsittelylokin riviä ei muuteta eikä "
            "poisteta.'); END",
            'CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, '
            "'Käsittelylokin loppu siirtyy vain eteenpäin.'); END",
            'CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head WHEN NEW.seq <= OLD.seq BEGIN SELECT '
            "RAISE(ABORT, 'Käsittelylokin loppu siirtyy vain eteenpäin.'); END"],
 'postgresql': ['CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE '
                'EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$',
                'CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE '
                "FUNCTION audit_refuse('Käsittelylokin riviä ei muuteta eikä poisteta.')",
                'CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE '
                "FUNCTION audit_refuse('Käsittelylokin riviä ei muuteta eikä poisteta.')",
                'CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION '
                "audit_refuse('Käsittelylokin loppu siirtyy vain eteenpäin.')",
                'CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.seq <= '
                "OLD.seq) EXECUTE FUNCTION audit_refuse('Käsittelylokin loppu siirtyy vain eteenpäin.')",
                'CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE '
                "FUNCTION audit_refuse('Käsittelylokin loppu siirtyy vain eteenpäin.')"]}
"""Triggers of the processing log, as they were when this revision was written."""


def upgrade() -> None:
    op.create_table('audit_event',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_event'), ['event'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_subject'), ['subject'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('customer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('display_name', sa.String(length=300), nullable=False),
    sa.Column('sort_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('represents', sa.String(length=200), nullable=False),
    sa.Column('contact', sa.String(length=400), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f('ck_customer_kind')),
    sa.CheckConstraint("state IN ('active', 'archived')", name=op.f('ck_customer_state')),
    sa.ForeignKeyConstraint(['organisation_id'], ['customer.id'], name=op.f('fk_customer_organisation_id_customer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer'))
    )
    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.create_index('ix_customer_organisation_id_sort_key_id', ['organisation_id', 'sort_key', 'id'], unique=False)
        batch_op.create_index('ix_customer_sort_key_id', ['sort_key', 'id'], unique=False)
        batch_op.create_index('ix_customer_state_sort_key_id', ['state', 'sort_key', 'id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('addressee', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('issued_by_name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('way', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'posted') = (posted_on IS NOT NULL)", name=op.f('ck_document_posted_has_a_day')),
    sa.CheckConstraint("state IN ('waiting', 'posted', 'impossible', 'not_mailed')", name=op.f('ck_document_known_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('number', name=op.f('uq_document_number'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index('ix_document_state_id', ['state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_subject'), ['subject'], unique=False)

    op.create_table('first_link',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_first_link'))
    )
    op.create_table('number_series',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'year', name=op.f('pk_number_series'))
    )
    op.create_table('recipient',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sort_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('city', sa.String(length=100), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('transfer_need', sa.Text(), nullable=False),
    sa.Column('transfer_safeguard', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("role IN ('processor', 'controller', 'authority')", name=op.f('ck_recipient_role')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipient'))
    )
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipient_sort_key'), ['sort_key'], unique=False)

    op.create_table('scan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=150), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.Column('uploaded_by_name', sa.String(length=200), nullable=False),
    sa.Column('has_preview', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('pdf', 'jpeg', 'png')", name=op.f('ck_scan_known_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan'))
    )
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_subject'), ['subject'], unique=False)

    op.create_table('settings',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('company_name', sa.String(length=200), nullable=False),
    sa.Column('business_id', sa.String(length=9), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('postcode', sa.String(length=5), nullable=False),
    sa.Column('city', sa.String(length=100), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('contact_name', sa.String(length=200), nullable=False),
    sa.Column('contact_street', sa.String(length=200), nullable=False),
    sa.Column('contact_postcode', sa.String(length=5), nullable=False),
    sa.Column('contact_city', sa.String(length=100), nullable=False),
    sa.Column('contact_phone', sa.String(length=40), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('owner_name', sa.String(length=200), nullable=False),
    sa.Column('owner_title', sa.String(length=100), nullable=False),
    sa.Column('register_name', sa.String(length=100), nullable=False),
    sa.Column('place', sa.String(length=100), nullable=False),
    sa.Column('ombudsman_name', sa.String(length=200), nullable=False),
    sa.Column('ombudsman_street', sa.String(length=200), nullable=False),
    sa.Column('ombudsman_postcode', sa.String(length=5), nullable=False),
    sa.Column('ombudsman_city', sa.String(length=100), nullable=False),
    sa.Column('ombudsman_visit', sa.String(length=200), nullable=False),
    sa.Column('ombudsman_phone', sa.String(length=40), nullable=False),
    sa.Column('ombudsman_email', sa.String(length=254), nullable=False),
    sa.Column('ombudsman_web', sa.String(length=200), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_settings_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settings'))
    )
    op.create_table('sign_in_throttle',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_throttle'))
    )
    with op.batch_alter_table('sign_in_throttle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_throttle_last_at'), ['last_at'], unique=False)

    op.create_table('source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sort_key', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('city', sa.String(length=100), nullable=False),
    sa.Column('country', sa.String(length=100), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('self', 'own', 'partner', 'fair', 'other')", name=op.f('ck_source_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source')),
    sa.UniqueConstraint('key', name=op.f('uq_source_key'))
    )
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_source_sort_key'), ['sort_key'], unique=False)

    op.create_table('submission',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('location', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_submission'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=60), nullable=False),
    sa.Column('full_name', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.Column('employer', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('password_set_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('username', name=op.f('uq_user_username'))
    )
    op.create_table('case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=False),
    sa.Column('received_by', sa.String(length=200), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('request_dated_on', sa.Date(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('requester_name', sa.String(length=200), nullable=False),
    sa.Column('requester_street', sa.String(length=200), nullable=False),
    sa.Column('requester_postcode', sa.String(length=20), nullable=False),
    sa.Column('requester_city', sa.String(length=100), nullable=False),
    sa.Column('requester_country', sa.String(length=100), nullable=False),
    sa.Column('requester_email', sa.String(length=254), nullable=False),
    sa.Column('requester_role', sa.String(length=20), nullable=False),
    sa.Column('mandate', sa.String(length=10), nullable=True),
    sa.Column('signature', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('person_state', sa.String(length=20), nullable=False),
    sa.Column('identity_method', sa.String(length=30), nullable=True),
    sa.Column('identity_checked_on', sa.Date(), nullable=True),
    sa.Column('identity_checked_by_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('extended_due_on', sa.Date(), nullable=True),
    sa.Column('extension_ground', sa.String(length=20), nullable=True),
    sa.Column('extension_reason', sa.Text(), nullable=False),
    sa.Column('deadline', sa.Date(), sa.Computed('coalesce(extended_due_on, due_on)', persisted=True), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_channel', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(person_state = 'found') = (customer_id IS NOT NULL)", name=op.f('ck_case_person_found')),
    sa.CheckConstraint("channel IN ('letter', 'visit', 'email', 'phone', 'own_initiative')", name=op.f('ck_case_channel')),
    sa.CheckConstraint("extension_ground IN ('complexity', 'number')", name=op.f('ck_case_extension_ground')),
    sa.CheckConstraint("identity_method IN ('not_needed', 'known_address', 'known_email', 'call_back', 'details', 'known_person', 'passport', 'id_card', 'driving_licence', 'strong')", name=op.f('ck_case_identity_method')),
    sa.CheckConstraint("person_state IN ('open', 'found', 'not_found')", name=op.f('ck_case_person_state')),
    sa.CheckConstraint("requester_role IN ('self', 'agent', 'guardian')", name=op.f('ck_case_requester_role')),
    sa.CheckConstraint("signature IN ('signed', 'unsigned', 'not_applicable')", name=op.f('ck_case_signature')),
    sa.CheckConstraint("state IN ('registered', 'in_review', 'decided', 'closed', 'withdrawn')", name=op.f('ck_case_state')),
    sa.CheckConstraint("withdrawn_channel IN ('letter', 'visit', 'email', 'phone')", name=op.f('ck_case_withdrawn_channel')),
    sa.CheckConstraint('extended_on IS NULL OR length(extension_reason) > 0', name=op.f('ck_case_extension_has_reason')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_case_customer_id_customer')),
    sa.ForeignKeyConstraint(['identity_checked_by_id'], ['user.id'], name=op.f('fk_case_identity_checked_by_id_user')),
    sa.ForeignKeyConstraint(['registered_by_id'], ['user.id'], name=op.f('fk_case_registered_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('number', name=op.f('uq_case_number'))
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_identity_checked_by_id'), ['identity_checked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_received_on'), ['received_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_registered_by_id'), ['registered_by_id'], unique=False)
        batch_op.create_index('ix_case_state_closed_on', ['state', 'closed_on'], unique=False)
        batch_op.create_index('ix_case_state_deadline', ['state', 'deadline'], unique=False)

    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=100), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revoked_reason', sa.String(length=500), nullable=False),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_commitment_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user.id'], name=op.f('fk_commitment_revoked_by_id_user')),
    sa.ForeignKeyConstraint(['scan_id'], ['scan.id'], name=op.f('fk_commitment_scan_id_scan')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_commitment_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment'))
    )
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_recorded_by_id'), ['recorded_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_revoked_by_id'), ['revoked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_scan_id'), ['scan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_user_id'), ['user_id'], unique=False)

    op.create_table('datum',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('match', sa.String(length=300), nullable=True),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_reason', sa.String(length=200), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_datum_customer_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_datum_ended_by_id_user')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['user.id'], name=op.f('fk_datum_entered_by_id_user')),
    sa.ForeignKeyConstraint(['replaces_id'], ['datum.id'], name=op.f('fk_datum_replaces_id_datum'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_datum_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_datum'))
    )
    with op.batch_alter_table('datum', schema=None) as batch_op:
        batch_op.create_index('ix_datum_customer_id_ended_at', ['customer_id', 'ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_datum_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_datum_entered_by_id'), ['entered_by_id'], unique=False)
        batch_op.create_index('ix_datum_field_match', ['field', 'match'], unique=False)
        batch_op.create_index(batch_op.f('ix_datum_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_datum_source_id'), ['source_id'], unique=False)

    op.create_table('disclosure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('disclosed_on', sa.Date(), nullable=False),
    sa.Column('purpose', sa.String(length=500), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("ground IN ('credit', 'collection', 'billing', 'added_value', 'law', 'technical', 'other')", name=op.f('ck_disclosure_ground')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_disclosure_by_id_user')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_disclosure_customer_id_customer')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_disclosure_recipient_id_recipient')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure'))
    )
    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disclosure_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_disclosure_customer_id_disclosed_on', ['customer_id', 'disclosed_on'], unique=False)
        batch_op.create_index('ix_disclosure_disclosed_on_id', ['disclosed_on', 'id'], unique=False)
        batch_op.create_index('ix_disclosure_recipient_id_disclosed_on', ['recipient_id', 'disclosed_on'], unique=False)

    op.create_table('document_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('way', sa.String(length=20), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_mark_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_mark'))
    )
    with op.batch_alter_table('document_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_mark_document_id'), ['document_id'], unique=False)

    op.create_table('document_print',
    sa.Column('document_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_print_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_document_print'))
    )
    op.create_table('document_source',
    sa.Column('document_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_source_document_id_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_document_source'))
    )
    op.create_table('notice_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('change_note', sa.String(length=1000), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state in ('draft', 'published')", name=op.f('ck_notice_version_state')),
    sa.CheckConstraint('valid_until is null or valid_until >= valid_from', name=op.f('ck_notice_version_valid_until')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_notice_version_document_id_document')),
    sa.ForeignKeyConstraint(['published_by_id'], ['user.id'], name=op.f('fk_notice_version_published_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_version')),
    sa.UniqueConstraint('number', name=op.f('uq_notice_version_number'))
    )
    with op.batch_alter_table('notice_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_version_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_version_published_by_id'), ['published_by_id'], unique=False)
        batch_op.create_index('uq_notice_version_one_draft', ['state'], unique=True, sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))

    op.create_table('scan_content',
    sa.Column('scan_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['scan_id'], ['scan.id'], name=op.f('fk_scan_content_scan_id_scan')),
    sa.PrimaryKeyConstraint('scan_id', name=op.f('pk_scan_content'))
    )
    op.create_table('scan_preview',
    sa.Column('scan_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['scan_id'], ['scan.id'], name=op.f('fk_scan_preview_scan_id_scan')),
    sa.PrimaryKeyConstraint('scan_id', name=op.f('pk_scan_preview'))
    )
    op.create_table('user_role',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.CheckConstraint("role IN ('lukija', 'kasittelija', 'vastuuhenkilo', 'paakayttaja')", name=op.f('ck_user_role_role')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_role_user_id_user')),
    sa.PrimaryKeyConstraint('user_id', 'role', name=op.f('pk_user_role'))
    )
    op.create_table('user_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_reason', sa.String(length=20), nullable=False),
    sa.Column('browser', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_session_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_user_session_token_hash'))
    )
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_session_user_id'), ['user_id'], unique=False)

    op.create_table('case_matter',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_matter_case_id_case')),
    sa.PrimaryKeyConstraint('case_id', 'kind', name=op.f('pk_case_matter'))
    )
    op.create_table('disclosed_datum',
    sa.Column('disclosure_id', sa.Integer(), nullable=False),
    sa.Column('datum_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['datum_id'], ['datum.id'], name=op.f('fk_disclosed_datum_datum_id_datum'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['disclosure_id'], ['disclosure.id'], name=op.f('fk_disclosed_datum_disclosure_id_disclosure'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('disclosure_id', 'datum_id', name=op.f('pk_disclosed_datum'))
    )
    with op.batch_alter_table('disclosed_datum', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disclosed_datum_datum_id'), ['datum_id'], unique=False)

    op.create_table('notice_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=True),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('automatic', sa.Boolean(), nullable=False),
    sa.Column('hide_if_empty', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['notice_version.id'], name=op.f('fk_notice_section_version_id_notice_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_section')),
    sa.UniqueConstraint('version_id', 'key', name=op.f('uq_notice_section_version_id_key'))
    )
    with op.batch_alter_table('notice_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_section_version_id'), ['version_id'], unique=False)

    op.create_table('rectification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_rectification_case_id_case')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name=op.f('fk_rectification_issued_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification')),
    sa.UniqueConstraint('case_id', name=op.f('uq_rectification_case_id'))
    )
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rectification_issued_by_id'), ['issued_by_id'], unique=False)

    op.create_table('request_form',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('printed_by_id', sa.Integer(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_request_form_case_id_case')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_request_form_customer_id_customer')),
    sa.ForeignKeyConstraint(['printed_by_id'], ['user.id'], name=op.f('fk_request_form_printed_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_form')),
    sa.UniqueConstraint('token', name=op.f('uq_request_form_token'))
    )
    with op.batch_alter_table('request_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_form_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_form_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_form_printed_by_id'), ['printed_by_id'], unique=False)

    op.create_table('rectification_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rectification_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('datum_id', sa.Integer(), nullable=True),
    sa.Column('current_value', sa.Text(), nullable=True),
    sa.Column('requested_value', sa.Text(), nullable=False),
    sa.Column('ground', sa.Text(), nullable=False),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('granted_value', sa.Text(), nullable=True),
    sa.Column('refusal_ground', sa.String(length=20), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('new_datum_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name=op.f('ck_rectification_item_decision')),
    sa.CheckConstraint("decision IS NULL OR decision = 'granted' OR (refusal_ground IS NOT NULL AND length(reasons) > 0)", name=op.f('ck_rectification_item_refusal_has_reasons')),
    sa.CheckConstraint("kind IN ('wrong', 'incomplete', 'outdated', 'unnecessary')", name=op.f('ck_rectification_item_kind')),
    sa.ForeignKeyConstraint(['datum_id'], ['datum.id'], name=op.f('fk_rectification_item_datum_id_datum')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_rectification_item_decided_by_id_user')),
    sa.ForeignKeyConstraint(['new_datum_id'], ['datum.id'], name=op.f('fk_rectification_item_new_datum_id_datum')),
    sa.ForeignKeyConstraint(['rectification_id'], ['rectification.id'], name=op.f('fk_rectification_item_rectification_id_rectification')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification_item'))
    )
    with op.batch_alter_table('rectification_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rectification_item_datum_id'), ['datum_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_item_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_item_decision'), ['decision'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_item_new_datum_id'), ['new_datum_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_item_rectification_id'), ['rectification_id'], unique=False)

    op.create_table('refusal_certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rectification_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_refusal_certificate_document_id_document')),
    sa.ForeignKeyConstraint(['rectification_id'], ['rectification.id'], name=op.f('fk_refusal_certificate_rectification_id_rectification')),
    sa.ForeignKeyConstraint(['replaces_id'], ['refusal_certificate.id'], name=op.f('fk_refusal_certificate_replaces_id_refusal_certificate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refusal_certificate')),
    sa.UniqueConstraint('document_id', name=op.f('uq_refusal_certificate_document_id')),
    sa.UniqueConstraint('number', name=op.f('uq_refusal_certificate_number')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_refusal_certificate_replaces_id'))
    )
    with op.batch_alter_table('refusal_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refusal_certificate_rectification_id'), ['rectification_id'], unique=False)

    op.create_table('rectification_notification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('recipient_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(source_id IS NULL) <> (recipient_id IS NULL)', name=op.f('ck_rectification_notification_one_addressee')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_rectification_notification_document_id_document')),
    sa.ForeignKeyConstraint(['item_id'], ['rectification_item.id'], name=op.f('fk_rectification_notification_item_id_rectification_item')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_rectification_notification_recipient_id_recipient')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_rectification_notification_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification_notification')),
    sa.UniqueConstraint('item_id', 'recipient_id', name=op.f('uq_rectification_notification_item_id_recipient_id')),
    sa.UniqueConstraint('item_id', 'source_id', name=op.f('uq_rectification_notification_item_id_source_id'))
    )
    with op.batch_alter_table('rectification_notification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rectification_notification_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_notification_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_notification_recipient_id'), ['recipient_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_notification_source_id'), ['source_id'], unique=False)
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(sa.DDL(statement.replace("%", "%%")))


def downgrade() -> None:
    with op.batch_alter_table('rectification_notification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rectification_notification_source_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_notification_recipient_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_notification_item_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_notification_document_id'))

    op.drop_table('rectification_notification')
    with op.batch_alter_table('refusal_certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refusal_certificate_rectification_id'))

    op.drop_table('refusal_certificate')
    with op.batch_alter_table('rectification_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rectification_item_rectification_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_item_new_datum_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_item_decision'))
        batch_op.drop_index(batch_op.f('ix_rectification_item_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_item_datum_id'))

    op.drop_table('rectification_item')
    with op.batch_alter_table('request_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_form_printed_by_id'))
        batch_op.drop_index(batch_op.f('ix_request_form_customer_id'))
        batch_op.drop_index(batch_op.f('ix_request_form_case_id'))

    op.drop_table('request_form')
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rectification_issued_by_id'))

    op.drop_table('rectification')
    with op.batch_alter_table('notice_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notice_section_version_id'))

    op.drop_table('notice_section')
    with op.batch_alter_table('disclosed_datum', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_disclosed_datum_datum_id'))

    op.drop_table('disclosed_datum')
    op.drop_table('case_matter')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_user_id'))

    op.drop_table('user_session')
    op.drop_table('user_role')
    op.drop_table('scan_preview')
    op.drop_table('scan_content')
    with op.batch_alter_table('notice_version', schema=None) as batch_op:
        batch_op.drop_index('uq_notice_version_one_draft', sqlite_where=sa.text("state = 'draft'"), postgresql_where=sa.text("state = 'draft'"))
        batch_op.drop_index(batch_op.f('ix_notice_version_published_by_id'))
        batch_op.drop_index(batch_op.f('ix_notice_version_document_id'))

    op.drop_table('notice_version')
    op.drop_table('document_source')
    op.drop_table('document_print')
    with op.batch_alter_table('document_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_mark_document_id'))

    op.drop_table('document_mark')
    with op.batch_alter_table('disclosure', schema=None) as batch_op:
        batch_op.drop_index('ix_disclosure_recipient_id_disclosed_on')
        batch_op.drop_index('ix_disclosure_disclosed_on_id')
        batch_op.drop_index('ix_disclosure_customer_id_disclosed_on')
        batch_op.drop_index(batch_op.f('ix_disclosure_by_id'))

    op.drop_table('disclosure')
    with op.batch_alter_table('datum', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_datum_source_id'))
        batch_op.drop_index(batch_op.f('ix_datum_replaces_id'))
        batch_op.drop_index('ix_datum_field_match')
        batch_op.drop_index(batch_op.f('ix_datum_entered_by_id'))
        batch_op.drop_index(batch_op.f('ix_datum_ended_by_id'))
        batch_op.drop_index('ix_datum_customer_id_ended_at')

    op.drop_table('datum')
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commitment_user_id'))
        batch_op.drop_index(batch_op.f('ix_commitment_scan_id'))
        batch_op.drop_index(batch_op.f('ix_commitment_revoked_by_id'))
        batch_op.drop_index(batch_op.f('ix_commitment_recorded_by_id'))

    op.drop_table('commitment')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index('ix_case_state_deadline')
        batch_op.drop_index('ix_case_state_closed_on')
        batch_op.drop_index(batch_op.f('ix_case_registered_by_id'))
        batch_op.drop_index(batch_op.f('ix_case_received_on'))
        batch_op.drop_index(batch_op.f('ix_case_identity_checked_by_id'))
        batch_op.drop_index(batch_op.f('ix_case_customer_id'))

    op.drop_table('case')
    op.drop_table('user')
    op.drop_table('submission')
    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_source_sort_key'))

    op.drop_table('source')
    with op.batch_alter_table('sign_in_throttle', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_throttle_last_at'))

    op.drop_table('sign_in_throttle')
    op.drop_table('settings')
    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scan_subject'))

    op.drop_table('scan')
    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recipient_sort_key'))

    op.drop_table('recipient')
    op.drop_table('number_series')
    op.drop_table('first_link')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_subject'))
        batch_op.drop_index('ix_document_state_id')

    op.drop_table('document')
    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.drop_index('ix_customer_state_sort_key_id')
        batch_op.drop_index('ix_customer_sort_key_id')
        batch_op.drop_index('ix_customer_organisation_id_sort_key_id')

    op.drop_table('customer')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_subject'))
        batch_op.drop_index(batch_op.f('ix_audit_event_event'))

    op.drop_table('audit_event')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuse()")
