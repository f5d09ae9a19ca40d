"""What is accepted of a request, and what is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.cases import codes, rules
from rekisteri.cases.rules import Requester
from rekisteri.kernel.errors import RuleViolation

TODAY = date(2026, 11, 23)


def refused(field: str | None = None):
    """The rule says no, on this field."""

    class Refused:
        def __enter__(self) -> None:
            return None

        def __exit__(self, kind: type | None, error: BaseException | None, _trace: object) -> bool:
            assert isinstance(error, RuleViolation), "the rule let it pass"
            assert error.field == field
            assert error.sentence.endswith(".")
            return True

    return Refused()


def test_a_request_is_not_received_tomorrow() -> None:
    with refused("received_on"):
        rules.check_received(date(2026, 11, 24), on=TODAY)


def test_a_mistyped_year_is_noticed() -> None:
    with refused("received_on"):
        rules.check_received(date(1926, 11, 20), on=TODAY)


def test_a_request_is_not_dated_in_the_future() -> None:
    with refused("request_dated_on"):
        rules.check_received(date(2026, 11, 20), on=TODAY, dated=date(2026, 11, 24))


def test_a_request_is_not_dated_after_it_came() -> None:
    with refused("request_dated_on"):
        rules.check_received(date(2026, 11, 20), on=TODAY, dated=date(2026, 11, 21))


def test_a_request_that_came_and_was_written_today_is_accepted() -> None:
    rules.check_received(TODAY, on=TODAY, dated=TODAY)


def test_somebody_must_have_asked() -> None:
    with refused("requester_name"):
        rules.check_requester(Requester(name="  "))


def test_an_agents_mandate_is_recorded_as_shown_or_missing() -> None:
    with refused("mandate"):
        rules.check_requester(Requester(name="Asko Asiamies", role="agent"))
    rules.check_requester(Requester(name="Asko Asiamies", role="agent", mandate="missing"))
    rules.check_requester(Requester(name="Hilla Huoltaja", role="guardian", mandate="shown"))


def test_a_person_who_speaks_for_herself_needs_no_mandate() -> None:
    with refused("mandate"):
        rules.check_requester(Requester(name="Maija Virtanen", mandate="shown"))


def test_an_address_without_a_town_is_not_enough_for_a_letter() -> None:
    with refused("requester_street"):
        rules.check_requester(Requester(name="Maija Virtanen", street="Mäkitie 4", postcode="00100"))


@pytest.mark.parametrize("postcode", ["100", "0010A", "SE-111 22", "٠٠١٠٠"])
def test_a_finnish_postcode_has_five_digits(postcode: str) -> None:
    with refused("requester_postcode"):
        rules.check_requester(Requester(name="Maija Virtanen", street="Mäkitie 4", postcode=postcode, city="Helsinki"))


def test_an_address_abroad_keeps_its_own_postcode() -> None:
    rules.check_requester(
        Requester(name="Åke Öst", street="Storgatan 1", postcode="111 22", city="Stockholm", country="Ruotsi")
    )


@pytest.mark.promise("oikaisu.kirjallinen")
@pytest.mark.parametrize(
    ("channel", "signature", "kept"),
    [
        ("letter", "signed", "signed"),
        ("letter", "unsigned", "unsigned"),
        ("visit", "signed", "signed"),
        ("visit", None, "not_applicable"),
        ("email", "unsigned", "unsigned"),
        ("email", None, "not_applicable"),
        ("phone", "signed", "not_applicable"),
        ("phone", None, "not_applicable"),
    ],
)
def test_a_signature_is_recorded_and_its_lack_refuses_nothing(channel: str, signature: str | None, kept: str) -> None:
    assert rules.signature_for(channel, signature) == kept


@pytest.mark.promise("oikaisu.kirjallinen")
def test_of_a_letter_it_is_told_whether_it_is_signed() -> None:
    with refused("signature"):
        rules.signature_for("letter", None)


@pytest.mark.parametrize(
    ("state", "following"),
    [("registered", "in_review"), ("registered", "decided"), ("in_review", "decided"), ("decided", "in_review")],
)
def test_an_open_case_moves_as_the_work_does(state: str, following: str) -> None:
    rules.check_step(state, following)


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
@pytest.mark.parametrize("following", list(codes.STATES))
def test_an_ended_case_stays_ended(state: str, following: str) -> None:
    with refused():
        rules.check_step(state, following)


@pytest.mark.parametrize("following", ["closed", "withdrawn", "registered"])
def test_a_case_is_closed_or_withdrawn_only_by_its_own_rules(following: str) -> None:
    with refused():
        rules.check_step("in_review", following)


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_nothing_is_done_to_an_ended_case(state: str) -> None:
    with refused():
        rules.check_open(state)


def test_whom_a_request_concerns_is_not_changed_after_the_decision() -> None:
    rules.check_person_may_change("in_review")
    with refused():
        rules.check_person_may_change("decided")


def test_identity_is_recorded_by_one_of_the_known_ways() -> None:
    with refused("method"):
        rules.check_identity("copy_of_passport", checked_on=TODAY, received=TODAY, on=TODAY)


def test_no_way_of_identifying_asks_for_a_number_or_a_copy() -> None:
    assert not any("numero " in words or "kopio" in words for words in codes.IDENTITY_METHODS.values())


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 19)])
def test_identity_is_checked_between_receipt_and_today(day: date) -> None:
    with refused("checked_on"):
        rules.check_identity("passport", checked_on=day, received=date(2026, 11, 20), on=TODAY)


@pytest.mark.parametrize("text", ["", "osoite", "uusi osoite"])
def test_a_letter_that_asks_for_details_says_which(text: str) -> None:
    with refused("wanted"):
        rules.check_details_wanted(text, reply_by=date(2026, 12, 7), on=TODAY)


def test_details_are_not_asked_for_by_yesterday() -> None:
    with refused("reply_by"):
        rules.check_details_wanted("Kertokaa, mikä osoite on väärä.", reply_by=TODAY, on=TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 1)])
def test_a_request_is_withdrawn_between_receipt_and_today(day: date) -> None:
    with refused("withdrawn_on"):
        rules.check_withdrawal(state="registered", withdrawn=day, received=date(2026, 11, 2), on=TODAY)


def test_a_decided_request_is_not_withdrawn() -> None:
    with refused():
        rules.check_withdrawal(state="decided", withdrawn=TODAY, received=TODAY, on=TODAY)


def test_closing_tells_everything_that_is_still_undone() -> None:
    blockers = rules.own_blockers(person_state="open", unposted=["Täydennyspyyntö", "Oikaisupäätös"])
    with pytest.raises(RuleViolation) as refusal:
        rules.check_closing(blockers)
    for sign in ("etsitty", "”Täydennyspyyntö”", "”Oikaisupäätös”"):
        assert sign in refusal.value.sentence


def test_a_case_without_anything_undone_closes() -> None:
    assert rules.own_blockers(person_state="not_found", unposted=[]) == []
    rules.check_closing([])


ANY_TEXT = st.text(max_size=80)


@given(
    name=ANY_TEXT,
    street=ANY_TEXT,
    postcode=ANY_TEXT,
    city=ANY_TEXT,
    country=ANY_TEXT,
    email=ANY_TEXT,
    role=st.sampled_from(["self", "agent", "guardian", "neighbour", ""]),
    mandate=st.sampled_from(["shown", "missing", None, "maybe"]),
)
def test_whatever_is_typed_of_the_requester_is_accepted_or_refused_in_words(**typed: str | None) -> None:
    try:
        kept = rules.check_requester(Requester(**typed))  # type: ignore[arg-type]
    except RuleViolation as refusal:
        told = refusal
    else:
        assert kept.name == typed["name"]
        return
    assert told.sentence.endswith(".")
    assert told.field is None or told.field.startswith(("requester_", "mandate"))


@given(received=st.dates(), dated=st.none() | st.dates())
def test_only_days_that_can_be_true_are_taken_for_receipt(received: date, dated: date | None) -> None:
    possible = rules.OLDEST <= received <= TODAY and (dated is None or dated <= received)
    try:
        rules.check_received(received, on=TODAY, dated=dated)
    except RuleViolation:
        accepted = False
    else:
        accepted = True
    assert accepted == possible
