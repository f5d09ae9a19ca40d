"""A file cannot change what is restricted: the row is refused with its reason before anything is accepted."""

import pytest

from rekisteri.customers import service as customers
from tests.customers.importing.factories import checked, enter, fates, said
from tests.restrictions.factories import allow, make_desk, restrict
from tests.staff.factories import make_user

HEADER = "Asiakasnumero;Sukunimi;Etunimi;Kaupunki"


@pytest.fixture
def desk(app, freeze):
    freeze("2026-11-23")
    return make_desk(make_user("vastuuhenkilo"))


def row(desk, city):
    return f"{desk.customer.id};Šakki;Maija;{city}"


@pytest.mark.promise("gdpr.rajoittaminen")
def test_a_row_that_would_change_restricted_data_is_refused_with_the_reason(desk):
    restrict(desk)
    batch = checked(row(desk, "Espoo"), header=HEADER)
    assert fates(batch) == ["refused"]
    assert "Asiakkaan tietojen käsittely on rajoitettu" in " ".join(said(batch))


def test_a_row_that_changes_nothing_is_simply_the_same(desk):
    restrict(desk)
    assert fates(checked(row(desk, "Helsinki"), header=HEADER)) == ["same"]


def test_what_is_not_disputed_may_change(desk):
    restrict(desk, "accuracy", fields=["phone"])
    assert fates(checked(row(desk, "Espoo"), header=HEADER)) == ["changed"]


def test_an_exception_for_changing_lets_the_row_through(desk):
    allow(desk, restrict(desk), "editing")
    assert fates(checked(row(desk, "Espoo"), header=HEADER)) == ["changed"]


def test_what_is_restricted_between_the_preview_and_the_entering_stays_as_it_is(desk):
    batch = checked(row(desk, "Espoo"), header=HEADER)
    restrict(desk)
    assert enter(batch).counts["total_stale"] == 1
    assert customers.current(desk.customer)["city"].value == "Helsinki"
