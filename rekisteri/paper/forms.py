"""Forms of paper."""

from datetime import date, timedelta
from typing import Any

from rekisteri.customers import sources
from rekisteri.customers.forms import PersonForm
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Checks, Date, Flag, Form, Radios, Select, Text, VersionedForm
from rekisteri.kernel.gate import actor
from rekisteri.paper import rules, storing, ticks
from rekisteri.paper.models import PaperHandler
from rekisteri.paper.piles import Doubts

CHOOSE = ("", "Valitse")


class PlainAction(Form):
    """A button that needs nothing more."""


class CodeForm(Form):
    """What a label says, typed or read by a scanner."""

    code = Text("Koodi", required="Kirjoita koodi.", max=20)


class PlaceForm(VersionedForm):
    """A place in which papers are kept."""

    name = Text("Paikan nimi", required="Anna paikan nimi.")
    locked = Flag("Paikka on lukittu")
    fireproof = Flag("Paikka on paloturvallinen")
    active = Flag("Paikka on käytössä", default=True)


class HandlerForm(Form):
    """Somebody named to handle paper: a user, or somebody without an account."""

    user = Select("Rekisterin käyttäjä")
    name = Text("Nimi", required=False)
    task = Text("Tehtävä")
    signed_on = Date("Sitoumus allekirjoitettu", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = [(str(user.id), user.full_name) for user in storing.unnamed_users()]
        self.user.choices = [("", "Ei käyttäjätunnusta"), *users]


class _People(Form):
    """A form in which named people are chosen."""

    def offer(self, *names: str, mine: bool = False) -> None:
        """Make those who may handle paper today the choices of these fields; `mine` chooses oneself to begin with."""
        able = storing.handlers(able=True)
        me = next((str(one.id) for one in able if one.user_id == actor().id), "") if mine else ""
        for name in names:
            self[name].choices = [CHOOSE, *((str(one.id), one.full_name) for one in able)]
            _start(self, name, me)


class KeyForm(_People):
    """Who gets a key."""

    handler = Select("Kenelle avain annetaan", required="Valitse, kenelle avain annetaan.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("handler")


class BinderForm(Form):
    """A new binder or box."""

    kind = Radios("Laji", required="Valitse laji.", choices=list(rules.KINDS.items()))
    holds = Radios(
        "Mitä siinä säilytetään", required="Valitse, mitä siinä säilytetään.", choices=list(rules.HOLDS.items())
    )
    name = Text("Nimi", required="Anna nimi, esimerkiksi tapahtuma ja vuosi.")
    source = Select("Mistä kortit saatiin", required=False)
    collected_on = Date("Milloin kortit kerättiin", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source.choices = [("", "Valitse lähde"), *sources.choices()]


class LockForm(_People):
    """To which place, who brought it, on what day."""

    place = Select("Säilytyspaikka", required="Valitse säilytyspaikka.")
    handler = Select("Kuka toi", required="Valitse, kuka toi aineiston.")
    locked_on = Date("Milloin aineisto tuotiin sinne", required="Anna päivä.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place.id), f"{place.code} {place.name}") for place in storing.places(active=True)]
        self.place.choices = [CHOOSE, *places]
        self.offer("handler", mine=True)
        _start(self, "locked_on", today())


class TakeForm(_People):
    """Who takes, why, until when."""

    handler = Select("Kuka ottaa", required="Valitse, kuka ottaa aineiston.")
    reason = Text("Mihin aineistoa tarvitaan", required="Kirjoita, mihin aineistoa tarvitaan.", max=300)
    due_on = Date("Palautetaan viimeistään", required="Anna palautuspäivä.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("handler", mine=True)
        _start(self, "due_on", today() + timedelta(rules.LOAN_DAYS))


class ReturnForm(_People):
    """Who brought it back, on what day."""

    handler = Select("Kuka palautti", required="Valitse, kuka palautti aineiston.")
    returned_on = Date("Palautuspäivä", required="Anna palautuspäivä.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("handler", mine=True)
        _start(self, "returned_on", today())


class RequestForm(Form):
    """Which request's papers are put into a binder."""

    case_number = Text("Asianumero", required="Anna pyynnön asianumero.", max=20)


class CardForm(PersonForm):
    """One card of a pile: what stands on it, and who it is of when that is not sure. Its source and day are the pile's."""

    ticks = Checks("Kortissa rastitettu")
    answer = Radios("Kenen kortti on?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "obtained_on", "orders", "country"):
            del self[name]
        self.ticks.choices = ticks.choices()
        given = self.answer.data  # judged by the use case, which knows who was offered
        self.answer.choices = [(given, "")] if given else []

    def offer(self, doubts: Doubts) -> None:
        """Ask who the card is of."""
        self.answer.choices = doubts.choices()


class DestroyForm(_People):
    """How papers were destroyed, by whom and before whom."""

    method = Radios(
        "Miten paperit hävitettiin", required="Valitse, miten paperit hävitettiin.", choices=list(rules.METHODS.items())
    )
    level = Select(
        "Silppurin turvaluokka (DIN 66399)", choices=[("", "Ei omaa silppuria"), *rules.LEVELS.items()], required=False
    )
    firm = Text("Kuka säiliön tyhjentää", required=False)
    destroyed_on = Date("Hävittämispäivä", required="Anna hävittämispäivä.")
    handler = Select("Hävittäjä", required="Valitse, kuka hävitti.")
    witness = Select("Todistaja", required="Valitse, kuka todisti.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("handler", "witness")
        _start(self, "destroyed_on", today())

    def told(self) -> dict[str, Any]:
        """What the use case takes."""
        people: dict[str, PaperHandler | None] = {
            name: storing.find_handler(self[name].data) for name in ("handler", "witness")
        }
        rest = {"method": self.method.data, "level": self.level.data or None, "firm": self.firm.data or ""}
        return {**rest, **people, "destroyed_on": self.destroyed_on.data}


def _start(form: Form, name: str, value: date | str) -> None:
    if not form.is_submitted():
        form[name].data = value
