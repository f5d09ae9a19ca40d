"""The rules of giving data out, on plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.access import rules
from rekisteri.kernel.errors import Conflict, RuleViolation

REASONS = "Kohdassa kerrotaan toisesta henkilöstä eikä teistä."


class TestCovering:
    def test_a_word_is_covered_in_whatever_case_it_is_written(self):
        assert rules.covered("PEKKA ja Pekka", ["Pekka"]) == "[peitetty] ja [peitetty]"

    def test_a_word_inside_another_stays(self):
        assert rules.covered("Pekkala soitti", ["Pekka"]) == "Pekkala soitti"

    def test_a_whole_name_is_covered_before_its_part(self):
        words = rules.hidden_words("Virtanen\nPekka Virtanen")
        assert words == ["Pekka Virtanen", "Virtanen"]
        assert rules.covered("Pekka Virtanen soitti", words) == "[peitetty] soitti"

    def test_signs_of_patterns_are_only_signs(self):
        assert rules.covered("a.b axb", ["a.b"]) == "[peitetty] axb"

    def test_blank_lines_and_repeats_are_passed_over(self):
        assert rules.hidden_words("Pekka\n\n  Pekka \n") == ["Pekka"]

    def test_one_sign_alone_is_not_taken(self):
        with pytest.raises(RuleViolation, match="ainakin kaksi merkkiä") as refused:
            rules.check_hidden_words("Pekka\nP")
        assert refused.value.field == "hidden_words"

    @given(st.text(min_size=2, max_size=12).filter(str.strip), st.text(max_size=60))
    def test_no_covered_word_is_left_as_a_whole_word(self, word, text):
        import re

        kept = rules.covered(text, [word.strip()]).replace(rules.HIDDEN, " ")
        assert not re.search(rf"(?<!\w){re.escape(word.strip())}(?!\w)", kept.replace(rules.HIDDEN, "")) or (
            word.strip() in rules.HIDDEN
        )


class TestContactsOfOthers:
    def test_an_address_and_a_number_of_somebody_else_are_pointed_out(self):
        texts = ["Soita Pekalle 050 765 4321 tai pekka@esimerkki.fi."]
        assert rules.contacts_of_others(texts, []) == ["050 765 4321", "pekka@esimerkki.fi"]

    def test_the_persons_own_are_known_however_they_are_written(self):
        own = ["+358415058567", "Maija@Esimerkki.fi"]
        assert rules.contacts_of_others(["041 505 8567, +358 41 505 8567, maija@esimerkki.fi"], own) == []

    def test_a_day_an_order_and_a_sum_are_no_numbers_to_call(self):
        assert rules.contacts_of_others(["Tilaus T 2026/0001 tuli 5.3.2026, 1 234,50 €"], []) == []


class TestHindrances:
    def standing(self, **changes):
        known = {"person_state": "found", "identified": True, "requester_role": "self", "mandate": None}
        return rules.Standing(**(known | changes))

    def said(self, missing=(), **changes):
        return " ".join(rules.hindrances(self.standing(**changes), missing_settings=missing))

    def test_a_person_found_and_identified_may_be_given_the_data(self):
        assert self.said() == ""

    def test_nobody_is_told_anything_before_the_person_is_sought(self):
        assert "Etsi ensin henkilö" in self.said(person_state="open")

    def test_one_who_is_not_in_the_register_is_answered_on_the_requests_page(self):
        assert "Vastaa pyynnön sivulla" in self.said(person_state="not_found")

    def test_identity_is_made_sure_of_first(self):
        assert "väärälle henkilölle" in self.said(identified=False)

    @pytest.mark.parametrize("role", ["agent", "guardian"])
    def test_whoever_speaks_for_another_shows_the_mandate(self, role):
        assert "Valtuutusta ei ole esitetty" in self.said(requester_role=role, mandate="missing")
        assert self.said(requester_role=role, mandate="shown") == ""

    def test_the_letterhead_is_whole(self):
        assert "yrityksen nimi" in self.said(missing=["yrityksen nimi"])

    def test_all_that_hinders_is_told_at_once(self):
        with pytest.raises(RuleViolation, match=r"henkilöllisyys.*Valtuutusta"):
            rules.check_hindrances(
                rules.hindrances(self.standing(identified=False, requester_role="agent"), missing_settings=[])
            )


class TestLeavingOut:
    def test_nothing_left_out_needs_no_ground(self):
        rules.check_leaving(left=[], ground=None, reasons="")

    def test_what_is_left_out_has_a_ground(self):
        with pytest.raises(RuleViolation, match="millä perusteella") as refused:
            rules.check_leaving(left=["a"], ground=None, reasons=REASONS)
        assert refused.value.field == "ground"

    def test_and_reasons_that_say_something(self):
        with pytest.raises(RuleViolation) as refused:
            rules.check_leaving(left=["a"], ground="others", reasons="Ei.")
        assert refused.value.field == "reasons"

    def test_a_row_is_known_by_its_chapter_and_its_very_words(self):
        assert rules.row_key("a", ["x", "y"]) == rules.row_key("a", ["x", "y"])
        assert len({rules.row_key("a", ["x"]), rules.row_key("b", ["x"]), rules.row_key("a", ["x", ""])}) == 3


class TestReleasing:
    def test_an_answer_is_given_once(self):
        rules.check_unanswered(None)
        with pytest.raises(RuleViolation, match="on jo vastattu"):
            rules.check_unanswered("told")

    def test_what_is_released_is_what_was_read(self):
        rules.check_same_draft("a", "a")
        for read in (None, "", "b"):
            with pytest.raises(Conflict, match="Lue luonnos uudelleen"):
                rules.check_same_draft(read, "a")

    def test_what_the_letter_would_lack_is_named(self):
        with pytest.raises(RuleViolation, match="”Kuinka kauan tietoja säilytetään”"):
            rules.check_background({"retention": "Kuinka kauan tietoja säilytetään"})

    def test_the_fingerprint_sees_every_change(self):
        assert rules.fingerprint(["a", ["b"]]) != rules.fingerprint(["a", ["c"]])


class TestRefusing:
    @pytest.mark.parametrize("right", rules.RIGHTS)
    def test_each_right_has_grounds_of_its_own(self, right):
        ground, reasons = next(iter(rules.REFUSAL_GROUNDS[right])), REASONS
        assert rules.check_refusal(right=right, ground=ground, reasons=reasons).article

    def test_an_unknown_ground_is_not_taken(self):
        with pytest.raises(RuleViolation) as refused:
            rules.check_refusal(right="access", ground="basis", reasons=REASONS)
        assert refused.value.field == "ground"


class TestCopies:
    def copy(self, chosen, offered=("data", "orders"), ground=None, reasons=""):
        rules.check_copy(chosen=chosen, offered=offered, ground=ground, reasons=reasons)

    def test_a_copy_of_everything_needs_no_ground(self):
        self.copy(["data", "orders"])

    def test_an_empty_copy_is_not_made(self):
        with pytest.raises(RuleViolation) as refused:
            self.copy([])
        assert refused.value.field == "chapters"

    def test_where_there_is_nothing_the_request_is_refused_instead(self):
        with pytest.raises(RuleViolation, match="Epää pyyntö"):
            self.copy([], offered=())

    def test_what_is_left_out_has_its_ground_and_reasons(self):
        self.copy(["data"], ground="basis", reasons=REASONS)
        for ground, reasons, field in ((None, REASONS, "ground"), ("basis", "Ei.", "reasons")):
            with pytest.raises(RuleViolation) as refused:
                self.copy(["data"], ground=ground, reasons=reasons)
            assert refused.value.field == field

    @pytest.mark.parametrize(
        ("way", "receiver", "field"),
        [(None, "", "way"), ("owl", "", "way"), ("controller", " ", "receiver"), ("pickup", "Toinen Oy", "receiver")],
    )
    def test_a_way_is_known_and_a_receiver_named_only_where_there_is_one(self, way, receiver, field):
        with pytest.raises(RuleViolation) as refused:
            rules.check_way(way, receiver)
        assert refused.value.field == field

    def test_a_copy_goes_to_the_person_or_to_the_one_the_person_names(self):
        rules.check_way("pickup", "")
        rules.check_way("controller", "Toinen Oy")

    @pytest.mark.parametrize(("day", "says"), [(24, "tulevaisuudessa"), (21, "ennen kuin se tehtiin")])
    def test_it_is_handed_over_after_it_is_made_and_not_tomorrow(self, day, says):
        with pytest.raises(RuleViolation, match=says):
            rules.check_handed(date(2026, 11, day), made=date(2026, 11, 22), today=date(2026, 11, 23))

    def test_it_may_be_handed_over_at_once(self):
        rules.check_handed(date(2026, 11, 23), made=date(2026, 11, 23), today=date(2026, 11, 23))


class TestWidths:
    @given(st.lists(st.lists(st.text(max_size=80), min_size=4, max_size=4), max_size=20))
    def test_columns_fill_the_page_and_none_is_too_narrow(self, rows):
        found = rules.widths(["Päivä", "Mitä", "Kuka", "Miksi"], rows)
        assert sum(found) == 100
        assert min(found) >= rules.NARROWEST
        assert all(width % 5 == 0 and width <= 70 for width in found)

    def test_the_longest_text_has_the_widest_column(self):
        found = rules.widths(["Päivä", "Teksti"], [["5.3.2026", "x" * 200]])
        assert found[1] > found[0]


class TestPapers:
    def divided(self, *counts, most):
        parts = [
            {"title": str(place), "lead": "L", "left": 3, "rows": list(range(n))} for place, n in enumerate(counts)
        ]
        return rules.papers(parts, most)

    def test_what_fits_is_one_letter(self):
        assert [len(paper) for paper in self.divided(3, 0, 2, most=5)] == [3]

    def test_a_chapter_goes_on_in_an_enclosure(self):
        first, second = self.divided(2, 5, most=4)
        assert [part["rows"] for part in first] == [[0, 1], [0, 1]]
        assert [part["rows"] for part in second] == [[2, 3, 4]]
        assert (second[0]["lead"], second[0]["left"]) == ("Jatkoa edelliseen.", 0)

    @given(st.lists(st.integers(0, 30), max_size=6), st.integers(1, 9))
    def test_nothing_is_lost_and_no_paper_is_too_long(self, counts, most):
        papers = self.divided(*counts, most=most)
        assert all(sum(len(part["rows"]) for part in paper) <= most for paper in papers)
        told = {}
        for part in (part for paper in papers for part in paper):
            told.setdefault(part["title"], []).extend(part["rows"])
        assert told == {str(place): list(range(n)) for place, n in enumerate(counts)}
