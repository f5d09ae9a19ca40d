"""The reader of pages proves itself: it finds each fault it claims to find, and none on a good page."""

import pytest

from tests.support.pages import faults

GOOD = """<!doctype html>
<html lang="fi">
<head><meta charset="utf-8"><title>Asiakkaat – Asiakasrekisteri</title><link rel="stylesheet" href="/static/css/base.css"></head>
<body>
<a href="#sisalto">Siirry sisältöön</a>
<main id="sisalto">
<h1>Asiakkaat</h1>
<h2>Haku</h2>
<form action="/asiakkaat/" method="get" hx-get="/asiakkaat/">
<label for="q">Nimi</label> <input id="q" name="q" aria-describedby="q-vihje"> <span id="q-vihje">Esimerkiksi ”Mäki”</span>
<button type="submit">Hae</button>
</form>
<form action="/asiakkaat/1/poista" method="post"><input type="hidden" name="csrf_token" value="x">
<fieldset><legend>Laji</legend><label><input type="radio" name="laji" value="1"> Henkilö</label></fieldset>
<button>Poista</button></form>
<table><caption>Tulokset 1–2</caption><thead><tr><th scope="col">Nimi</th></tr></thead><tbody><tr><td>Virtanen</td></tr></tbody></table>
<img src="/static/kuva.png" alt="">
<p>Koodi <code>"a" -- None</code> jää rauhaan.</p>
</main>
</body>
</html>"""


def on_a_page(part: str) -> str:
    return GOOD.replace("<h2>Haku</h2>", f"<h2>Haku</h2>{part}")


def test_a_good_page_has_no_faults() -> None:
    assert faults(GOOD) == []


def test_a_good_fragment_may_point_into_the_page_around_it() -> None:
    assert faults('<tr id="rivi-7"><td><a href="/x" hx-get="/x" hx-target="#muualla">Avaa</a></td></tr>') == []


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("<p>avoin <b>lihava</p>", "HTML error"),
        ("<div></section></div>", "HTML error"),
        ('<p class="a" class="b">x</p>', "duplicate-attribute"),
        ('<p id="q">x</p>', 'id="q" stands 2 times'),
        ("<h1>Toinen</h1>", "2 h1 elements"),
        ("<h4>Liian syvä</h4>", "h4 “Liian syvä” follows h2"),
        ("<main>x</main>", "2 main elements"),
        ('<input name="nimi">', "has no label"),
        ('<label for="nimi"></label><input id="nimi" name="nimi">', "has no label"),
        (
            '<select aria-describedby="puuttuu" aria-label="Laji"></select>',
            'aria-describedby="puuttuu" points to no element',
        ),
        ('<label for="puuttuu">Nimi</label>', 'for="puuttuu" points to no element'),
        ('<button aria-controls="puuttuu">Avaa</button>', 'aria-controls="puuttuu" points to no element'),
        ('<a href="#puuttuu">Hyppää</a>', 'href="#puuttuu" points to no element'),
        ('<p style="color:red">x</p>', "attribute style is inline"),
        ("<style>p{}</style>", "inline <style>"),
        ("<script>1</script>", "inline <script>"),
        ('<button onclick="x()">Avaa</button>', "attribute onclick is inline"),
        ('<a href="javascript:x()">Avaa</a>', "holds code"),
        ('<img alt="" src="https://muualla.example/x.png">', "fetched from elsewhere"),
        ('<a href="/a" hx-get="/b">Avaa</a>', "must stand beside an equal href or action, which is now '/a'"),
        ('<button hx-post="/b">Avaa</button>', "which is now None"),
        ('<a href="/b" hx-delete="/b">Poista</a>', "has no counterpart"),
        ('<form action="/b" method="post"><button>Tallenna</button></form>', "posts without csrf_token"),
        ('<img src="/static/kuva.png">', "lacks alt"),
        ("<svg></svg>", "lacks a name"),
        ("<table><tr><td>x</td></tr></table>", "has no caption"),
        ("<table><caption>Lista</caption><tr><th>Nimi</th></tr></table>", "lacks scope"),
        ("<button></button>", "has no text"),
        ("<a>Avaa</a>", "has no href"),
        ('<p tabindex="3">x</p>', "positive tabindex"),
        ('<input aria-label="Nimi" aria-invalid="true">', "without saying why"),
        ('<a href="/x" target="_blank">Avaa</a>', "noopener"),
        ('<label><input type="radio" name="a"> A</label>', "outside a fieldset"),
        ('<p>Sana "lainattu" väärin</p>', "write ” on both sides"),
        ("<p>Tässä - kai - viiva</p>", "write – where a dash is meant"),
        ("<p>Odota...</p>", "write … instead"),
        ("<p>Puhelin None</p>", "a value of the program shows through"),
        ("<p>Hei {{ nimi }}</p>", "a value of the program shows through"),
        ("<p>Mäki &amp;amp; Virta</p>", "a value of the program shows through"),
        ("<p>Sana , pilkku</p>", "no space before"),
    ],
)
def test_a_faulty_page_is_told_how_to_mend_itself(part: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(on_a_page(part))), faults(on_a_page(part))


@pytest.mark.parametrize(
    ("good", "bad", "sentence"),
    [
        ('<html lang="fi">', "<html>", 'lacks lang="fi"'),
        ("<!doctype html>", "", "does not begin with"),
        ("<title>Asiakkaat", "<title>Etusivu", "does not contain the h1"),
        ("<h1>Asiakkaat</h1>", "", "0 h1 elements"),
    ],
)
def test_a_page_needs_its_frame(good: str, bad: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(GOOD.replace(good, bad)))


def test_foreign_words_can_be_left_unread_but_never_the_structure() -> None:
    page = on_a_page('<p>Sana "lainattu"</p><img src="/x.png">')
    assert [fault for fault in faults(page, words=False) if "lacks alt" not in fault] == []
