"""The form on which a selection is built, and what it means."""

from collections.abc import Mapping
from typing import Any

from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.fields import Checks, Date, Flag, Radios, Select, Text
from rekisteri.kernel.forms import Form, VersionedForm
from rekisteri.orders.rules import STATES
from rekisteri.selections import rules, service
from rekisteri.selections.rules import Choice

NUMBERS = ("orders_least", "orders_most", "within_months", "before_months")
NAMES = ("cities", "organisations", "roles")


def _number(label: str) -> Text:
    return Text(label, required=False, max=10)


class SelectionForm(VersionedForm):
    """Who is looked for and what for. The name is asked when it is saved."""

    use = Select("Käyttötarkoitus", required="Valitse, mihin tietoja käytetään.", choices=list(rules.USES.items()))
    way = Radios("Yhteydenotto", required="Valitse, miten otetaan yhteyttä.", choices=list(rules.WAYS.items()))
    kind = Radios("Ketkä", required=False, choices=list(rules.KINDS.items()))
    archived = Flag("Ota mukaan myös arkistoidut")
    postcodes = Text("Postinumerot", required=False, max=rules.LONGEST_CODES)
    cities = Text("Postitoimipaikat", required=False, max=rules.LONGEST_CODES)
    ties = Radios("Edustaminen", required=False, choices=list(rules.TIES.items()))
    organisations = Text("Edustettu yhteisö", required=False, max=rules.LONGEST_CODES)
    roles = Text("Tehtävä yhteisössä", required=False, max=rules.LONGEST_CODES)
    orders_least = _number("Tilauksia vähintään")
    orders_most = _number("Tilauksia enintään")
    within_months = _number("Viimeisin tilaus enintään näin monta kuukautta sitten")
    before_months = _number("Viimeisin tilaus yli näin monta kuukautta sitten")
    states = Checks("Mitkä tilaukset lasketaan", required=False, choices=list(STATES.items()))
    sources = Checks("Tietolähde", required=False, coerce=int)
    obtained_from = Date("Tieto saatu aikaisintaan", required=False)
    obtained_until = Date("Tieto saatu viimeistään", required=False)
    name = Text("Valinnan nimi", required=False, max=rules.LONGEST_TITLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources.choices = service.sources()

    def choice(self) -> Choice:
        """What the fields mean.

        :raises RuleViolation: something typed is no postcode, no number, or too long.
        """
        read: dict[str, Any] = {
            name: getattr(self, name).data for name in ("use", "way", "archived", "obtained_from", "obtained_until")
        }
        read |= {name: rules.read_names(getattr(self, name).data or "", field=name) for name in NAMES}
        read |= {name: self._integer(name) for name in NUMBERS}
        read |= {name: getattr(self, name).data or "" for name in ("kind", "ties")}
        read |= {name: tuple(getattr(self, name).data or ()) for name in ("states", "sources")}
        return Choice(postcodes=rules.read_postcodes(self.postcodes.data or ""), **read)

    def _integer(self, name: str) -> int | None:
        text = (getattr(self, name).data or "").replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()):
            raise RuleViolation("Kirjoita kokonaisluku numeroin, esimerkiksi 12.", field=name)
        return int(text)


class DeleteForm(Form):
    """A selection is let go of."""


def filled(choice: Choice, **more: Any) -> Mapping[str, Any]:
    """What the fields show of a choice."""
    shown: dict[str, Any] = {
        name: getattr(choice, name)
        for name in ("use", "way", "kind", "archived", "ties", "obtained_from", "obtained_until")
    }
    shown |= {name: ", ".join(getattr(choice, name)) for name in NAMES}
    shown |= {name: str(number) for name in NUMBERS if (number := getattr(choice, name)) is not None}
    shown |= {"states": list(choice.states or rules.BOUGHT), "sources": list(choice.sources)}
    return shown | {"postcodes": rules.written_postcodes(choice.postcodes)} | more
