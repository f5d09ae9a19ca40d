"""What the codes in the processing log mean, gathered from the rooms that know: no lower room knows them all."""

from collections.abc import Mapping

from rekisteri.access import rules as access
from rekisteri.audit.words import explain
from rekisteri.billing import rules as billing
from rekisteri.cases import codes as cases
from rekisteri.cases import grounds as refusals
from rekisteri.cases import matters
from rekisteri.consents import rules as consents
from rekisteri.customers import likeness, uses
from rekisteri.customers import relationship_rules as relationships
from rekisteri.customers import rules as customers
from rekisteri.disclosures import rules as disclosures
from rekisteri.documents import rules as documents
from rekisteri.documents import wording
from rekisteri.erasure import rules as erasure
from rekisteri.informing import rules as informing
from rekisteri.interfaces import rules as interfaces
from rekisteri.lists import rules as lists
from rekisteri.objections import rules as objections
from rekisteri.orders import rules as orders
from rekisteri.paper import rules as paper
from rekisteri.prohibitions import rules as prohibitions
from rekisteri.rectification import rules as rectification
from rekisteri.restrictions import rules as restrictions
from rekisteri.selections import rules as selections
from rekisteri.settings import periods
from rekisteri.staff import rules as staff

PARTNERS = disclosures.DETAIL_NAMES | interfaces.FACTS
"""The details of a partner, and what it is told by its connection."""


def teach_the_log() -> None:
    """Let the log's page say ”sähköpostiosoite” where a row holds `email`."""
    fields = {code: name for labels in customers.FIELDS.values() for code, name in labels.items()}
    roles = {code: name for code, (name, _permissions) in staff.ROLES.items()}
    grounds = {code: ground.label for code, ground in rectification.REFUSAL_GROUNDS.items()}
    doors = {code: ground.label for code, ground in refusals.COMMON_GROUNDS.items()}
    refused = {code: one.label for kind in objections.KINDS for code, one in objections.grounds_of(kind).items()}
    erasures = {code: sentence for code, (sentence, _article) in erasure.REFUSALS.items()}
    taught: dict[str, list[Mapping[str, str]]] = {
        "field": [fields],
        "fields": [PARTNERS, cases.FACTS, billing.FACTS, restrictions.FACTS, fields, relationships.GROUPS],
        "channel": [relationships.CHANNELS, cases.CHANNELS, consents.CHANNELS],
        "means": [consents.MEANS],
        "method": [cases.IDENTITY_METHODS, paper.METHODS],
        "ground": [
            *({code: ground.label for code, ground in of.items()} for of in access.REFUSAL_GROUNDS.values()),
            restrictions.grounds_by_code(),
            erasures,
            cases.EXTENSION_GROUNDS,
            disclosures.GROUNDS,
            doors,
            refused,
            grounds,
        ],
        "state": [cases.STATES, orders.STATES, billing.STATES, billing.COLLECTION_STATES],
        "reason": [orders.CANCEL_REASONS, likeness.APART],
        "decision": [rectification.DECISIONS],
        "outcome": [
            informing.OUTCOMES,
            rectification.DECISIONS,
            billing.OUTCOMES,
            cases.OUTCOMES,
            cases.FEE_ANSWERS,
            paper.OUTCOMES,
        ],
        "exception": [restrictions.EXCEPTION_GROUNDS],
        "uses": [objections.USES],
        "basis": [disclosures.SAFEGUARDS],
        "receiver": [disclosures.RECEIVERS],
        "use": [uses.USES, prohibitions.KINDS, restrictions.EXCEPTION_USES, selections.USES],
        "scopes": [interfaces.SCOPES],
        "changed": [interfaces.DETAILS],
        "credit": [billing.CREDIT_STATES],
        "kinds": [prohibitions.KINDS],
        "kind": [
            {code: way.name for code, way in disclosures.EXITS.items()} | lists.NAMES_OF_KINDS,
            prohibitions.KINDS,
            periods.named(),
            customers.SOURCE_KINDS,
            wording.letters(),
            {kind.code: kind.label for kind in matters.kinds()},
            paper.KINDS,
        ],
        "way": [access.WAYS, documents.WAYS, selections.WAYS],
        "role": [disclosures.ROLES],
        **{fact: [roles] for fact in ("roles", "before", "after")},
    }
    for fact, dictionaries in taught.items():
        for names in dictionaries:
            explain(fact, {code: name[:1].lower() + name[1:] for code, name in names.items()})
