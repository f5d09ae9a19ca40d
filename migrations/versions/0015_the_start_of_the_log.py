"""where the processing log begins when its oldest rows have been kept long enough"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

KEPT = "Käsittelylokin riviä ei muuteta eikä poisteta."
START = "Käsittelylokin alku siirtyy vain eteenpäin."
SEALED = "coalesce((SELECT max(seq) FROM audit_start), 0)"
NEW = {
    'sqlite': [
        "DROP TRIGGER audit_event_no_delete",
        f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event WHEN OLD.seq > {SEALED} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
        f"CREATE TRIGGER audit_start_no_delete BEFORE DELETE ON audit_start BEGIN SELECT RAISE(ABORT, '{START}'); END",
        f"CREATE TRIGGER audit_start_no_return BEFORE UPDATE ON audit_start WHEN NEW.seq <= OLD.seq BEGIN SELECT RAISE(ABORT, '{START}'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION audit_refuse_unsealed() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF OLD.seq > {SEALED} THEN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END IF; RETURN OLD; END $$",
        "DROP TRIGGER audit_event_no_change ON audit_event",
        f"CREATE TRIGGER audit_event_no_change BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse('{KEPT}')",
        f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse_unsealed('{KEPT}')",
        f"CREATE TRIGGER audit_start_no_delete BEFORE DELETE ON audit_start FOR EACH ROW EXECUTE FUNCTION audit_refuse('{START}')",
        f"CREATE TRIGGER audit_start_no_return BEFORE UPDATE ON audit_start FOR EACH ROW WHEN (NEW.seq <= OLD.seq) EXECUTE FUNCTION audit_refuse('{START}')",
        f"CREATE TRIGGER audit_start_no_truncate BEFORE TRUNCATE ON audit_start FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('{START}')",
    ],
}
OLD = {
    'sqlite': [
        "DROP TRIGGER audit_event_no_delete",
        f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    ],
    'postgresql': [
        "DROP TRIGGER audit_event_no_delete ON audit_event",
        "DROP FUNCTION audit_refuse_unsealed()",
        "DROP TRIGGER audit_event_no_change ON audit_event",
        f"CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse('{KEPT}')",
    ],
}
"""Triggers of the processing log, as they were when this revision was written."""


def upgrade() -> None:
    op.create_table('audit_start',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('first', sa.String(length=64), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_start_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_start'))
    )
    for statement in NEW[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in OLD[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table('audit_start')
