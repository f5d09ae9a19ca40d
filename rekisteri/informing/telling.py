"""How a person was told of data obtained from elsewhere, told to the person (GDPR art. 14, 15(1)(g))."""

from rekisteri.customers.chapters import Chapter, add_chapter
from rekisteri.customers.models import Customer
from rekisteri.informing.lists import of_customer
from rekisteri.informing.models import Duty
from rekisteri.kernel.formats import fi_date


def tell(customer: Customer) -> Chapter | None:
    """Each source, the day it gave something, and how that was told."""
    duties = of_customer(customer.id)
    if not duties:
        return None
    return Chapter(
        title="Muualta saaduista tiedoista kertominen",
        lead="Näette, mistä olemme saaneet tietojanne muualta kuin teiltä itseltänne ja miten olemme kertoneet siitä teille.",
        head=["Lähde", "Saatu", "Miten siitä on kerrottu", "Milloin"],
        rows=[[duty.source.name, fi_date(duty.obtained_on), duty.words, _when(duty)] for duty in duties],
    )


def _when(duty: Duty) -> str:
    return fi_date(duty.document.posted_on if duty.document else duty.told_on)


add_chapter(65, "informing", tell)
