"""The notice tells how long data are kept, and is told of it when it tells otherwise."""

import pytest

from rekisteri.kernel.clock import today
from rekisteri.kernel.db import transaction
from rekisteri.notice import drafting, service
from rekisteri.notice.checks import DISAGREES, check
from rekisteri.notice.content import PERIODS
from rekisteri.settings import periods
from tests.notice.factories import published, section_of, start
from tests.staff.factories import make_user

ROW = "Säilytämme tietoja niin kauan kuin niitä tarvitaan"


def said(version):
    return next(piece.part.words for piece in service.shown(version, on=today()) if piece.section.key == "retention")


def disagreements(version):
    return [finding.sentence for finding in check(version, on=today()) if finding.group == DISAGREES]


def set_length(kind, amount):
    owner = make_user("vastuuhenkilo")
    with transaction():
        periods.change(kind=kind, amount=amount, version=periods.version(kind), by=owner)


@pytest.mark.promise("gdpr.sailytysajat")
def test_a_new_notice_lists_every_length_in_use(app):
    words = said(start())

    assert words.startswith(ROW)
    for line in periods.lines():
        assert line in words
    assert PERIODS not in words


def test_the_draft_follows_a_change_and_the_published_text_does_not(app):
    version = published()
    before = said(version)
    set_length("notes", "2")

    assert said(version) == before
    with transaction():
        draft = drafting.start_draft(by=None)
    assert "muistiinpanot: 2 vuotta yhteydenotosta" in said(draft)


@pytest.mark.promise("gdpr.sailytysajat")
def test_a_published_notice_that_tells_another_length_is_told_of(app):
    version = published()
    assert disagreements(version) == []

    set_length("notes", "2")

    line = "yhteydenotot ja niistä tehdyt muistiinpanot: 2 vuotta yhteydenotosta"
    assert disagreements(version) == [f"Säilytysajoissa on ”{line}”, mutta selosteessa sitä ei ole."]


def test_in_the_companys_own_words_the_length_will_do(app):
    own = (
        "Laskut kuusi vuotta, asiakastiedot viisi vuotta, muut kolme vuotta, yhteystiedot yhden vuoden, "
        "messukortit 180 päivää, varmuuskopiot 30 päivää."
    )
    version = published(retention=own)

    assert [sentence for sentence in disagreements(version) if "7 päivää" not in sentence] == []
    assert len(disagreements(version)) == 1


def test_a_place_with_a_slip_in_it_keeps_the_notice_unpublished(client, sign_in):
    sign_in("vastuuhenkilo")
    version = start(retention="Säilytämme:\n\n{säilytysaika}")

    page = client.get("/tietosuojaseloste/luonnos")

    assert "Ohjelma ei osaa täydentää paikkaa {säilytysaika}." in page.main
    assert section_of(version, "retention")


def test_the_preview_shows_the_list_while_the_text_keeps_the_place(client, sign_in):
    sign_in("vastuuhenkilo")
    version = start()
    url = f"/tietosuojaseloste/luonnos/kohdat/{section_of(version, 'retention').id}"

    page = client.get(url)

    assert PERIODS in page.page.select_one("textarea[name=text]").text
    assert "30 päivää kopion ottamisesta" in page.main
