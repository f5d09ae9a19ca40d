"""What a customer's card shows of paper: which binder holds the person's cards."""

from typing import Any

from rekisteri.customers import panels
from rekisteri.customers.models import Customer
from rekisteri.documents.wording import add_letters
from rekisteri.paper import destroying, service
from rekisteri.paper.models import PaperItem


def _panel(customer: Customer) -> dict[str, Any]:
    return {"papers": [_told(item) for item in service.of_customer([customer.id])]}


def _told(item: PaperItem) -> dict[str, Any]:
    place = item.binder.place.name if item.binder.place else "Ei lukitussa paikassa"
    return {
        "code": item.code,
        "binder_id": item.binder_id,
        "what": f"Pyyntö {item.case_number}" if item.kind == "request" else "Kortti",
        "binder": item.binder.name,
        "where": "Otettu esille" if item.binder.loan else place,
    }


panels.add_panel(60, "paper/_card.html", _panel, "paper.view", holds={"paper_item.customer_id"})
add_letters({"paper_destruction": destroying.TITLE})
