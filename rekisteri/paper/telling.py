"""The cards and papers kept of a customer, told to the customer (GDPR art. 15): what, since when, and that it is locked up."""

from rekisteri.customers.chapters import Chapter, add_chapter, same_person
from rekisteri.customers.models import Customer
from rekisteri.kernel.formats import fi_date
from rekisteri.paper import service
from rekisteri.paper.models import PaperItem


def tell(customer: Customer) -> Chapter | None:
    """Every card and request paper, with the binder it is in. Where the binder is locked up is nobody else's matter."""
    found = service.of_customer(same_person(customer))
    if not found:
        return None
    return Chapter(
        title="Teitä koskevat paperit",
        lead="Säilytämme paperit lukitussa ja paloturvallisessa paikassa, ja niitä käsittelevät vain nimetyt työntekijät.",
        head=["Paperi", "Numero", "Missä", "Päivä"],
        rows=[[_what(item), item.code, item.binder.title, _day(item)] for item in found],
    )


def _what(item: PaperItem) -> str:
    return "Täyttämänne kortti" if item.kind == "card" else f"Pyyntö {item.case_number}"


def _day(item: PaperItem) -> str:
    return fi_date(item.binder.collected_on if item.kind == "card" else item.entered_at)


add_chapter(48, "paper", tell)
