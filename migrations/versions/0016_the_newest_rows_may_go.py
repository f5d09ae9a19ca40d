"""the search for those who must be told is not ahead of the newest row, when the newest rows have gone"""

from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

TABLES = ("datum", "representation", "contact_note")
NEWEST = "coalesce((SELECT max(id) FROM {name}), 0)"
LOWER = f"UPDATE informing_sweep SET last_id = {NEWEST} WHERE name = '{{name}}' AND last_id > {NEWEST}"
TRIGGER = f"CREATE TRIGGER informing_{{name}}_gone AFTER DELETE ON {{name}} BEGIN {LOWER}; END"
"""As it was when this revision was written."""


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name in TABLES:
            op.execute(TRIGGER.format(name=name))
            # Under a number given again somebody may already have been passed over; who has a duty gets no other.
            op.execute(f"UPDATE informing_sweep SET last_id = 0 WHERE name = '{name}'")


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name in TABLES:
            op.execute(f"DROP TRIGGER informing_{name}_gone")
