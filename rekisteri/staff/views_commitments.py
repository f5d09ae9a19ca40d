"""The confidentiality commitments: printed, recorded when signed, revoked."""

from flask import Response, abort, flash, url_for
from flask.typing import ResponseReturnValue

from rekisteri.documents.models import Scan
from rekisteri.documents.scans import scan_content
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.staff import commitment_text
from rekisteri.staff.blueprint import bp
from rekisteri.staff.commitments import record_commitment as record
from rekisteri.staff.commitments import revoke_commitment as revoke
from rekisteri.staff.forms import CommitmentForm, RevocationForm
from rekisteri.staff.models import Commitment, User
from rekisteri.staff.paper import commitment_paper

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@bp.get("/kayttajat/<int:user_id>/sitoumus.pdf")
@requires("staff.manage")
def print_commitment(user_id: int) -> ResponseReturnValue:
    """The commitment with the person's name, to be signed."""
    return commitment_paper(db.get_or_404(User, user_id))


@bp.route("/kayttajat/<int:user_id>/sitoumus", methods=["GET", "POST"])
@requires("staff.manage")
def record_commitment(user_id: int) -> ResponseReturnValue:
    """Record a commitment that has been signed on paper."""
    user, form = db.get_or_404(User, user_id), CommitmentForm()
    if form.validate_on_submit():
        with form.violations():
            with transaction(once=form.once.data) as tx:
                tx.location = url_for(".show", user_id=user_id)
                record(user=user, today=today(), by=actor(), **form.given())
            flash("Salassapitositoumus on kirjattu.", "success")
            return see_other(tx.location)
    text = commitment_text.text_of(commitment_text.CURRENT)
    return render("staff/record_commitment.html", form=form, user=user, text=text, status=form.status)


@bp.route("/kayttajat/sitoumukset/<int:commitment_id>/peru", methods=["GET", "POST"])
@requires("staff.manage")
def revoke_commitment(commitment_id: int) -> ResponseReturnValue:
    """End a commitment, and with it the sight of personal data."""
    commitment, form = db.get_or_404(Commitment, commitment_id), RevocationForm()
    user = commitment.user
    if form.validate_on_submit():
        with form.violations():
            with transaction(once=form.once.data) as tx:
                tx.location = url_for(".show", user_id=user.id)
                revoke(commitment=commitment, by=actor(), **form.given())
            flash("Salassapitositoumus on peruttu.", "success")
            return see_other(tx.location)
    return render("staff/revoke_commitment.html", form=form, user=user, commitment=commitment, status=form.status)


@bp.get("/kayttajat/sitoumukset/<int:commitment_id>/paperi")
@requires("staff.manage")
def commitment_scan(commitment_id: int) -> ResponseReturnValue:
    """The scan of the signed paper, to be saved and never run or shown by the browser on our pages."""
    commitment = db.get_or_404(Commitment, commitment_id)
    scan = db.session.get(Scan, commitment.scan_id) if commitment.scan_id else None
    if scan is None:
        abort(404)
    answer = Response(scan_content(scan), mimetype=scan.media_type)
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"sitoumus-{commitment.id}.{_ENDINGS[scan.media_type]}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
