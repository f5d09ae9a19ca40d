"""Which passwords are accepted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.staff import password_rules as rules


@pytest.mark.promise("atk.tunnus")
@pytest.mark.parametrize(
    "password",
    [
        "siniset kivet soivat aamulla",
        "jänis juoksi metsään tänään",
        "pilkku piste vaakuna rengas",
        "kdpbwqzrtyxmvnh",
        "7 kertaa 8 on viisikymmentäkuusi",
        "😀 nauru pidentää ikää kovasti",
        " välilyönnit kuuluvat asiaan ",
        "vadelmahillo" + "x" * 3,
    ],
)
def test_a_long_phrase_is_accepted_whatever_signs_it_is_made_of(password):
    assert rules.check_password(password) == password


def test_neither_capitals_nor_figures_nor_signs_are_demanded():
    assert rules.check_password("vihreälumihevonenlaulaa")


@pytest.mark.parametrize("length", [1, 8, 14])
def test_a_password_under_fifteen_signs_is_refused(length):
    with pytest.raises(RuleViolation, match="vähintään 15 merkkiä") as refusal:
        rules.check_password("vadelmahillopurkki"[:length])
    assert refusal.value.field == "password"


def test_fifteen_signs_are_enough():
    assert len(rules.check_password("vadelmahillopur")) == 15


def test_128_signs_are_accepted_and_one_more_is_not():
    long = ("pilvi laukka tuohi rengas vaakuna helmi aalto ") * 3
    assert rules.check_password(long[:128]) == long[:128]
    with pytest.raises(RuleViolation, match="enintään 128 merkkiä"):
        rules.check_password(long[:129])


def test_a_password_typed_on_another_keyboard_is_the_same():
    composed = "äänekkäät öljylamput"
    assert rules.check_password(unicodedata.normalize("NFD", composed)) == composed


def test_spaces_at_the_ends_belong_to_the_password():
    assert rules.normal("  salaista  ") == "  salaista  "


@pytest.mark.parametrize(
    "password",
    [
        "123456789012345",
        "qwertyuiopasdfgh",
        "asdfghjklöäzxcvb",
        "1q2w3e4r5t6y7u8i",
        "1qaz2wsx3edc4rfv",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaaaa",
        "abababababababab",
        "kissakissakissa",
        "passwordpassword1",
        "Salasana12345678",
        "P4ssw0rd1234567!",
        "Kesä2026Kesä2026!",
        "iloveyouforever",
        "correcthorsebatterystaple",
        "Tervetuloa123456789",
        "JÄÄKIEKKOSUOMI2026",
        "marraskuu11.11.2026",
    ],
)
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(RuleViolation, match="helppo arvata"):
        rules.check_password(password)


@pytest.mark.parametrize(
    "password", ["Virtanen on paras kaikista", "halla-ahon mökki yritys oy", "MAIJAN pitkä salaisuus 7"]
)
def test_names_of_the_user_and_the_company_are_refused(password):
    with pytest.raises(RuleViolation, match="nimeä"):
        rules.check_password(password, context=["Maija Virtanen", "Mökki-Yritys Oy"])


def test_the_name_of_the_register_itself_is_refused():
    with pytest.raises(RuleViolation, match="nimeä"):
        rules.check_password("meidän asiakasrekisteri aukeaa")


def test_short_words_of_a_name_are_no_obstacle():
    assert rules.check_password("soitto kotiin sunnuntaina", context=["Oy Ab", "Kim Ek"])


def test_a_new_password_is_typed_the_same_twice():
    rules.check_repeated("pilvi laukka tuohi", "pilvi laukka tuohi")
    with pytest.raises(RuleViolation, match="eivät ole samat") as refusal:
        rules.check_repeated("pilvi laukka tuohi", "pilvi laukka tuoli")
    assert refusal.value.field == "again"


def test_a_one_time_password_is_itself_acceptable_and_never_the_same():
    given_out = {rules.one_time_password() for _ in range(200)}
    assert len(given_out) == 200
    assert all(rules.check_password(password) for password in given_out)


def test_a_one_time_password_has_no_signs_that_are_mistaken_for_each_other():
    signs = set("".join(rules.one_time_password() for _ in range(300)))
    assert not signs & set("0O1lIi")


@given(st.text(max_size=200))
def test_any_text_is_either_accepted_as_it_is_or_refused_with_a_sentence(password):
    try:
        answer = rules.check_password(password)
    except RuleViolation as refusal:
        answer = refusal.sentence
    assert answer == unicodedata.normalize("NFC", password) or answer.startswith("Salasan")
