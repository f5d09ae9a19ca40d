"""A Finnish personal identity code has no place in the register, however it is typed.

The codes are invented: their individual numbers are from 900 up, which are given to nobody, or they are the well-known
specimen.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.text import IDENTITY_CODE_SENTENCE, check_no_identity_code

SPECIMEN = "131052-308T"
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def code(birth: str = "131052", century: str = "-", individual: int = 900) -> str:
    """An invented code whose check sign is right."""
    return f"{birth}{century}{individual:03}{CHECKS[int(f'{birth}{individual:03}') % 31]}"


@pytest.mark.parametrize("century", list("+-YXWVUABCDEF"))
def test_a_code_of_each_century_is_refused(century: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_no_identity_code(code(century=century))
    assert refused.value.sentence == IDENTITY_CODE_SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        SPECIMEN,
        SPECIMEN.lower(),
        f"Hetu {SPECIMEN}.",
        f"hetu:{SPECIMEN},tilaus 4",
        f"Ensimmäinen rivi\n{SPECIMEN}\nkolmas",
        f"({SPECIMEN})",
        SPECIMEN.replace("-", "\u2010"),
        SPECIMEN.replace("-", "\u2011"),
        SPECIMEN.replace("-", "–"),
        SPECIMEN.replace("-", "\u2212"),
        "".join(chr(ord(sign) + 0xFEE0) for sign in SPECIMEN),
        f"{'x' * 100_000} {SPECIMEN}",
    ],
    ids=lambda text: text[:24],
)
def test_a_code_is_found_wherever_and_however_it_stands(text: str) -> None:
    with pytest.raises(RuleViolation):
        check_no_identity_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "131052-308U",
        "310252-308Y",
        "131352-308T",
        "131052-3080",
        "tilaus 131052-3081",
        "131052-308",
        "1131052-308T",
        "131052-308TX",
        "A131052-308T",
        "lasku 202611-123-A",
        "Y-tunnus 0112038-9",
        "+358 41 505 8567",
        "FI21 1234 5600 0007 85",
        "KT 2026/0003",
        "ISBN 951-0-18435-7",
        "13.10.1952-308T",
        "131052 308T",
    ],
)
def test_numbers_of_other_kinds_are_not_refused(text: str) -> None:
    check_no_identity_code(text)


@given(
    st.dates().map(lambda day: day.strftime("%d%m%y")), st.integers(900, 999), st.sampled_from("-A"), st.integers(1, 30)
)
def test_a_wrong_check_sign_is_not_a_code(birth: str, individual: int, century: str, step: int) -> None:
    right = code(birth, century, individual)
    wrong = right[:-1] + CHECKS[(CHECKS.index(right[-1]) + step) % 31]
    check_no_identity_code(wrong)
