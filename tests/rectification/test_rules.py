"""The rulebook of rectification: plain values in, an answer or a sentence out."""

import pytest

from rekisteri.kernel.errors import RuleViolation
from rekisteri.rectification import rules
from rekisteri.rectification.rules import Demand

REASONS = "Osoite on tarkistettu väestötietojärjestelmästä ja se on oikea."


def refusal_of(check: object, *args: object, **kwargs: object) -> RuleViolation:
    with pytest.raises(RuleViolation) as caught:
        check(*args, **kwargs)  # type: ignore[operator]
    return caught.value


def demand(**changes: str) -> Demand:
    return Demand(**({"field": "street", "kind": "wrong", "requested": "Mäkitie 14", "ground": "Muutin."} | changes))


class TestADemand:
    def test_that_names_datum_change_and_grounds_is_complete(self) -> None:
        rules.check_demand(demand(), current="Mäkitie 4")

    @pytest.mark.promise("oikaisu.yksilointi")
    def test_without_grounds_is_not_itemised(self) -> None:
        violation = refusal_of(rules.check_demand, demand(ground="  "), current="Mäkitie 4")
        assert violation.sentence == "Kirjoita, millä perusteella korjausta vaaditaan."
        assert violation.field == "ground"

    @pytest.mark.promise("oikaisu.yksilointi")
    def test_without_the_demanded_text_is_not_itemised(self) -> None:
        violation = refusal_of(rules.check_demand, demand(requested=""), current="Mäkitie 4")
        assert violation.field == "requested"
        assert "millaiseksi" in violation.sentence

    @pytest.mark.promise("oikaisu.aiheet")
    @pytest.mark.parametrize("kind", ["wrong", "incomplete", "outdated"])
    def test_of_a_wrong_incomplete_or_outdated_datum_gives_the_new_text(self, kind: str) -> None:
        rules.check_demand(demand(kind=kind), current="Mäkitie 4")

    @pytest.mark.promise("oikaisu.aiheet")
    def test_of_an_unnecessary_datum_removes_it(self) -> None:
        rules.check_demand(demand(kind="unnecessary", requested=""), current="Mäkitie 4")

    def test_of_an_unnecessary_datum_has_no_new_text(self) -> None:
        violation = refusal_of(rules.check_demand, demand(kind="unnecessary"), current="Mäkitie 4")
        assert violation.sentence == "Tarpeeton tieto poistetaan, joten uutta tietoa ei kirjoiteta."

    def test_cannot_remove_what_the_register_does_not_hold(self) -> None:
        violation = refusal_of(rules.check_demand, demand(kind="unnecessary", requested=""), current=None)
        assert violation.field == "field"

    def test_for_what_already_stands_there_is_refused_at_entry(self) -> None:
        violation = refusal_of(rules.check_demand, demand(requested="Mäkitie 4"), current="Mäkitie 4")
        assert violation.sentence == "Rekisterissä on jo juuri tämä tieto."

    def test_completes_a_datum_that_is_missing(self) -> None:
        rules.check_demand(demand(kind="incomplete"), current=None)

    def test_of_an_unknown_kind_is_not_taken(self) -> None:
        assert refusal_of(rules.check_demand, demand(kind="ugly"), current="x").field == "kind"

    def test_on_own_initiative_asks_for_grounds_in_its_own_words(self) -> None:
        violation = refusal_of(rules.check_demand, demand(ground=""), current="x", own_initiative=True)
        assert violation.sentence == "Kirjoita, millä perusteella tieto oikaistaan."


class TestADecision:
    def test_is_made_once(self) -> None:
        violation = refusal_of(rules.check_open, case_state="in_review", decision="granted")
        assert violation.sentence == "Vaatimus on jo ratkaistu."

    @pytest.mark.parametrize("state", ["closed", "withdrawn"])
    def test_is_not_made_after_the_case_has_ended(self, state: str) -> None:
        assert "päättynyt" in refusal_of(rules.check_open, case_state=state, decision=None).sentence

    def test_may_be_made_while_the_case_is_open(self) -> None:
        rules.check_open(case_state="registered", decision=None)

    def test_to_grant_needs_a_known_person(self) -> None:
        violation = refusal_of(rules.check_grant, person_known=False, recorded=None, now=None)
        assert "Valitse ensin asiakas" in violation.sentence

    def test_to_grant_needs_the_datum_the_demand_speaks_of(self) -> None:
        violation = refusal_of(rules.check_grant, person_known=True, recorded="Mäkitie 4", now="Rantatie 1")
        assert "se on nyt ”Rantatie 1”" in violation.sentence

    def test_to_grant_says_so_when_the_datum_has_been_removed(self) -> None:
        violation = refusal_of(rules.check_grant, person_known=True, recorded="Mäkitie 4", now=None)
        assert "se on nyt tyhjä" in violation.sentence

    def test_to_grant_passes_when_the_register_stands_as_recorded(self) -> None:
        rules.check_grant(person_known=True, recorded="Mäkitie 4", now="Mäkitie 4")


class TestGrantingInPart:
    def test_needs_the_text_to_write(self) -> None:
        violation = refusal_of(rules.check_partial_grant, granted="", requested="a", current="b")
        assert violation.field == "granted_value"

    def test_is_not_granting_all(self) -> None:
        violation = refusal_of(rules.check_partial_grant, granted="a", requested="a", current="b")
        assert "Hyväksytään" in violation.sentence

    def test_is_not_refusing_all(self) -> None:
        violation = refusal_of(rules.check_partial_grant, granted="b", requested="a", current="b")
        assert "Evätään" in violation.sentence

    def test_puts_something_between(self) -> None:
        rules.check_partial_grant(granted="c", requested="a", current="b")


class TestARefusal:
    def test_with_ground_and_reasons_stands(self) -> None:
        rules.check_refusal(ground="accurate", reasons=REASONS)

    def test_without_a_ground_is_not_made(self) -> None:
        assert refusal_of(rules.check_refusal, ground=None, reasons=REASONS).field == "refusal_ground"

    def test_with_an_invented_ground_is_not_made(self) -> None:
        assert refusal_of(rules.check_refusal, ground="because", reasons=REASONS).field == "refusal_ground"

    @pytest.mark.promise("oikaisu.todistus")
    @pytest.mark.parametrize("reasons", ["", "   ", "Ei.", "Tieto on oikein."])
    def test_without_reasons_in_plain_words_is_not_made(self, reasons: str) -> None:
        violation = refusal_of(rules.check_refusal, ground="accurate", reasons=reasons)
        assert violation.field == "reasons"
        assert "ymmärtää" in violation.sentence

    def test_is_never_made_of_the_companys_own_initiative(self) -> None:
        violation = refusal_of(rules.check_refusal, ground="accurate", reasons=REASONS, own_initiative=True)
        assert "ei evätä" in violation.sentence

    @pytest.mark.parametrize("code", rules.REFUSAL_GROUNDS)
    def test_ground_has_a_sentence_and_an_article_for_the_certificate(self, code: str) -> None:
        ground = rules.REFUSAL_GROUNDS[code]
        assert ground.sentence.endswith(".")
        assert "artikl" in ground.article or "luku" in ground.article


class TestGivingTheDecision:
    def test_waits_until_every_demand_is_decided(self) -> None:
        violation = refusal_of(rules.check_issue, ["granted", None], already_issued=False, missing_settings=[])
        assert violation.sentence == "Yksi vaatimus on vielä ratkaisematta."

    def test_counts_what_is_undecided(self) -> None:
        violation = refusal_of(rules.check_issue, [None, None], already_issued=False, missing_settings=[])
        assert violation.sentence == "2 vaatimusta on vielä ratkaisematta."

    def test_needs_something_to_decide(self) -> None:
        violation = refusal_of(rules.check_issue, [], already_issued=False, missing_settings=[])
        assert "Yksilöi ensin" in violation.sentence

    def test_happens_once(self) -> None:
        violation = refusal_of(rules.check_issue, ["granted"], already_issued=True, missing_settings=[])
        assert violation.sentence == "Päätös on jo annettu."

    def test_needs_a_complete_letterhead(self) -> None:
        violation = refusal_of(
            rules.check_issue, ["granted"], already_issued=False, missing_settings=["osoite", "puhelin"]
        )
        assert violation.sentence == "Täydennä ensin asetuksiin: osoite, puhelin."

    def test_passes_when_all_is_ready(self) -> None:
        rules.check_issue(["granted", "refused"], already_issued=False, missing_settings=[])


class TestTheCertificate:
    @pytest.mark.promise("oikaisu.todistus")
    @pytest.mark.parametrize("decisions", [["refused"], ["granted", "refused"], ["partly_granted"]])
    def test_is_due_when_anything_is_refused(self, decisions: list[str]) -> None:
        assert rules.needs_certificate(decisions)
        rules.check_certificate(decisions)

    def test_is_not_given_of_what_was_granted(self) -> None:
        assert not rules.needs_certificate(["granted"])
        assert "vain evätystä" in refusal_of(rules.check_certificate, ["granted"]).sentence

    def test_is_replaced_only_after_it_was_given(self) -> None:
        assert (
            "ei ole vielä annettu" in refusal_of(rules.check_replacement, issued=False, why="Kirjoitusvirhe.").sentence
        )

    def test_is_replaced_only_for_a_stated_reason(self) -> None:
        assert refusal_of(rules.check_replacement, issued=True, why=" ").field == "why"


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        (["granted"], "granted"),
        (["refused", "refused"], "refused"),
        (["granted", "refused"], "partly_granted"),
        (["partly_granted"], "partly_granted"),
    ],
)
def test_the_request_as_a_whole_ends_as_its_demands_do(decisions: list[str], outcome: str) -> None:
    assert rules.whole_or_part(decisions) == outcome


class TestWhatHoldsTheCaseOpen:
    def test_nothing_when_all_is_decided_issued_and_told(self) -> None:
        assert rules.blockers(["granted"], issued=True, untold=0) == []

    def test_no_demands(self) -> None:
        assert rules.blockers([], issued=False, untold=0) == ["Vaatimuksia ei ole yksilöity."]

    def test_an_undecided_demand(self) -> None:
        assert rules.blockers(["granted", None], issued=False, untold=0) == ["Kaikkia vaatimuksia ei ole ratkaistu."]

    def test_a_decision_not_given(self) -> None:
        assert rules.blockers(["refused"], issued=False, untold=0) == ["Päätöstä ei ole annettu."]

    @pytest.mark.promise("oikaisu.ilmoitus-saajalle")
    def test_somebody_not_told(self) -> None:
        (sentence,) = rules.blockers(["granted"], issued=True, untold=1)
        assert "vastaanottajille" in sentence
