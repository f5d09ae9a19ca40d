"""The rich text: what a clerk types, what comes through, and that nothing else ever does."""

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rekisteri.notice.richtext import from_html, from_markup, plain, to_html, to_markup
from rekisteri.notice.richtext.html import TAGS

SIGNS = st.sampled_from([*"*[]()\\-–•.1 \n<>&\"'aÄ/:\u00a0", "  ", "\n\n", "- ", "1. ", "**", "](", "https://a.fi"])
TYPED = st.lists(SIGNS | st.characters(codec="utf-8"), max_size=60).map("".join)
ELEMENTS = ["p", "ul", "ol", "li", "b", "em", "br", "td", "tr", "a", "script", "svg", "div", "h2", "!--"]
PIECES = st.sampled_from([f"<{tag}>" for tag in ELEMENTS] + [f"</{tag}>" for tag in ELEMENTS]) | st.sampled_from(
    [
        '<a href="https://a.fi/x">',
        '<a href="javascript:alert(1)">',
        "-->",
        "- ",
        "- A",
        "teksti",
        " ",
        "\n",
        "&lt;p&gt;",
        "*",
    ]
)
FOREIGN = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


def assert_harmless(html: str) -> None:
    """Only the eight elements, no attribute but a link's safe address, and nothing to run."""
    tree = BeautifulSoup(html, "html.parser")
    for tag in tree.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ({"href"} if tag.name == "a" else set())
        if tag.name == "a":
            assert tag["href"].startswith(("https://", "mailto:"))
    assert not tree.find_all(string=lambda text: type(text).__name__ in ("Comment", "Doctype", "CData"))


def test_paragraphs_lists_emphasis_and_links_are_typed_with_a_few_signs() -> None:
    typed = "Rekisterissä on:\n- nimi\n- **osoite** ja *puhelin*\n\nLue [lisää](https://tietosuoja.fi/a_(b))."
    assert to_html(from_markup(typed)) == (
        "<p>Rekisterissä on:</p><ul><li>nimi</li><li><strong>osoite</strong> ja <em>puhelin</em></li></ul>"
        '<p>Lue <a href="https://tietosuoja.fi/a_%28b%29">lisää</a>.</p>'
    )


def test_a_line_break_is_a_line_break() -> None:
    assert to_html(from_markup("Kello Oy\nTehtaankuja 3")) == "<p>Kello Oy<br>Tehtaankuja 3</p>"


def test_a_list_item_goes_on_after_two_spaces() -> None:
    assert to_html(from_markup("- yksi\n  jatkuu\n- kaksi")) == "<ul><li>yksi<br>jatkuu</li><li>kaksi</li></ul>"


def test_a_numbered_list_counts_from_one_and_a_date_is_no_list() -> None:
    assert to_html(from_markup("1. ensin\n2. sitten")) == "<ol><li>ensin</li><li>sitten</li></ol>"
    assert to_html(from_markup("22. toukokuuta 2018")) == "<p>22. toukokuuta 2018</p>"


def test_bullets_pasted_from_elsewhere_are_a_list_too() -> None:
    assert to_html(from_markup("• nimi\n–  osoite")) == "<ul><li>nimi</li><li>osoite</li></ul>"


def test_both_emphases_at_once_are_three_stars() -> None:
    assert to_html(from_markup("***kaikki***")) == "<p><strong><em>kaikki</em></strong></p>"


def test_signs_without_a_meaning_stand_for_themselves() -> None:
    typed = "5 * 3, [nimi, osoite], a*b ja ](x"
    assert plain(from_markup(typed)) == typed
    assert "[nimi, osoite]" in to_markup(from_markup(typed))


def test_a_backslash_takes_the_meaning_away() -> None:
    assert to_html(from_markup(r"\*ei\* \- \[x]\(y)")) == "<p>*ei* - [x](y)</p>"
    assert to_html(from_markup(r"\- ei luettelo")) == "<p>- ei luettelo</p>"


def test_dashes_typed_on_one_line_of_a_list_become_its_items() -> None:
    html = '<ul style="list-style-type: none">- Etu- ja sukunimi- Kotiosoite- Tilaukset'
    assert to_html(from_html(html)) == "<ul><li>Etu- ja sukunimi</li><li>Kotiosoite</li><li>Tilaukset</li></ul>"


def test_nested_lists_tables_and_headings_keep_their_words() -> None:
    html = "<h3>Otsikko</h3><ul><li>a<ul><li>b</ul><li>c</ul><table><tr><td>d<td>e</table><div>f<p>g</div>"
    assert plain(from_html(html)).split() == ["Otsikko", "a", "b", "c", "d", "e", "f", "g"]


def test_two_breaks_on_end_begin_a_new_paragraph() -> None:
    assert to_html(from_html("a<br> <br>b<br>c")) == "<p>a</p><p>b<br>c</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "http://vanha.example/",
        "//paha.example/",
        "https:paha.example",
        "https://tili@paha.example/",
        "https://[paha",
        "mailto:",
        "file:///etc/passwd",
    ],
)
def test_a_link_leads_only_to_the_secure_web_or_to_e_mail(address: str) -> None:
    assert "href" not in to_html(from_html(f'<a href="{address}">lue</a>'))
    assert "<a" not in to_html(from_markup(f"[lue]({address})"))


def test_a_link_may_lead_to_an_e_mail_address() -> None:
    assert to_html(from_markup("[kirjoita](mailto:a@b.fi)")) == '<p><a href="mailto:a@b.fi">kirjoita</a></p>'


XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="https://a.fi" onclick="alert(1)">x</a>',
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<template><script>alert(1)</script></template>",
    "<object data='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<base href='javascript:/a/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'https://paha.example/x.css';</style>",
    "<a href='https://a.fi\" onmouseover=\"alert(1)'>x</a>",
    '[x](https://a.fi"onmouseover="alert(1))',
    "[<img src=x onerror=alert(1)>](https://a.fi)",
    "**<script>alert(1)</script>**",
    "{{7*7}}{% raw %}",
    "]]><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "\u0000<script>alert(1)</script>",
]


@pytest.mark.parametrize("payload", XSS)
def test_nothing_that_runs_comes_through(payload: str) -> None:
    assert_harmless(to_html(from_markup(payload)))
    assert_harmless(to_html(from_html(payload)))


@settings(max_examples=300, deadline=None)
@given(TYPED)
@example("*a*\u00a0**b**")
@example("[a\\](https://a.fi)")
@example("- *a\n  b*\n\n1. x")
def test_whatever_is_typed_is_harmless_and_can_be_edited_again(typed: str) -> None:
    document = from_markup(typed)
    assert_harmless(to_html(document))
    assert from_markup(to_markup(document)) == document
    assert from_html(to_html(document)) == document


@settings(max_examples=300, deadline=None)
@given(FOREIGN)
def test_whatever_is_imported_is_harmless_and_can_be_edited(html: str) -> None:
    document = from_html(html)
    assert_harmless(to_html(document))
    assert from_markup(to_markup(document)) == document
    assert from_html(to_html(document)) == document


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="abcåäö 123.,;:!?", min_size=1, max_size=20), max_size=5))
def test_no_word_is_lost_on_the_way(paragraphs: list[str]) -> None:
    typed = "\n\n".join(f"x{paragraph}" for paragraph in paragraphs)
    assert plain(from_html(to_html(from_markup(typed)))).split() == typed.split()


@pytest.mark.parametrize(
    "piece", ["*a ", "**", "[", "[a](", "\\", "<ul>", "<b>", "- ", "1. a\n", "<td>", "<br>", "](", "***a*", "(" * 3]
)
def test_a_hostile_text_of_the_largest_size_is_read_at_once(piece: str) -> None:
    text = piece * (64 * 1024 // len(piece))
    begun = time.process_time()
    to_markup(from_markup(text))
    to_html(from_html(text))
    assert time.process_time() - begun < 5
