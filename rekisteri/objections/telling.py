"""What a customer has said no to, told to the customer (GDPR art. 15)."""

from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.kernel.formats import fi_date
from rekisteri.objections import rules, service
from rekisteri.objections.models import Objection


def tell(customer: Customer) -> Chapter | None:
    """Every objection, withdrawn consent and complaint: what it was about, the decision, the uses that are over."""
    found = service.of_customer(customer.id)
    if not found:
        return None
    return Chapter(
        title="Vastustamisenne, peruuttamanne suostumukset ja valituksenne",
        lead="",
        head=["Saapui", "Asia", "Sisältö", "Ratkaisu", "Lopetettu käyttö"],
        rows=[
            [
                fi_date(one.request.received_on) if one.request else "–",
                rules.KINDS[one.kind],
                "\n".join(part for part in (one.what, one.grounds) if part),
                _decision(one),
                ", ".join(rules.USES[use].lower() for use in one.bound) or "–",
            ]
            for one in reversed(found)
        ],
        free_text=True,
    )


def _decision(matter: Objection) -> str:
    if matter.decision is None:
        return "Ei ratkaistu" if matter.request else "Kirjattu uudelleen, kun rekisteri palautettiin varmuuskopiosta"
    told = {"granted": "Hyväksytty", "partly_granted": "Hyväksytty osittain", "refused": "Evätty"}
    return "\n".join(
        part
        for part in (f"{told[matter.decision]} {fi_date(matter.decided_on)}", matter.measures, matter.reasons)
        if part
    )


add_chapter(46, "objections", tell)
