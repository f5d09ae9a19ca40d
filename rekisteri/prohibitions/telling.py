"""What a customer has forbidden, told to the customer (GDPR art. 15)."""

from rekisteri.cases.codes import CHANNELS
from rekisteri.customers.chapters import Chapter, add_chapter, add_subjects
from rekisteri.customers.models import Customer
from rekisteri.kernel.formats import fi_date
from rekisteri.prohibitions import rules, service


def tell(customer: Customer) -> Chapter | None:
    """Every prohibition: what, since when, how it was told, when it was taken back."""
    found = service.of_customer(customer.id)
    if not found:
        return None
    return Chapter(
        title="Kieltonne",
        lead="Tietojanne ei käytetä siihen, minkä olette kieltänyt.",
        head=["Kielto", "Alkoi", "Miten ilmoititte", "Peruitte"],
        rows=[
            [
                rules.KINDS[one.kind],
                fi_date(one.since),
                CHANNELS[one.channel],
                fi_date(one.withdrawn_on) or "voimassa",
            ]
            for one in found
        ],
        data=[
            {
                "kind": one.kind,
                "since": one.since.isoformat(),
                "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else None,
            }
            for one in found
        ],
        provided=True,
    )


add_subjects(lambda customer: [one.subject for one in service.of_customer(customer.id)])
add_chapter(
    45,
    "prohibitions",
    tell,
    fields={
        "kind": "Mitä on kielletty",
        "since": "Mistä päivästä lähtien",
        "withdrawn_on": "Minä päivänä kielto on peruttu; tyhjä, kun kielto on voimassa",
    },
)
