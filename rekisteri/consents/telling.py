"""What a customer has consented to, told to the customer (GDPR art. 15, 20)."""

from rekisteri.consents import rules, service
from rekisteri.consents.models import Consent
from rekisteri.customers.chapters import Chapter, add_chapter, add_subjects
from rekisteri.customers.models import Customer
from rekisteri.kernel.formats import fi_date


def tell(customer: Customer) -> Chapter | None:
    """Every consent: to what, since when, how and in what words it was given, when it was taken back."""
    found = service.of_customer(customer.id)
    if not found:
        return None
    return Chapter(
        title="Suostumuksenne",
        lead="Voitte peruuttaa suostumuksen milloin tahansa yhtä helposti kuin annoitte sen. Perusteluja ei tarvita.",
        head=["Suostumus", "Annoitte", "Miten", "Mihin suostuitte", "Peruitte"],
        rows=[
            [
                one.told,
                fi_date(one.first.given_on),
                rules.CHANNELS[one.first.channel],
                one.first.wording,
                fi_date(one.first.withdrawn_on) or "voimassa",
            ]
            for one in service.given(found)
        ],
        data=[_record(one) for one in found],
        provided=True,
    )


def _record(one: Consent) -> dict[str, str | None]:
    return {
        "use": one.use,
        "means": one.means,
        "given_on": one.given_on.isoformat(),
        "wording": one.wording,
        "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else None,
    }


add_subjects(lambda customer: [one.subject for one in service.of_customer(customer.id)])
add_chapter(
    44,
    "consents",
    tell,
    fields={
        "use": "Mihin on suostuttu",
        "means": "Millä tavalla mainontaa saa lähettää",
        "given_on": "Minä päivänä suostumus on annettu",
        "wording": "Teksti, johon on suostuttu",
        "withdrawn_on": "Minä päivänä suostumus on peruutettu; tyhjä, kun suostumus on voimassa",
    },
)
