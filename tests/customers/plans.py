"""How the database means to find what was asked: the plans of the very queries that a use case sent."""

from sqlalchemy import event

from rekisteri.kernel.db import db


def on_sqlite() -> bool:
    """Whether this test runs on SQLite."""
    return db.engine.dialect.name == "sqlite"


class Plans:
    """The plans of the queries that the block sends, as the database tells them for the very same values."""

    def __init__(self, *, bitmaps: bool = True):
        self.bitmaps = bitmaps  # without them a query in the order of an index must go along that index
        self.sent, self.plans = [], []

    def __enter__(self):
        event.listen(db.engine, "before_cursor_execute", self._note)
        return self

    def _note(self, _connection, _cursor, statement, parameters, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            self.sent.append((statement, parameters))

    def __exit__(self, *_error):
        event.remove(db.engine, "before_cursor_execute", self._note)
        explain = "EXPLAIN QUERY PLAN " if on_sqlite() else "EXPLAIN "
        connection = db.session.connection()
        if not on_sqlite():  # so few rows are quickest read from end to end; where that is possible at all, it shows
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql(f"SET LOCAL enable_bitmapscan = {'on' if self.bitmaps else 'off'}")
        self.plans = [
            "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))
            for statement, parameters in self.sent
        ]

    def sorts(self) -> list[str]:
        """The lines that put rows in order one by one, where an index has them in order."""
        lines = [line for plan in self.plans for line in plan.splitlines()]
        return [line for line in lines if "TEMP B-TREE" in line or "Sort  (" in line]

    def reads_everybody(self) -> list[str]:
        """The lines that read the table of customers or of data from end to end."""
        if on_sqlite():
            bad = ("SCAN customer", "SCAN c", "SCAN datum")
            scans = [line for plan in self.plans for line in plan.splitlines() if line.strip(" |`-").startswith(bad)]
            return [line for line in scans if "VIRTUAL TABLE INDEX" not in line and "USING INDEX" not in line]
        return [line for plan in self.plans for line in plan.splitlines() if "Seq Scan on" in line]
