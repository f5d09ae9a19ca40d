"""Publishing: everything is checked on one page, and then it stands."""

from flask import Response, abort, url_for

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.kernel.gate import actor, requires
from rekisteri.kernel.web import render, see_other
from rekisteri.notice import publishing, service
from rekisteri.notice.blueprint import bp
from rekisteri.notice.checks import silences
from rekisteri.notice.content import anchors, found_defects, lacking
from rekisteri.notice.forms import FirstPublishForm, PublishForm


@bp.route("/tietosuojaseloste/luonnos/julkaise", methods=["GET", "POST"])
@requires("notice.publish")
def publish() -> Response:
    """Check the whole notice and publish it."""
    version = service.draft() or abort(404)
    form = (PublishForm if service.latest() else FirstPublishForm)(valid_from=today(), version=version.version)
    if form.validate_on_submit() and form.valid_from.data:
        with form.violations(), transaction(once=form.once.data) as tx:
            publishing.publish(
                version=form.version.data,
                valid_from=form.valid_from.data,
                change_note=form.data.get("change_note") or "",
                by=actor(),
                on=today(),
            )
            tx.location = url_for(".versions")
        if not form.errors:
            return see_other(tx.location)
    return _check_page(form)


def _check_page(form: FirstPublishForm) -> Response:
    """What will be published, as it stands now. Nothing left to publish: somebody else was first."""
    version = service.draft()
    if version is None:
        return see_other(url_for(".versions"))
    content = service.shown(version, on=form.valid_from.data or today())
    return render(
        "notice/publish.html",
        status=form.status,
        form=form,
        version=version,
        content=content,
        latest=service.latest(),
        anchors=anchors(content),
        defects=found_defects(content),
        lacking=lacking(content),
        silent=silences(content),
    )
