"""The doctor: whether this installation is in order. Each finding is a sentence and a verdict."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text

from rekisteri.audit import anchors, guards
from rekisteri.audit import service as audit
from rekisteri.backup import health as backups
from rekisteri.customers import reindexing, search_index
from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.pdf import missing_library
from rekisteri.kernel.web import has_asset
from rekisteri.notice import service as notice
from rekisteri.settings import service as settings

GOOD, WARNING, FAULT = "kunnossa", "huomio", "virhe"
FIRST_SAFE_SQLITE = (3, 51, 3)
MENDED_SQLITE = {(3, 50, 7), (3, 44, 6)}


@dataclass(frozen=True)
class Finding:
    """One thing examined: a verdict (GOOD, WARNING, FAULT) and a Finnish sentence."""

    verdict: str
    sentence: str


def examine() -> Iterator[Finding]:
    """Everything there is to examine, from the database up."""
    for part in (_database, _schema, _search, _chain, _documents, _backups, _files, _paper, _htmx, _settings, _notice):
        yield from part()


def _database() -> Iterator[Finding]:
    if db.engine.dialect.name != "sqlite":
        yield Finding(GOOD, "Tietokanta vastaa (PostgreSQL).")
        return
    with db.engine.connect() as connection:
        verdict = connection.execute(text("PRAGMA integrity_check")).scalar()
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
    yield Finding(GOOD if verdict == "ok" else FAULT, f"Tietokannan eheys (SQLite {version}): {verdict}.")
    if orphans:
        yield Finding(FAULT, f"Tietokannassa on {len(orphans)} viittausta, joilla ei ole kohdetta.")
    number = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    if number < FIRST_SAFE_SQLITE and number not in MENDED_SQLITE:
        yield Finding(
            WARNING, f"SQLiten versiossa {version} on virhe, joka voi vioittaa tietokannan. Päivitä se versioon 3.51.3."
        )


def _schema() -> Iterator[Finding]:
    head = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    with db.engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    if now == head:
        yield Finding(GOOD, "Tietokannan rakenne on ajan tasalla.")
    else:
        yield Finding(FAULT, "Tietokannan rakenne on vanha. Päivitä se komennolla: flask db upgrade")


def _search() -> Iterator[Finding]:
    remedy = "Tee se uudelleen komennolla: flask customers reindex"
    if weakness := search_index.weakness(db.session.connection()):
        yield Finding(WARNING, weakness)
    if fault := search_index.fault(db.session.connection()):
        yield Finding(FAULT, f"{fault} {remedy}")
    elif reindexing.stale():
        yield Finding(WARNING, f"Haun hakemisto on vanhan version mukainen. {remedy}")
    else:
        yield Finding(GOOD, "Haun hakemisto on kunnossa.")


def _chain() -> Iterator[Finding]:
    try:
        fault = audit.verify(anchors.read_anchors(anchors.anchors_file()))
    except RuleViolation as violation:
        fault = violation.sentence
    yield (
        Finding(FAULT, fault)
        if fault
        else Finding(GOOD, f"Käsittelyloki on ehjä ({audit.head().seq - audit.gone()} riviä).")
    )
    if unguarded := guards.missing(db.session.connection()):
        yield Finding(FAULT, f"Käsittelylokin suojauksia puuttuu tietokannasta: {', '.join(unguarded)}.")


def _documents() -> Iterator[Finding]:
    broken = documents.broken()
    if broken:
        yield Finding(FAULT, f"Asiakirjoista {len(broken)} ei vastaa tiivistettään: {', '.join(broken[:5])}.")
    else:
        yield Finding(GOOD, "Asiakirjat ja liitteet vastaavat tiivisteitään.")


def _backups() -> Iterator[Finding]:
    found = [Finding(FAULT, sentence) for sentence in backups.faults()]
    found += [Finding(WARNING, sentence) for sentence in backups.warnings()]
    yield from found or [Finding(GOOD, backups.state())]


def _files() -> Iterator[Finding]:
    data = Path(current_app.config["DATA"])
    open_to_others = [path.name for path in (data, *data.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to_others:
        yield Finding(WARNING, f"Muutkin kuin palvelun käyttäjä voivat lukea: {', '.join(sorted(open_to_others)[:5])}.")
    else:
        yield Finding(GOOD, "Tiedostoja voi lukea vain palvelun käyttäjä.")
    if current_app.config["INSECURE_HTTP"]:
        yield Finding(WARNING, "Yhteyttä ei salata (REKISTERI_INSECURE_HTTP). Käytä tätä vain suljetussa verkossa.")


def _paper() -> Iterator[Finding]:
    missing = missing_library()
    if missing:
        yield Finding(FAULT, missing)
    if find_spec("font_source_sans_pro") is None:
        yield Finding(FAULT, "Tulosteiden kirjasin puuttuu. Asenna se komennolla: scripts/run --setup-only")
    else:
        yield Finding(GOOD, "Tulosteiden kirjasin on asennettu.")


def _htmx() -> Iterator[Finding]:
    if has_asset("vendor/htmx.min.js"):
        yield Finding(GOOD, "htmx on asennettu.")
    else:
        yield Finding(
            WARNING, "htmx puuttuu. Sivut toimivat ilmankin, mutta hitaammin. Asenna: scripts/run --setup-only"
        )


def _settings() -> Iterator[Finding]:
    missing = settings.missing()
    if missing:
        yield Finding(WARNING, f"Asetuksista puuttuu: {', '.join(missing)}.")
    age = today() - settings.current().verified_on
    if age.days > 365:
        yield Finding(WARNING, "Tietosuojavaltuutetun yhteystiedot on tarkistettu yli vuosi sitten.")


def _notice() -> Iterator[Finding]:
    if notice.in_force(today()) is None:
        yield Finding(WARNING, "Tietosuojaselostetta ei ole julkaistu.")
