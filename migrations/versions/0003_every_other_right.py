"""every other right"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


PERSON = "person_state IN ('open', 'found', 'not_found')"
PERSON_OR_ERASED = "person_state IN ('open', 'found', 'not_found', 'erased')"


def allow_person_states(batch_op, allowed):
    batch_op.drop_constraint(op.f('ck_case_person_state'), type_='check')
    batch_op.create_check_constraint(op.f('ck_case_person_state'), allowed)


def compute_deadline():
    """SQLite copies a table to change it, and copies no computed column; so it is taken away before, and made again."""
    with op.batch_alter_table('case', schema=None, recreate='auto' if op.get_bind().dialect.name == 'postgresql' else 'always') as batch_op:
        batch_op.add_column(
            sa.Column('deadline', sa.Date(), sa.Computed('coalesce(extended_due_on, due_on)', persisted=True), nullable=True)
        )
    op.create_index('ix_case_state_deadline', 'case', ['state', 'deadline'], unique=False)


def upgrade() -> None:
    op.create_table('anonymous_tally',
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('codes', sa.String(length=80), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('cents', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('people > 0 AND count > 0 AND cents >= 0', name=op.f('ck_anonymous_tally_something')),
    sa.PrimaryKeyConstraint('what', 'period', 'codes', name=op.f('pk_anonymous_tally'))
    )
    op.create_table('erasure_entry',
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.CheckConstraint("kind IN ('erased', 'anonymised')", name=op.f('ck_erasure_entry_kind')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_erasure_entry'))
    )
    with op.batch_alter_table('erasure_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_entry_customer_id'), ['customer_id'], unique=False)

    op.create_table('forgotten_mark',
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('forbidden', sa.Boolean(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_forgotten_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('informing_sweep',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('last_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_informing_sweep'))
    )
    op.create_table('letter_text',
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('opening', sa.String(length=1000), nullable=False),
    sa.Column('closing', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_letter_text'))
    )
    op.create_table('post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('gathered_on', sa.Date(), nullable=False),
    sa.Column('gathered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('gathered_by_id', sa.Integer(), nullable=True),
    sa.Column('gathered_by_name', sa.String(length=200), nullable=False),
    sa.Column('two_sided', sa.Boolean(), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('way', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(posted_on IS NULL) = (way IS NULL)', name=op.f('ck_post_posted_some_way')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post'))
    )
    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_post_gathered_on'), ['gathered_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_post_posted_on'), ['posted_on'], unique=False)

    op.create_table('retention_finding',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('held', sa.Integer(), nullable=False),
    sa.Column('oldest', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_retention_finding'))
    )
    op.create_table('retention_period',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length > 0', name=op.f('ck_retention_period_length')),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_retention_period'))
    )
    op.create_table('informing_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_informing_round_by_id_user')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_informing_round_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_informing_round'))
    )
    with op.batch_alter_table('informing_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_informing_round_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informing_round_source_id'), ['source_id'], unique=False)

    op.create_table('post_letter',
    sa.Column('document_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_post_letter_document_id_document'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_post_letter_post_id_post'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_post_letter'))
    )
    with op.batch_alter_table('post_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_post_letter_post_id'), ['post_id'], unique=False)

    op.create_table('retention_destruction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('destroyed_on', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_retention_destruction_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_destruction'))
    )
    with op.batch_alter_table('retention_destruction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_retention_destruction_by_id'), ['by_id'], unique=False)
        batch_op.create_index('ix_retention_destruction_on_id', ['destroyed_on', 'id'], unique=False)

    op.create_table('access_matter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('hidden_words', sa.Text(), nullable=False),
    sa.Column('paper_findings', sa.Text(), nullable=False),
    sa.Column('supplement', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('access', 'portability')", name=op.f('ck_access_matter_kind')),
    sa.CheckConstraint("outcome IN ('told', 'refused')", name=op.f('ck_access_matter_outcome')),
    sa.CheckConstraint('(outcome IS NULL) = (answered_on IS NULL)', name=op.f('ck_access_matter_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_access_matter_answered_by_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_access_matter_case_id_case')),
    sa.ForeignKeyConstraint(['certificate_id'], ['document.id'], name=op.f('fk_access_matter_certificate_id_document')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_access_matter_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_matter')),
    sa.UniqueConstraint('case_id', 'kind', name=op.f('uq_access_matter_case_id_kind'))
    )
    with op.batch_alter_table('access_matter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_matter_answered_by_id'), ['answered_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_matter_certificate_id'), ['certificate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_matter_document_id'), ['document_id'], unique=False)
        batch_op.create_index('ix_access_matter_outcome_id', ['outcome', 'id'], unique=False)

    op.create_table('case_fee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('costs', sa.Text(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.String(length=10), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("answer IN ('accepted', 'declined')", name=op.f('ck_case_fee_answer')),
    sa.CheckConstraint("ground IN ('unfounded', 'excessive')", name=op.f('ck_case_fee_ground')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_case_fee_amount')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_fee_case_id_case')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_case_fee_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_fee'))
    )
    with op.batch_alter_table('case_fee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_fee_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_fee_document_id'), ['document_id'], unique=False)

    op.create_table('case_pause',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('paused_from', sa.Date(), nullable=False),
    sa.Column('paused_to', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('paused_to IS NULL OR paused_to >= paused_from', name=op.f('ck_case_pause_in_order')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_pause_case_id_case')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_case_pause_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_pause'))
    )
    with op.batch_alter_table('case_pause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_pause_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_pause_document_id'), ['document_id'], unique=False)

    op.create_table('erasure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('refusal_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('erasure', 'anonymisation')", name=op.f('ck_erasure_kind')),
    sa.CheckConstraint("state IN ('open', 'part', 'done', 'refused', 'ended')", name=op.f('ck_erasure_state')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_erasure_case_id_case')),
    sa.ForeignKeyConstraint(['refusal_id'], ['document.id'], name=op.f('fk_erasure_refusal_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('case_id', 'kind', name=op.f('uq_erasure_case_id_kind'))
    )
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_refusal_id'), ['refusal_id'], unique=False)
        batch_op.create_index('ix_erasure_state_next_on', ['state', 'next_on'], unique=False)

    op.create_table('informing_duty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('obtained_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'letter') = (document_id IS NOT NULL)", name=op.f('ck_informing_duty_letter')),
    sa.CheckConstraint("state <> 'told' OR told_on IS NOT NULL", name=op.f('ck_informing_duty_told')),
    sa.CheckConstraint("state IN ('waiting', 'letter', 'told', 'exempt')", name=op.f('ck_informing_duty_state')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_informing_duty_by_id_user')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_informing_duty_customer_id_customer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_informing_duty_document_id_document')),
    sa.ForeignKeyConstraint(['round_id'], ['informing_round.id'], name=op.f('fk_informing_duty_round_id_informing_round')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_informing_duty_source_id_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_informing_duty'))
    )
    with op.batch_alter_table('informing_duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_informing_duty_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informing_duty_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informing_duty_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_informing_duty_round_id'), ['round_id'], unique=False)
        batch_op.create_index('ix_informing_duty_source_id_state_due_on_id', ['source_id', 'state', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_informing_duty_state_due_on_id', ['state', 'due_on', 'id'], unique=False)

    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('grounds', sa.Text(), nullable=False),
    sa.Column('itemised_on', sa.Date(), nullable=True),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_channel', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name=op.f('ck_objection_decision')),
    sa.CheckConstraint("decision IS NULL OR decision = 'granted' OR (ground IS NOT NULL AND length(reasons) > 0)", name=op.f('ck_objection_refusal_has_reasons')),
    sa.CheckConstraint("kind IN ('objection', 'consent_withdrawal', 'complaint')", name=op.f('ck_objection_kind')),
    sa.CheckConstraint('(decision IS NULL) = (decided_on IS NULL)', name=op.f('ck_objection_decided_some_day')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_objection_case_id_case')),
    sa.ForeignKeyConstraint(['certificate_id'], ['document.id'], name=op.f('fk_objection_certificate_id_document')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_objection_decided_by_id_user')),
    sa.ForeignKeyConstraint(['letter_id'], ['document.id'], name=op.f('fk_objection_letter_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('case_id', 'kind', name=op.f('uq_objection_case_id_kind'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_certificate_id'), ['certificate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index('ix_objection_decided_on_id', ['decided_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_letter_id'), ['letter_id'], unique=False)

    op.create_table('prohibition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_channel', sa.String(length=20), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("channel IN ('letter', 'visit', 'email', 'phone')", name=op.f('ck_prohibition_channel')),
    sa.CheckConstraint("kind IN ('direct_mail', 'distance_selling', 'direct_marketing', 'market_research', 'opinion_research', 'listing', 'profiling', 'disclosure')", name=op.f('ck_prohibition_kind')),
    sa.CheckConstraint("withdrawn_channel IN ('letter', 'visit', 'email', 'phone')", name=op.f('ck_prohibition_withdrawn_channel')),
    sa.CheckConstraint('(withdrawn_on IS NULL) = (withdrawn_channel IS NULL)', name=op.f('ck_prohibition_withdrawn_by_a_word')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_prohibition_case_id_case')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_prohibition_customer_id_customer')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_prohibition_recorded_by_id_user')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user.id'], name=op.f('fk_prohibition_withdrawn_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prohibition'))
    )
    with op.batch_alter_table('prohibition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prohibition_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_prohibition_customer_id_kind_withdrawn_on', ['customer_id', 'kind', 'withdrawn_on'], unique=False)
        batch_op.create_index('ix_prohibition_kind_withdrawn_on_id', ['kind', 'withdrawn_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prohibition_recorded_by_id'), ['recorded_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prohibition_withdrawn_by_id'), ['withdrawn_by_id'], unique=False)

    op.create_table('restriction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('fields', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('automatic', sa.Boolean(), nullable=False),
    sa.Column('begun_on', sa.Date(), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=True),
    sa.Column('lifting_reason', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("ground IN ('accuracy', 'unlawful', 'claim', 'objection', 'held')", name=op.f('ck_restriction_ground')),
    sa.CheckConstraint('(ends_on IS NULL) = (letter_id IS NULL)', name=op.f('ck_restriction_told_before_end')),
    sa.CheckConstraint('ended_on IS NULL OR letter_id IS NOT NULL', name=op.f('ck_restriction_ended_after_letter')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name=op.f('fk_restriction_begun_by_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_restriction_case_id_case')),
    sa.ForeignKeyConstraint(['customer_id'], ['customer.id'], name=op.f('fk_restriction_customer_id_customer')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_restriction_ended_by_id_user')),
    sa.ForeignKeyConstraint(['letter_id'], ['document.id'], name=op.f('fk_restriction_letter_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restriction')),
    sa.UniqueConstraint('number', name=op.f('uq_restriction_number'))
    )
    with op.batch_alter_table('restriction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_restriction_begun_by_id'), ['begun_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_restriction_customer_id_ended_on', ['customer_id', 'ended_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index('ix_restriction_ended_on_begun_on_id', ['ended_on', 'begun_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_letter_id'), ['letter_id'], unique=False)

    op.create_table('access_left_out',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('chapter', sa.String(length=40), nullable=False),
    sa.Column('row_key', sa.String(length=16), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.CheckConstraint("ground IN ('others', 'secret', 'law')", name=op.f('ck_access_left_out_ground')),
    sa.ForeignKeyConstraint(['matter_id'], ['access_matter.id'], name=op.f('fk_access_left_out_matter_id_access_matter'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_left_out')),
    sa.UniqueConstraint('matter_id', 'row_key', name=op.f('uq_access_left_out_matter_id_row_key'))
    )
    op.create_table('erasure_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('erasure_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('holds', sa.JSON(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('alone', sa.Boolean(), nullable=False),
    sa.Column('executed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('packed', sa.LargeBinary(), nullable=True),
    sa.Column('proof', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('final_proof', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'proposed') = (approved_by_id IS NULL)", name=op.f('ck_erasure_round_approved')),
    sa.CheckConstraint("state IN ('proposed', 'erased', 'answered', 'finished')", name=op.f('ck_erasure_round_state')),
    sa.CheckConstraint('alone OR approved_by_id IS NULL OR approved_by_id <> proposed_by_id', name=op.f('ck_erasure_round_four_eyes')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['user.id'], name=op.f('fk_erasure_round_approved_by_id_user')),
    sa.ForeignKeyConstraint(['certificate_id'], ['document.id'], name=op.f('fk_erasure_round_certificate_id_document')),
    sa.ForeignKeyConstraint(['erasure_id'], ['erasure.id'], name=op.f('fk_erasure_round_erasure_id_erasure')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user.id'], name=op.f('fk_erasure_round_proposed_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_round')),
    sa.UniqueConstraint('erasure_id', 'number', name=op.f('uq_erasure_round_erasure_id_number'))
    )
    with op.batch_alter_table('erasure_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_round_approved_by_id'), ['approved_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_round_certificate_id'), ['certificate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasure_round_proposed_by_id'), ['proposed_by_id'], unique=False)
        batch_op.create_index('ix_erasure_round_state', ['state'], unique=False)

    op.create_table('objection_use',
    sa.Column('objection_id', sa.Integer(), nullable=False),
    sa.Column('use', sa.String(length=30), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('bound_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['objection_id'], ['objection.id'], name=op.f('fk_objection_use_objection_id_objection')),
    sa.PrimaryKeyConstraint('objection_id', 'use', name=op.f('pk_objection_use'))
    )
    op.create_table('portable_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('receiver', sa.String(length=200), nullable=False),
    sa.Column('handed_on', sa.Date(), nullable=True),
    sa.Column('handed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("way IN ('pickup', 'post', 'secure_email', 'controller')", name=op.f('ck_portable_copy_way')),
    sa.CheckConstraint('handed_on IS NULL OR content IS NULL', name=op.f('ck_portable_copy_not_kept')),
    sa.ForeignKeyConstraint(['handed_by_id'], ['user.id'], name=op.f('fk_portable_copy_handed_by_id_user')),
    sa.ForeignKeyConstraint(['matter_id'], ['access_matter.id'], name=op.f('fk_portable_copy_matter_id_access_matter'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_portable_copy')),
    sa.UniqueConstraint('matter_id', name=op.f('uq_portable_copy_matter_id'))
    )
    with op.batch_alter_table('portable_copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_portable_copy_handed_by_id'), ['handed_by_id'], unique=False)

    op.create_table('restriction_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('restriction_id', sa.Integer(), nullable=False),
    sa.Column('use', sa.String(length=20), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("ground IN ('consent', 'claim', 'others', 'public_interest')", name=op.f('ck_restriction_exception_ground')),
    sa.CheckConstraint('"use" IN (\'dealing\', \'disclosure\', \'editing\')', name=op.f('ck_restriction_exception_use')),
    sa.CheckConstraint('length(why) > 0', name=op.f('ck_restriction_exception_why')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_restriction_exception_by_id_user')),
    sa.ForeignKeyConstraint(['restriction_id'], ['restriction.id'], name=op.f('fk_restriction_exception_restriction_id_restriction'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restriction_exception'))
    )
    with op.batch_alter_table('restriction_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_restriction_exception_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_exception_restriction_id'), ['restriction_id'], unique=False)

    op.create_table('restriction_matter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('refusal_ground', sa.String(length=20), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('restriction_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IN ('granted', 'partly_granted', 'refused')", name=op.f('ck_restriction_matter_decision')),
    sa.CheckConstraint("decision IS NULL OR decision = 'granted' OR (refusal_ground IS NOT NULL AND length(reasons) > 0)", name=op.f('ck_restriction_matter_refusal_has_reasons')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_restriction_matter_case_id_case')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_restriction_matter_decided_by_id_user')),
    sa.ForeignKeyConstraint(['restriction_id'], ['restriction.id'], name=op.f('fk_restriction_matter_restriction_id_restriction'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restriction_matter')),
    sa.UniqueConstraint('case_id', name=op.f('uq_restriction_matter_case_id'))
    )
    with op.batch_alter_table('restriction_matter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_restriction_matter_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_matter_restriction_id'), ['restriction_id'], unique=False)

    op.create_table('restriction_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('restriction_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('end_document_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_restriction_notice_document_id_document')),
    sa.ForeignKeyConstraint(['end_document_id'], ['document.id'], name=op.f('fk_restriction_notice_end_document_id_document')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_restriction_notice_recipient_id_recipient')),
    sa.ForeignKeyConstraint(['restriction_id'], ['restriction.id'], name=op.f('fk_restriction_notice_restriction_id_restriction'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restriction_notice')),
    sa.UniqueConstraint('restriction_id', 'recipient_id', name=op.f('uq_restriction_notice_restriction_id_recipient_id'))
    )
    with op.batch_alter_table('restriction_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_restriction_notice_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_notice_end_document_id'), ['end_document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_restriction_notice_recipient_id'), ['recipient_id'], unique=False)

    op.drop_index('ix_case_state_deadline', table_name='case')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('deadline')
        allow_person_states(batch_op, PERSON_OR_ERASED)
        batch_op.add_column(sa.Column('represented', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('taken_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('taken_number', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('taken_ended_on', sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_taken_on'), ['taken_on'], unique=False)

    compute_deadline()

    with op.batch_alter_table('case_matter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('extended_due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('fee_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('outcome', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('ended_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('ended_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('ground', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('document_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_matter_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_matter_ended_by_id'), ['ended_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_matter_fee_id'), ['fee_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_case_matter_fee_id_case_fee'), 'case_fee', ['fee_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_case_matter_ended_by_id_user'), 'user', ['ended_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_case_matter_document_id_document'), 'document', ['document_id'], ['id'])

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('destroyed_on', sa.Date(), nullable=True))

    with op.batch_alter_table('notice_section', schema=None) as batch_op:
        batch_op.add_column(sa.Column('wording', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('destroyed_on', sa.Date(), nullable=True))

    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erase_alone', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute('UPDATE case_matter SET extended_due_on = (SELECT extended_due_on FROM "case" WHERE "case".id = case_id)')


def downgrade() -> None:
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.drop_column('erase_alone')

    with op.batch_alter_table('scan', schema=None) as batch_op:
        batch_op.drop_column('destroyed_on')

    with op.batch_alter_table('notice_section', schema=None) as batch_op:
        batch_op.drop_column('wording')

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_column('destroyed_on')

    with op.batch_alter_table('case_matter', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_matter_document_id_document'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_case_matter_ended_by_id_user'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_case_matter_fee_id_case_fee'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_case_matter_fee_id'))
        batch_op.drop_index(batch_op.f('ix_case_matter_ended_by_id'))
        batch_op.drop_index(batch_op.f('ix_case_matter_document_id'))
        batch_op.drop_column('document_id')
        batch_op.drop_column('ground')
        batch_op.drop_column('ended_by_id')
        batch_op.drop_column('ended_on')
        batch_op.drop_column('outcome')
        batch_op.drop_column('fee_id')
        batch_op.drop_column('extended_due_on')

    op.execute("UPDATE \"case\" SET person_state = 'not_found' WHERE person_state = 'erased'")
    op.drop_index('ix_case_state_deadline', table_name='case')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('deadline')
        allow_person_states(batch_op, PERSON)
        batch_op.drop_index(batch_op.f('ix_case_taken_on'))
        batch_op.drop_column('taken_ended_on')
        batch_op.drop_column('taken_number')
        batch_op.drop_column('taken_on')
        batch_op.drop_column('represented')

    compute_deadline()

    with op.batch_alter_table('restriction_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_restriction_notice_recipient_id'))
        batch_op.drop_index(batch_op.f('ix_restriction_notice_end_document_id'))
        batch_op.drop_index(batch_op.f('ix_restriction_notice_document_id'))

    op.drop_table('restriction_notice')
    with op.batch_alter_table('restriction_matter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_restriction_matter_restriction_id'))
        batch_op.drop_index(batch_op.f('ix_restriction_matter_decided_by_id'))

    op.drop_table('restriction_matter')
    with op.batch_alter_table('restriction_exception', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_restriction_exception_restriction_id'))
        batch_op.drop_index(batch_op.f('ix_restriction_exception_by_id'))

    op.drop_table('restriction_exception')
    with op.batch_alter_table('portable_copy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_portable_copy_handed_by_id'))

    op.drop_table('portable_copy')
    op.drop_table('objection_use')
    with op.batch_alter_table('erasure_round', schema=None) as batch_op:
        batch_op.drop_index('ix_erasure_round_state')
        batch_op.drop_index(batch_op.f('ix_erasure_round_proposed_by_id'))
        batch_op.drop_index(batch_op.f('ix_erasure_round_certificate_id'))
        batch_op.drop_index(batch_op.f('ix_erasure_round_approved_by_id'))

    op.drop_table('erasure_round')
    op.drop_table('access_left_out')
    with op.batch_alter_table('restriction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_restriction_letter_id'))
        batch_op.drop_index('ix_restriction_ended_on_begun_on_id')
        batch_op.drop_index(batch_op.f('ix_restriction_ended_by_id'))
        batch_op.drop_index('ix_restriction_customer_id_ended_on')
        batch_op.drop_index(batch_op.f('ix_restriction_case_id'))
        batch_op.drop_index(batch_op.f('ix_restriction_begun_by_id'))

    op.drop_table('restriction')
    with op.batch_alter_table('prohibition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prohibition_withdrawn_by_id'))
        batch_op.drop_index(batch_op.f('ix_prohibition_recorded_by_id'))
        batch_op.drop_index('ix_prohibition_kind_withdrawn_on_id')
        batch_op.drop_index('ix_prohibition_customer_id_kind_withdrawn_on')
        batch_op.drop_index(batch_op.f('ix_prohibition_case_id'))

    op.drop_table('prohibition')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_letter_id'))
        batch_op.drop_index('ix_objection_decided_on_id')
        batch_op.drop_index(batch_op.f('ix_objection_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_objection_certificate_id'))

    op.drop_table('objection')
    with op.batch_alter_table('informing_duty', schema=None) as batch_op:
        batch_op.drop_index('ix_informing_duty_state_due_on_id')
        batch_op.drop_index('ix_informing_duty_source_id_state_due_on_id')
        batch_op.drop_index(batch_op.f('ix_informing_duty_round_id'))
        batch_op.drop_index(batch_op.f('ix_informing_duty_document_id'))
        batch_op.drop_index(batch_op.f('ix_informing_duty_customer_id'))
        batch_op.drop_index(batch_op.f('ix_informing_duty_by_id'))

    op.drop_table('informing_duty')
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.drop_index('ix_erasure_state_next_on')
        batch_op.drop_index(batch_op.f('ix_erasure_refusal_id'))
        batch_op.drop_index(batch_op.f('ix_erasure_customer_id'))

    op.drop_table('erasure')
    with op.batch_alter_table('case_pause', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_pause_document_id'))
        batch_op.drop_index(batch_op.f('ix_case_pause_case_id'))

    op.drop_table('case_pause')
    with op.batch_alter_table('case_fee', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_fee_document_id'))
        batch_op.drop_index(batch_op.f('ix_case_fee_case_id'))

    op.drop_table('case_fee')
    with op.batch_alter_table('access_matter', schema=None) as batch_op:
        batch_op.drop_index('ix_access_matter_outcome_id')
        batch_op.drop_index(batch_op.f('ix_access_matter_document_id'))
        batch_op.drop_index(batch_op.f('ix_access_matter_certificate_id'))
        batch_op.drop_index(batch_op.f('ix_access_matter_answered_by_id'))

    op.drop_table('access_matter')
    with op.batch_alter_table('retention_destruction', schema=None) as batch_op:
        batch_op.drop_index('ix_retention_destruction_on_id')
        batch_op.drop_index(batch_op.f('ix_retention_destruction_by_id'))

    op.drop_table('retention_destruction')
    with op.batch_alter_table('post_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_post_letter_post_id'))

    op.drop_table('post_letter')
    with op.batch_alter_table('informing_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_informing_round_source_id'))
        batch_op.drop_index(batch_op.f('ix_informing_round_by_id'))

    op.drop_table('informing_round')
    op.drop_table('retention_period')
    op.drop_table('retention_finding')
    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_post_posted_on'))
        batch_op.drop_index(batch_op.f('ix_post_gathered_on'))

    op.drop_table('post')
    op.drop_table('letter_text')
    op.drop_table('informing_sweep')
    op.drop_table('forgotten_mark')
    with op.batch_alter_table('erasure_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasure_entry_customer_id'))

    op.drop_table('erasure_entry')
    op.drop_table('anonymous_tally')
