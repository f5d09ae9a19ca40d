"""consents to electronic marketing, and text messages as a way of contact"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANGED = (
    ("bar_entry", "kind", "'prohibition', 'restriction'", "'consent'"),
    ("selection", "way", "'post', 'email', 'phone', 'none'", "'sms'"),
    ("printout", "kind", "'list', 'labels', 'letters', 'file', 'emails'", "'messages'"),
)


def allow(table, column, codes):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({codes})")


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=30), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_channel", sa.String(length=20), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "use IN ('direct_mail', 'distance_selling', 'direct_marketing')", name=op.f("ck_consent_use")
        ),
        sa.CheckConstraint("means IN ('email', 'sms')", name=op.f("ck_consent_means")),
        sa.CheckConstraint("channel IN ('web', 'letter', 'visit', 'email', 'phone')", name=op.f("ck_consent_channel")),
        sa.CheckConstraint(
            "withdrawn_channel IN ('web', 'letter', 'visit', 'email', 'phone')",
            name=op.f("ck_consent_withdrawn_channel"),
        ),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_channel IS NULL)", name=op.f("ck_consent_withdrawn_by_a_word")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_consent_customer_id_customer")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_consent_recorded_by_id_user")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["user.id"], name=op.f("fk_consent_withdrawn_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_customer_id_use_means", ["customer_id", "use", "means"], unique=False)
        batch_op.create_index("ix_consent_withdrawn_on_id", ["withdrawn_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_recorded_by_id"), ["recorded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_withdrawn_by_id"), ["withdrawn_by_id"], unique=False)

    for table, column, codes, new in CHANGED:
        allow(table, column, f"{codes}, {new}")


def downgrade() -> None:
    op.execute("DELETE FROM bar_entry WHERE kind = 'consent'")
    op.execute("UPDATE selection SET way = 'phone' WHERE way = 'sms'")
    op.execute("DELETE FROM printout WHERE kind = 'messages'")
    for table, column, codes, _new in CHANGED:
        allow(table, column, codes)
    op.drop_table("consent")
