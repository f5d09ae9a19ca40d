"""Most of what is typed is plain Finnish, and is judged without the large tables; the answer is the same."""

import re
import unicodedata

import phonenumbers
import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.customers import projection, rules
from rekisteri.kernel import formats, text
from rekisteri.kernel.errors import RuleViolation

TYPED = st.text(st.characters(max_codepoint=0x17F) | st.sampled_from("åäöÅÄÖ -,.'+|{}~’–\u00ad\u200b"), max_size=40)
NEVER = re.compile("(?!)")
DIGITS = st.text("0123456789", min_size=7, max_size=9)
GAPS = st.lists(st.sampled_from(["", "", " ", "-"]), min_size=12, max_size=12)
WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)


SHORTCUTS = {
    text: ["_PLAIN", "_COMMON_EMAIL"],
    formats: ["_PLAIN", "_COMMON_PHONE"],
    rules: ["_COMMON_NAME", "_COMMON_PHONE"],
}


def answer(function, *arguments):
    try:
        return function(*arguments)
    except RuleViolation as violation:
        return violation.sentence


@given(typed=TYPED)
def test_a_text_is_kept_sorted_and_searched_alike(typed):
    for function in (text.clean, formats.sort_key, projection.without_foreign_accents, one_of_many_lines):
        assert_same(function, typed)


def one_of_many_lines(typed: str) -> str:
    return text.clean(typed, lines=True)


@given(before=TYPED, date=st.text("0123456789", min_size=6, max_size=6), sign=st.sampled_from("+-A–"), after=TYPED)
def test_an_identity_code_is_seen_alike(before, date, sign, after):
    for ending in ("002", "900"):
        for check in "0123456789ABCDEFHJKLMNPRSTUVWXY":
            assert_same(text.check_no_identity_code, f"{before} {date}{sign}{ending}{check} {after}")


@given(typed=TYPED)
def test_a_name_is_judged_alike(typed):
    assert_same(rules.check_value, "person", "last_name", typed)


@given(
    start=st.sampled_from(["0", "+358", "+358 ", "358", "00358"]),
    digits=DIGITS,
    first=st.sampled_from(["4", "5", "9", ""]),
    gaps=GAPS,
)
def test_a_phone_number_is_kept_and_shown_alike(start, digits, first, gaps):
    written = start + "".join(digit + gap for digit, gap in zip(first + digits, gaps, strict=False))
    assert_same(rules.check_value, "person", "phone", written)
    assert_same(formats.fi_phone, "+358" + first + digits)


@pytest.mark.parametrize(
    "area", ["40", "41", "42", "43", "44", "45", "46", "47", "48", "49", "50", "90", "91", "95", "98", "99"]
)
@pytest.mark.parametrize("own", ["0000000", "1234567", "9999999", "5058567"])
def test_every_common_number_is_what_the_library_says(area, own):
    assert_same(rules.check_value, "person", "phone", f"0{area}{own}")
    assert_same(formats.fi_phone, f"+358{area}{own}")
    number = phonenumbers.parse(f"0{area}{own}", "FI")
    accepted = answer(rules.check_value, "person", "phone", f"0{area}{own}").startswith("+")
    assert accepted == phonenumbers.is_valid_number(number)


@given(
    name=st.lists(WORD, min_size=1, max_size=3),
    domain=st.lists(WORD, min_size=1, max_size=3),
    join=st.sampled_from("._-+"),
    end=st.sampled_from(["fi", "com", "net", "org", "se", "eu", "test", "example", "f"]),
)
def test_an_email_address_is_judged_alike(name, domain, join, end):
    dot = join.replace("_", "-").replace("+", ".")
    assert_same(rules.check_value, "person", "email", f"{join.join(name)}@{dot.join(domain)}.{end}")


def test_a_common_address_is_what_the_library_says():
    address = "maija.virtanen@esimerkki.fi"
    assert (
        rules.check_value("person", "email", address) == validate_email(address, check_deliverability=False).normalized
    )


def test_what_is_plain_is_composed_and_visible():
    signs = [sign for sign in map(chr, range(0x2000)) if text.is_plain(sign)]
    assert all(unicodedata.normalize(form, sign) == sign for sign in signs for form in ("NFC", "NFKC"))
    assert all(sign.isprintable() for sign in signs)


def assert_same(function, *arguments) -> None:
    """The answer is the same with the shortcuts and with none of them taken."""
    short = answer(function, *arguments)
    with pytest.MonkeyPatch.context() as without:
        for module, names in SHORTCUTS.items():
            for name in names:
                without.setattr(module, name, NEVER)
        assert short == answer(function, *arguments)
