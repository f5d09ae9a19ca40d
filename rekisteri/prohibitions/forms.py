"""Forms of prohibitions."""

from rekisteri.cases.codes import CHANNELS
from rekisteri.cases.forms import capitalised
from rekisteri.kernel.forms import Checks, Date, Form, Radios, Upload, VersionedForm
from rekisteri.prohibitions import rules

NOTHING = "Valitse, mitä asiakas kieltää."


class ProhibitionForm(Form):
    """What the customer forbids, and how it was told."""

    kinds = Checks("Mitä asiakas kieltää?", choices=list(rules.KINDS.items()), required=NOTHING)
    channel = Radios(
        "Miten asiakas ilmoitti kiellosta?",
        required="Valitse, miten asiakas ilmoitti kiellosta.",
        choices=capitalised(CHANNELS),
    )
    told_on = Date("Ilmoituspäivä", required="Kirjoita, milloin asiakas ilmoitti kiellosta.")
    files = Upload("Asiakkaan kirje tai viesti")


class MatterForm(Form):
    """What the letter of a request forbids; how and when it came stands in the request."""

    kinds = Checks("Mitä asiakas kieltää?", choices=list(rules.KINDS.items()), required=NOTHING)


class WithdrawalForm(VersionedForm):
    """How the customer allowed the use again."""

    channel = Radios(
        "Miten asiakas ilmoitti asiasta?",
        required="Valitse, miten asiakas ilmoitti asiasta.",
        choices=capitalised(CHANNELS),
    )
    told_on = Date("Ilmoituspäivä", required="Kirjoita, milloin asiakas ilmoitti asiasta.")
