"""Forms of the odd turns of a request: identity in doubt, a refusal at the door, a fee, a matter more or less."""

from rekisteri.cases import codes
from rekisteri.cases.forms import capitalised
from rekisteri.cases.grounds import COMMON_GROUNDS, UNFOUNDED
from rekisteri.kernel.forms import Checks, Date, LongText, Money, Radios, Text, VersionedForm

KINDS_NEEDED = "Valitse, mitä asiaa tämä koskee."


class PauseForm(VersionedForm):
    """Why there is a doubt of who asks, and how it can be taken away."""

    reason = LongText("Mihin epäily perustuu?", required="Kirjoita, mihin epäily perustuu.", max=2000)
    wanted = LongText(
        "Miten henkilöllisyyden voi vahvistaa?", required="Kirjoita, miten henkilöllisyyden voi vahvistaa.", max=2000
    )
    reply_by = Date("Vastausta pyydetään viimeistään", required="Kirjoita, mihin mennessä vastausta pyydetään.")


class ResumeForm(VersionedForm):
    """When the clock goes on."""

    answered_on = Date("Mistä päivästä määräaika jatkuu?", required="Kirjoita, mistä päivästä määräaika jatkuu.")


class DoorForm(VersionedForm):
    """What is done to some of the matters before they are looked into."""

    kinds = Checks("Mitä asiaa tämä koskee?", required=KINDS_NEEDED)
    reasons = LongText("Syyt", required="Kirjoita syyt. Ne painetaan asiakirjaan.", max=4000)

    def offer(self, kinds: list[tuple[str, str]]) -> None:
        """Make the undecided matters the choices; the only one needs no choosing."""
        self.kinds.choices = kinds
        if not self.is_submitted() and len(kinds) == 1:
            self.kinds.data = [kinds[0][0]]


class RefusalForm(DoorForm):
    """Why the request is refused before it is looked into."""

    ground = Radios(
        "Peruste",
        required="Valitse peruste, jolla pyyntö evätään.",
        choices=[(code, ground.label) for code, ground in COMMON_GROUNDS.items()],
    )


class FeeForm(DoorForm):
    """What answering costs, and why it is not free."""

    ground = Radios(
        "Peruste",
        required="Valitse, miksi maksu peritään.",
        choices=[(code, ground.label) for code, ground in UNFOUNDED.items()],
    )
    amount = Money("Maksu euroina", required="Kirjoita maksun määrä euroina.")
    costs = LongText("Mistä maksu koostuu?", required="Kirjoita, mistä kustannuksista maksu koostuu.", max=2000)
    reply_by = Date("Vastausta pyydetään viimeistään", required="Kirjoita, mihin mennessä vastausta pyydetään.")


class FeeAnswerForm(VersionedForm):
    """What the requester said of the fee."""

    answer = Radios(
        "Vastaus",
        required="Valitse, hyväksyikö pyynnön esittäjä maksun.",
        choices=capitalised(codes.FEE_ANSWERS),
    )
    answered_on = Date("Vastauspäivä", required="Kirjoita, milloin vastaus tuli.")


class AddMatterForm(VersionedForm):
    """What else the letter asks for."""

    kind = Radios("Mitä muuta pyyntö koskee?", required="Valitse, mitä pyyntö koskee.")


class RemoveMatterForm(VersionedForm):
    """Why a matter is taken off the request."""

    reason = Radios(
        "Miksi asia poistetaan pyynnöstä?",
        required="Valitse, miksi asia poistetaan pyynnöstä.",
        choices=[
            ("withdrawn", "Pyynnön esittäjä on peruuttanut sen"),
            ("mistaken", "Se kirjattiin vahingossa, eikä sitä ole pyydetty"),
        ],
    )


class TakenForm(VersionedForm):
    """What is known of the matter at the Ombudsman."""

    taken_on = Date("Milloin asia vietiin valtuutetulle?", required="Kirjoita, milloin asia vietiin valtuutetulle.")
    number = Text("Valtuutetun asianumero", max=40)
    ended_on = Date("Milloin asia päättyi valtuutetun luona?")
