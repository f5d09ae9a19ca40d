"""How pairs are measured and told."""

from benchmarks.crowd import get, post
from benchmarks.measure import Ratio, medians, percentile


def test_a_figure_with_an_upper_limit_is_kept_up_to_it():
    assert Ratio("Muisti", 1.5, 1.5).is_kept
    assert not Ratio("Muisti", 1.51, 1.5).is_kept


def test_a_figure_with_a_lower_limit_is_kept_from_it_on():
    assert Ratio("Nopeus", 0.6, 0.6, at_least=True).is_kept
    assert not Ratio("Nopeus", 0.59, 0.6, at_least=True).is_kept


def test_the_row_of_the_table_tells_figure_limit_and_verdict():
    assert Ratio("Lista", 0.61, 0.6, at_least=True).line().split() == ["Lista", "0.61", "≥", "0.60", "kunnossa"]
    assert Ratio("Muisti", 200, 150).line().endswith("200.00   ≤ 150.00   EI KUNNOSSA")


def test_a_percentile_is_one_of_the_values():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0], 0.95) == 1.0
    assert percentile([float(number) for number in range(100)], 0.95) == 95.0


def test_rounds_alternate_so_that_a_slow_moment_hits_all_alike():
    done = []
    medians(lambda: done.append("a"), lambda: done.append("b"), rounds=3, warm=1)
    assert "".join(done) == "abababab"


def test_a_request_is_told_as_a_browser_would():
    assert get("/asiakkaat/", "rekisteri=x").startswith(
        b"GET /asiakkaat/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: rekisteri=x\r\n"
    )
    sent = post("/asiakkaat/", {"q": "äijä"}, "rekisteri=x")
    head, _, body = sent.partition(b"\r\n\r\n")
    assert body == b"q=%C3%A4ij%C3%A4"
    assert f"Content-Length: {len(body)}".encode() in head
