"""Who may do what: the table of roles as rules."""

import pytest

from rekisteri.staff import rules

HANDLES_PERSONS = ["customers.view", "customers.edit", "cases.view", "cases.edit", "disclosures.view", "documents.view"]


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        ("lukija", "customers.view", True),
        ("lukija", "cases.view", True),
        ("lukija", "documents.view", True),
        ("lukija", "customers.edit", False),
        ("lukija", "cases.edit", False),
        ("lukija", "rectification.decide", False),
        ("lukija", "audit.view", False),
        ("lukija", "staff.manage", False),
        ("kasittelija", "customers.view", True),
        ("kasittelija", "customers.edit", True),
        ("kasittelija", "cases.edit", True),
        ("kasittelija", "documents.post", True),
        ("kasittelija", "notice.edit", True),
        ("kasittelija", "notice.publish", False),
        ("kasittelija", "rectification.decide", False),
        ("kasittelija", "settings.edit", False),
        ("vastuuhenkilo", "customers.edit", True),
        ("vastuuhenkilo", "rectification.decide", True),
        ("vastuuhenkilo", "notice.publish", True),
        ("vastuuhenkilo", "audit.view", True),
        ("vastuuhenkilo", "settings.edit", True),
        ("vastuuhenkilo", "staff.manage", False),
        ("paakayttaja", "staff.manage", True),
        ("paakayttaja", "settings.edit", True),
        ("paakayttaja", "home.view", True),
        ("paakayttaja", "customers.view", False),
        ("paakayttaja", "cases.view", False),
        ("paakayttaja", "documents.view", False),
        ("paakayttaja", "audit.view", False),
    ],
)
def test_each_role_may_do_what_the_table_says(role, permission, allowed):
    assert (rules.why_not(permission, roles=[role]) is None) is allowed


def test_several_roles_add_up():
    assert rules.why_not("staff.manage", roles=["lukija", "paakayttaja"]) is None
    assert rules.why_not("customers.view", roles=["lukija", "paakayttaja"]) is None


def test_without_a_role_nothing_is_allowed():
    assert all(rules.why_not(permission, roles=[]) for permission in rules.PERMISSIONS)


def test_a_role_that_is_not_in_the_table_gives_nothing():
    assert rules.why_not("home.view", roles=["johtaja"]) is not None


def test_a_permission_that_nobody_has_defined_is_refused_to_everybody():
    assert rules.why_not("customers.burn", roles=list(rules.ROLES)) is not None


def test_every_permission_of_a_role_has_a_name_for_the_inspector():
    held = set().union(*(permissions for _name, permissions in rules.ROLES.values()))
    assert held == set(rules.PERMISSIONS)


def test_every_role_says_what_it_is_for():
    assert set(rules.ROLE_HINTS) == set(rules.ROLES)


@pytest.mark.promise("atk.sitoumus")
@pytest.mark.parametrize("permission", HANDLES_PERSONS)
@pytest.mark.parametrize("role", ["lukija", "kasittelija", "vastuuhenkilo"])
def test_no_role_opens_personal_data_without_a_commitment(role, permission):
    assert rules.why_not(permission, roles=[role], committed=False) is not None


def test_the_refusal_tells_an_uncommitted_person_what_to_do():
    sentence = rules.why_not("customers.view", roles=["lukija"], committed=False)
    assert sentence is not None
    assert "salassapitositoumus" in sentence
    assert "Tulosta sitoumus" in sentence


@pytest.mark.parametrize("permission", ["home.view", "settings.view", "settings.edit", "staff.manage"])
def test_what_shows_no_personal_data_is_open_without_a_commitment(permission):
    assert rules.why_not(permission, roles=["vastuuhenkilo", "paakayttaja"], committed=False) is None


def test_a_missing_role_is_told_before_a_missing_commitment():
    sentence = rules.why_not("customers.edit", roles=["lukija"], committed=False)
    assert sentence is not None
    assert sentence.startswith("Roolisi ei oikeuta tähän: asiakastietojen ylläpito.")


def test_a_user_out_of_use_may_do_nothing_at_all():
    refusals = {rules.why_not(permission, roles=list(rules.ROLES), active=False) for permission in rules.PERMISSIONS}
    assert refusals == {rules.NOT_ACTIVE}
