"""The invented people and organisations: lifelike, valid by the register's own rules, and nobody who could exist."""

import random
import re
from collections import Counter
from itertools import islice

import phonenumbers
import pytest
from stdnum.fi import ytunnus

from rekisteri.customers.rules import FIELDS, check_values
from rekisteri.demo import people, words
from rekisteri.demo.commands import SYLLABLES, invent_password
from rekisteri.statistics.areas import TOWNS


def invented(count=600, seed=3):
    return list(people.customers(random.Random(seed), count))


def organisations(count=600):
    return [one for one in invented(count) if one.kind == "organisation"]


def persons(count=600):
    return [one for one in invented(count) if one.kind == "person"]


class TestTheCrowd:
    @pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 100])
    def test_is_as_large_as_was_asked(self, count):
        assert len(invented(count)) == count

    def test_has_an_organisation_for_every_five_people(self):
        assert Counter(one.kind for one in invented(600)) == {"organisation": 100, "person": 500}

    def test_begins_with_an_organisation_so_that_the_first_people_have_somewhere_to_work(self):
        assert [one.kind for one in invented(7)] == ["organisation", *["person"] * 5, "organisation"]

    def test_begins_alike_however_large_it_grows(self):
        assert invented(20) == list(islice(people.customers(random.Random(3), 5000), 20))

    def test_is_invented_one_by_one_so_that_a_million_need_no_memory(self):
        assert next(people.customers(random.Random(3), 10**9)).kind == "organisation"

    def test_fills_only_fields_that_the_register_has(self):
        for one in invented():
            assert set(one.values) <= set(FIELDS[one.kind])

    def test_leaves_no_field_empty_in_place_of_leaving_it_out(self):
        assert all(value.strip() == value != "" for one in invented() for value in one.values.values())

    @pytest.mark.parametrize("seed", [1, 2026, 99_999])
    def test_is_valid_whatever_the_seed(self, seed):
        for one in invented(200, seed):
            assert check_values(one.kind, one.values)["postcode"] == one.values["postcode"]


class TestAPerson:
    def test_has_a_name_an_address_and_perhaps_the_rest(self):
        for one in persons():
            assert {"last_name", "first_name", "street", "postcode", "city"} <= set(one.values)

    @pytest.mark.parametrize("field", ["email", "phone", "organisation", "orders"])
    def test_may_lack_what_real_people_often_lack(self, field):
        having = sum(field in one.values for one in persons())
        assert 0 < having < len(persons())

    def test_works_for_an_organisation_that_is_in_the_register(self):
        names = {one.values["name"] for one in organisations()}
        assert {one.values["organisation"] for one in persons() if "organisation" in one.values} <= names

    def test_works_for_the_latest_organisation(self):
        latest = ""
        for one in invented():
            latest = one.values.get("name", latest)
            assert one.values.get("organisation", latest) == latest

    def test_has_an_email_of_their_own(self):
        addresses = [one.values["email"] for one in persons() if "email" in one.values]
        assert len(addresses) == len(set(addresses))

    def test_has_an_email_of_plain_letters_under_a_domain_that_cannot_exist(self):
        for one in persons():
            address = one.values.get("email", "a.b.1@posti.example")
            assert re.fullmatch(r"[a-z][a-z-]*\.[a-z][a-z-]*\.\d+@posti\.example", address)

    def test_has_an_order_of_the_years_of_the_register_in_words(self):
        for one in persons():
            told = one.values.get("orders", "Tilaus 1000/2026: valaisin")
            number, goods = re.fullmatch(r"Tilaus \d{4}/(202[3-6]): (.+)", told).groups()
            assert 2023 <= int(number) <= 2026
            assert 1 <= len(set(goods.split(", "))) == len(goods.split(", ")) <= 3

    def test_has_a_number_that_a_phone_can_read(self):
        for one in persons():
            number = phonenumbers.parse(one.values.get("phone", "040 555 0000"), "FI")
            assert phonenumbers.is_possible_number(number)

    def test_has_nothing_that_looks_like_an_identity_code(self):
        for one in persons():
            assert not any(re.search(r"\d{6}[-+A-FU-Y]\d{3}", value) for value in one.values.values())


class TestAnOrganisation:
    def test_has_a_name_a_number_and_the_ways_to_reach_it(self):
        for one in organisations():
            assert set(one.values) == {"name", "business_id", "email", "phone", "street", "postcode", "city"}

    def test_has_a_name_of_its_own(self):
        names = [one.values["name"] for one in organisations(6000)]
        assert len(names) == len(set(names)) == 1000

    def test_has_a_name_with_a_trade_and_a_form_of_company(self):
        for one in organisations():
            trade, *_owner, form = one.values["name"].split()
            assert trade in words.TRADES
            assert form in {"Oy", "Ky", "Tmi", "Oyj"}

    def test_has_a_business_id_of_its_own_with_its_check_digit_right(self):
        numbers = [one.values["business_id"] for one in organisations(6000)]
        assert len(numbers) == len(set(numbers))
        assert all(ytunnus.is_valid(number) for number in numbers)

    def test_is_never_the_company_that_keeps_the_register(self):
        assert words.COMPANY["business_id"] not in {one.values["business_id"] for one in organisations(6000)}


class TestABusinessId:
    @pytest.mark.parametrize("start", [9_000_010, 9_000_013, 9_123_456, 9_500_000, 9_999_990])
    def test_is_of_the_series_that_is_not_given_out(self, start):
        assert re.fullmatch(r"9\d{6}-\d", people.business_id(start))

    @pytest.mark.parametrize("start", range(9_000_010, 9_000_130, 3))
    def test_stays_within_its_three_numbers_so_that_the_next_gets_another(self, start):
        assert start <= int(people.business_id(start)[:7]) < start + 3


class TestTheWords:
    @pytest.mark.parametrize("name", ["SURNAMES", "GIVEN_NAMES", "STREETS", "PLACES", "TRADES", "GOODS"])
    def test_are_said_once_each(self, name):
        said = getattr(words, name)
        assert len(said) == len(set(said))

    def test_hold_the_letters_that_programs_stumble_over(self):
        letters = "".join((*words.SURNAMES, *words.GIVEN_NAMES))
        assert set("äöÄÅÖÜŠŽ- ") <= set(letters)

    def test_place_each_postcode_in_an_area_that_the_statistics_know(self):
        for postcode, _city in words.PLACES:
            assert re.fullmatch(r"\d{5}", postcode)
            assert postcode[:2] in TOWNS or postcode[:2] == "99"

    def test_call_a_partner_by_a_name_that_shows_it_is_an_example(self):
        for name, *_rest in words.RECIPIENTS:
            assert re.search("Malli|Esimerkki", name)

    def test_reach_the_company_at_no_real_domain(self):
        assert all(value.endswith(".example") for key, value in words.COMPANY.items() if "email" in key)


class TestAnInventedPassword:
    def test_can_be_read_aloud(self):
        for _ in range(50):
            parts = invent_password().split("-")
            assert [len(part) for part in parts] == [6] * 4
            assert {part[at : at + 2] for part in parts for at in (0, 2, 4)} <= set(SYLLABLES)

    def test_is_another_each_time(self):
        assert len({invent_password() for _ in range(200)}) == 200

    def test_is_made_of_syllables_that_are_told_apart(self):
        assert len(SYLLABLES) == len(set(SYLLABLES)) > 32
