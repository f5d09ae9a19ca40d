"""Long Finnish words may break where a Finn would break them, and addresses never get a hyphen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.pdf import render
from rekisteri.kernel.pdf.hyphens import hyphenate
from tests.kernel.pdf.pages import ink, pixels, whole

SOFT = "\u00ad"


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("kieltäytymistodistus", "kiel-täy-ty-mis-to-dis-tus"),
        ("asiakasrekisteritieto", "asia-kas-re-kis-te-ri-tieto"),
        ("tietosuojavaltuutettu", "tie-to-suo-ja-val-tuu-tettu"),
    ],
)
def test_a_long_word_may_break_at_its_syllables(word: str, broken: str) -> None:
    assert hyphenate(word).replace(SOFT, "-") == broken


@pytest.mark.parametrize("word", ["rekisteri", "oikaisupyyntö", "Helsinki", "neljätoistakir"])
def test_a_word_that_fits_is_left_alone(word: str) -> None:
    assert hyphenate(word) == word


@pytest.mark.parametrize(
    "address",
    [
        "matti.meikalainenvirtanen@esimerkkiyhdistys.example",
        "https://www.esimerkkikauppakeskus.example/tietosuoja",
        "www.esimerkkikauppakeskus.example",
    ],
)
def test_an_address_never_gets_a_hyphen(address: str) -> None:
    assert hyphenate(address) == address


@given(st.text())
def test_nothing_but_soft_hyphens_is_ever_added(text: str) -> None:
    assert hyphenate(text).replace(SOFT, "") == text.replace(SOFT, "")


def test_a_compound_of_eighty_letters_stays_inside_its_cell() -> None:
    word = hyphenate("lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas" + "kunnanhallinnoija")
    style = "table { table-layout: fixed; width: 60mm; border-collapse: collapse } td { width: 30mm; padding: 0 }"
    sheet = pixels(render(whole(f"<table><tr><td>{word}</td><td></td></tr></table>", style=style), title="Koe"))
    assert ink(sheet, (20, 20, 50, 60)) > 0
    assert ink(sheet, (50.5, 20, 200, 60)) == 0
