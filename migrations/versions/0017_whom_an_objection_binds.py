"""whom an objection binds, also when nothing but the facts is left of its request"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KNOWN = "'prohibition', 'restriction', 'consent'"


def allow_kinds(codes):
    with op.batch_alter_table("bar_entry", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_bar_entry_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bar_entry_kind"), f"kind IN ({codes})")


def upgrade() -> None:
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("customer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("key", sa.String(length=32), server_default="", nullable=False))
        batch_op.create_foreign_key(op.f("fk_objection_customer_id_customer"), "customer", ["customer_id"], ["id"])
        batch_op.create_index("ix_objection_customer_id_ended_on", ["customer_id", "ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_key"), ["key"], unique=False)

    op.execute(
        'UPDATE objection SET customer_id = (SELECT customer_id FROM "case" WHERE "case".id = objection.case_id)'
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=32), server_default=None)

    allow_kinds(f"{KNOWN}, 'objection'")


def downgrade() -> None:
    op.execute("DELETE FROM bar_entry WHERE kind = 'objection'")
    allow_kinds(KNOWN)
    op.execute("DELETE FROM objection_use WHERE objection_id IN (SELECT id FROM objection WHERE case_id IS NULL)")
    op.execute("DELETE FROM objection WHERE case_id IS NULL")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_key"))
        batch_op.drop_index("ix_objection_customer_id_ended_on")
        batch_op.drop_constraint(op.f("fk_objection_customer_id_customer"), type_="foreignkey")
        batch_op.drop_column("key")
        batch_op.drop_column("customer_id")
        batch_op.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
