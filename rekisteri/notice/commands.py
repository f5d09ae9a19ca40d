"""`flask notice import FILE`, `flask notice pdf OUT`, `flask notice check`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from rekisteri.documents import service as documents
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.pdf import PdfError
from rekisteri.notice import service
from rekisteri.notice.checks import Finding, check
from rekisteri.notice.defects import Defect
from rekisteri.notice.importing.service import Report, import_notice
from rekisteri.notice.importing.source import LARGEST_FILE, UnreadableFile, decoded, read


@click.group(name="notice", help="Tietosuojaseloste: tuonti, tuloste ja tarkistus.")
def notice() -> None:
    """The notice on the command line."""


@notice.command(name="import", help="Tuo vanha seloste luonnokseksi tekstistä tai HTML-sivusta FILE.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Hylkää nykyinen luonnos.")
@with_appcontext
def import_command(file: Path, replace: bool) -> None:
    """Make a draft of an existing notice and tell what became of it."""
    try:
        with file.open("rb") as opened:
            source = read(decoded(opened.read(LARGEST_FILE + 1)))
        with transaction():
            report = import_notice(source=source, replace=replace)
            lines = _told(report)
    except (RuleViolation, UnreadableFile) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("\n".join(lines))


def _told(report: Report) -> list[str]:
    """What became of the notice, for the person at the terminal."""
    lines = [f"Selosteesta tehtiin luonnos, versio {report.version.number}: {report.version.title}"]
    lines += _listed("Tunnistetut otsikot", [_placed(was, is_now) for was, is_now in report.placed])
    lines += _listed("Otsikot, joilla ei ole omaa riviä (teksti säilyi omana kohtanaan)", report.unplaced)
    lines += _listed("Rivit, joita tuodussa selosteessa ei ollut (jäivät tyhjiksi)", report.absent)
    lines += _listed("Tuonnissa tehtyä", _sentences(report.notes))
    lines += _listed("Tarkista nämä", _sentences(report.looks_wrong))
    return [*lines, "", "Muokkaa ja julkaise luonnos osoitteessa /tietosuojaseloste/luonnos."]


def _placed(was: str, is_now: str) -> str:
    return was if was == is_now else f"{was} → {is_now}"


def _listed(heading: str, rows: list[str]) -> list[str]:
    return ["", f"{heading}: {len(rows)}", *(f"  – {row}" for row in rows)] if rows else []


def _sentences(found: list[Defect]) -> list[str]:
    return [f"{defect.heading}: {defect.sentence}" for defect in found]


@notice.command(name="pdf", help="Kirjoita voimassa olevan selosteen PDF-tuloste tiedostoon OUT.")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def pdf_command(out: Path) -> None:
    """Write the print of the version in force, as it was issued."""
    version = service.in_force(today())
    document = documents.find(version.document_id) if version and version.document_id else None
    if version is None or document is None:
        raise click.ClickException("Yhtään selostetta ei ole vielä julkaistu, joten tulostetta ei ole.")
    number = version.number
    try:
        out.write_bytes(documents.content(document))
    except PdfError as error:
        raise click.ClickException(error.sentence) from error
    except OSError as error:
        raise click.ClickException(f"Tiedostoa {out} ei voi kirjoittaa: {error.strerror}.") from error
    click.echo(f"Version {number} tuloste on tiedostossa {out}.")


@notice.command(name="check", help="Kerro, mitä selosteesta puuttuu ja missä se on eri mieltä asetusten kanssa.")
@click.option("--draft", is_flag=True, help="Tarkista luonnos eikä voimassa olevaa selostetta.")
@with_appcontext
def check_command(draft: bool) -> None:
    """Check the version in force, or the draft while nothing is in force. Findings give exit status 1."""
    version = service.draft() if draft else service.in_force(today()) or service.draft()
    if version is None:
        raise click.ClickException("Luonnosta ei ole." if draft else "Selostetta ei ole: ei julkaistua eikä luonnosta.")
    found = check(version, on=today())
    name = f"version {version.number}" if version.published else f"luonnoksen (versio {version.number})"
    if not found:
        click.echo(f"Selosteen {name} tarkistuksessa ei löytynyt huomautettavaa.")
        return
    click.echo("\n".join([f"Selosteen {name} tarkistuksessa löytyi huomautettavaa: {len(found)}", *_grouped(found)]))
    raise click.exceptions.Exit(1)


def _grouped(found: list[Finding]) -> list[str]:
    lines: list[str] = []
    for group in dict.fromkeys(finding.group for finding in found):
        lines += _listed(group, [finding.sentence for finding in found if finding.group == group])
    return lines


commands: list[click.Command] = [notice]
