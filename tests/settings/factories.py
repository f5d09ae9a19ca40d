"""An invented company that keeps a register, for tests."""

from datetime import date
from typing import Any

from rekisteri.kernel.db import transaction
from rekisteri.settings import service
from rekisteri.settings.models import Settings

COMPANY = {
    "company_name": "Kuusikon Kello Oy",
    "business_id": "9000009-7",
    "street": "Tehtaankuja 3",
    "postcode": "33100",
    "city": "Tampere",
    "phone": "03 2345670",
    "email": "toimisto@kuusikonkello.example",
    "contact_name": "Helmi Rauta",
    "contact_phone": "040 1234567",
    "contact_email": "helmi.rauta@kuusikonkello.example",
    "owner_name": "Onni Saari",
    "owner_title": "toimitusjohtaja",
    "register_name": "Kuusikon asiakasrekisteri",
    "place": "Tampere",
}


def fill_settings(**changes: Any) -> Settings:
    """Fill in everything a company fills in, saved; `changes` say otherwise."""
    with transaction():
        version = service.current().version
        return service.change(changes=COMPANY | changes, version=version, by=None, on=date(2026, 11, 23))
