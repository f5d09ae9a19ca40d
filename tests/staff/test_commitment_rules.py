"""When a confidentiality commitment binds, and who may be a user."""

from datetime import date

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import commitment_text, rules
from rekisteri.staff.rules import Signed

SIGNED = date(2026, 3, 5)


@pytest.mark.promise("atk.sitoumus")
@pytest.mark.parametrize(
    ("revoked_on", "day", "binds"),
    [
        (None, date(2026, 3, 4), False),
        (None, date(2026, 3, 5), True),
        (None, date(2036, 3, 5), True),
        (date(2026, 6, 1), date(2026, 5, 31), True),
        (date(2026, 6, 1), date(2026, 6, 1), False),
        (date(2026, 6, 1), date(2026, 6, 2), False),
        (date(2026, 3, 5), date(2026, 3, 5), False),
    ],
)
def test_a_commitment_binds_from_its_signing_until_the_day_it_is_revoked(revoked_on, day, binds):
    assert rules.in_force(Signed(SIGNED, revoked_on), day) is binds


def test_a_signature_cannot_be_dated_to_come():
    with pytest.raises(RuleViolation, match="tulevaisuudessa") as refusal:
        rules.check_signing(date(2026, 3, 6), today=SIGNED)
    assert refusal.value.field == "signed_on"


def test_a_signature_of_today_or_of_years_ago_is_recorded():
    rules.check_signing(SIGNED, today=SIGNED)
    rules.check_signing(date(2009, 1, 1), today=SIGNED)


def test_a_revocation_needs_a_reason():
    with pytest.raises(RuleViolation) as refusal:
        rules.check_revocation(Signed(SIGNED), date(2026, 6, 1), "   ")
    assert refusal.value.field == "reason"


def test_a_revocation_cannot_be_earlier_than_the_signature():
    with pytest.raises(RuleViolation) as refusal:
        rules.check_revocation(Signed(SIGNED), date(2026, 3, 4), "Työsuhde päättyi")
    assert refusal.value.field == "revoked_on"


def test_a_commitment_is_revoked_once():
    with pytest.raises(RuleViolation, match="jo peruttu"):
        rules.check_revocation(Signed(SIGNED, date(2026, 6, 1)), date(2026, 7, 1), "Työsuhde päättyi")


def test_a_revocation_may_be_agreed_for_a_day_to_come():
    rules.check_revocation(Signed(SIGNED), date(2026, 12, 31), "Työsuhde päättyy")


def test_the_wording_in_use_is_one_that_can_be_shown():
    assert len(commitment_text.text_of(commitment_text.CURRENT)) >= 5


def test_the_wording_names_the_laws_it_rests_on():
    text = " ".join(commitment_text.text_of(commitment_text.CURRENT))
    for law in (
        "tietosuojalain (1050/2018) 35 §",
        "työsopimuslain (55/2001) 3 luvun 4 §",
        "rikoslain (39/1889) 38 luvun",
    ):
        assert law in text


def test_a_wording_older_than_this_register_shows_as_nothing():
    assert commitment_text.text_of("1987") == ()


def test_roles_come_in_the_order_of_the_table_each_once():
    assert rules.check_roles(["paakayttaja", "lukija", "paakayttaja"]) == ["lukija", "paakayttaja"]


def test_a_user_has_at_least_one_role():
    with pytest.raises(RuleViolation, match="ainakin yksi rooli"):
        rules.check_roles([])


def test_an_unknown_role_is_named_together_with_the_known_ones():
    with pytest.raises(RuleViolation, match="Roolia johtaja ei ole") as refusal:
        rules.check_roles(["johtaja"])
    assert "kasittelija" in refusal.value.sentence


@pytest.mark.parametrize("typed", ["Maija.Virtanen", " maija.virtanen ", "MAIJA.VIRTANEN"])
def test_a_user_name_is_the_same_however_it_is_capitalised(typed):
    assert rules.check_username(typed) == "maija.virtanen"


@pytest.mark.parametrize("typed", ["maija@yritys.fi", "väinö_2", "a-b", "žukov"])
def test_a_user_name_may_hold_letters_of_any_language_and_the_signs_of_an_address(typed):
    assert rules.check_username(typed) == typed


@pytest.mark.parametrize("typed", ["", "m", "maija virtanen", "<script>", "a" * 61, "maija;drop"])
def test_a_user_name_holds_no_spaces_or_other_signs(typed):
    with pytest.raises(RuleViolation) as refusal:
        rules.check_username(typed)
    assert refusal.value.field == "username"


def test_the_only_admin_stays():
    rules.check_admin_remains(other_admins=1)
    with pytest.raises(RuleViolation, match="Ainoaa pääkäyttäjää"):
        rules.check_admin_remains(other_admins=0)


def test_the_first_user_confirms_having_signed():
    rules.check_agreed(True)
    with pytest.raises(RuleViolation) as refusal:
        rules.check_agreed(False)
    assert refusal.value.field == "agreed"
