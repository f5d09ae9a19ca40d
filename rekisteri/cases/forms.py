"""Forms of the requests."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from rekisteri.cases import codes, form_codes
from rekisteri.cases.rules import Requester
from rekisteri.kernel.forms import (
    Checks,
    Date,
    Flag,
    Form,
    Hidden,
    LongText,
    Radios,
    Text,
    Upload,
    VersionedForm,
)

FILES_HINT = "PDF, JPEG tai PNG, enintään 20 Mt tiedostoa kohden. Voit valita monta tiedostoa."
LATER = "later"
NOT_FOUND = "not_found"


def capitalised(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """The codes of a dictionary as choices of a form, each beginning with a capital letter."""
    return [(code, word[:1].upper() + word[1:]) for code, word in words.items()]


def _ids(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


class PersonChoice:
    """The part of a form in which the person is picked: a search and what it found."""

    query = Text("Hae henkilöä rekisteristä", max=100)
    person = Radios("Kenen tietoja pyyntö koskee?", default=LATER)

    def offer_people(self, people: Iterable[Any], *, later: bool = True) -> None:
        """Make the customers found, and the two ways of having none, the choices."""
        found = [
            (str(one.id), " · ".join(part for part in (one.display_name, one.contact, one.place) if part))
            for one in people
        ]
        self.person.flags.optional = False
        rest = [(NOT_FOUND, "Ei ole rekisterissä")] + ([(LATER, "Etsitään myöhemmin")] if later else [])
        self.person.choices = found + rest

    @property
    def person_id(self) -> int | None:
        """The id of the customer picked, or None."""
        return next(iter(_ids([self.person.data or ""])), None)


class Facts:
    """What is registered of a request and of who made it."""

    received_on = Date("Saapumispäivä", required="Kirjoita, milloin pyyntö saapui.")
    received_by = Text("Vastaanottaja", max=200)
    channel = Radios(
        "Miten pyyntö saapui?", required="Valitse, miten pyyntö saapui.", choices=capitalised(codes.CHANNELS)
    )
    request_dated_on = Date("Pyynnön päiväys")
    content = LongText("Pyyntö lyhyesti", max=2000)

    requester_role = Radios(
        "Kuka pyynnön esittää?",
        required="Valitse, kuka pyynnön esittää.",
        choices=capitalised(codes.REQUESTER_ROLES),
        default="self",
    )
    mandate = Radios("Valtuutus", choices=capitalised(codes.MANDATES))
    represented = Radios("Ketä hän edustaa?", choices=[("", "Muuta henkilöä"), *capitalised(codes.REPRESENTED)])
    requester_name = Text("Nimi", required="Kirjoita pyynnön esittäjän nimi.")
    requester_street = Text("Katuosoite")
    requester_postcode = Text("Postinumero", max=20)
    requester_city = Text("Postitoimipaikka", max=100)
    requester_country = Text("Maa, jos muu kuin Suomi", max=100)
    requester_email = Text("Sähköpostiosoite", max=254)
    signature = Radios("Allekirjoitus", choices=capitalised(codes.SIGNATURES))

    def mark_needed(self) -> None:
        """Some answers are needed only with certain others, so they are not called voluntary."""
        for field in (self.mandate, self.signature, self.represented):
            field.flags.optional = False

    def facts(self, on: date) -> dict[str, Any]:
        """What the use cases take, but for the rights and the person."""
        return {
            "received_on": self.received_on.data or on,
            "received_by": self.received_by.data or "",
            "channel": self.channel.data,
            "requester": self.requester(),
            "request_dated_on": self.request_dated_on.data,
            "signature": self.signature.data or None,
            "content": self.content.data or "",
        }

    def requester(self) -> Requester:
        """Who asked, as the rules look at it."""
        return Requester(
            name=self.requester_name.data or "",
            street=self.requester_street.data or "",
            postcode=self.requester_postcode.data or "",
            city=self.requester_city.data or "",
            country=self.requester_country.data or "",
            email=self.requester_email.data or "",
            role=self.requester_role.data or "",
            mandate=self.mandate.data or None,
            represented=self.represented.data or None,
        )


class AmendForm(Facts, VersionedForm):
    """A registration that is mended."""


class RegisterForm(Facts, PersonChoice, Form):
    """A request as it came in."""

    kinds = Checks("Mitä pyyntö koskee?", required="Valitse, mitä pyyntö koskee.")
    files = Upload("Lisää tiedostoja")
    kept = Checks("Jo lähetetyt tiedostot")
    anyway = Flag("Tämä on eri pyyntö. Kirjaa se silti.")
    form_code = Hidden(filters=[lambda text: form_codes.read(text or "") or ""])

    rejected: list[str] = []
    """Why files just sent were not kept."""
    twins: list[Any] = []
    """Open requests by the same person for the same, when there are any."""

    def validate_files(self, _field: Any) -> None:
        """A file that cannot be kept is told of; those that can are kept whatever else is wrong."""
        if self.rejected:
            raise ValidationError(" ".join(self.rejected))

    def add_kept(self, scans: Iterable[Any]) -> None:
        """Files just sent are wanted until the tick is taken away."""
        self.kept.data = [*(self.kept.data or []), *(str(scan.id) for scan in scans)]

    def offer_kept(self, scans: Iterable[Any]) -> None:
        """Only files that are still there can be wanted; that one has gone is told, so that it is sent again."""
        self.kept.choices = [(str(scan.id), scan.name) for scan in scans]
        there = [value for value, _name in self.kept.choices]
        if set(self.kept.data or []) - set(there):
            self.rejected = [*self.rejected, "Aiemmin lähetetty tiedosto ei ole enää tallessa. Lähetä se uudelleen."]
        self.kept.data = there

    def kept_ids(self) -> list[int]:
        """Ids of the files sent earlier that are still wanted."""
        return _ids(self.kept.data or [])


class PersonForm(PersonChoice, VersionedForm):
    """Who in the register the request is about."""


class IdentityForm(VersionedForm):
    """How identity was made sure of."""

    method = Radios(
        "Miten henkilöllisyys varmistettiin?",
        required="Valitse, miten henkilöllisyys on varmistettu.",
        choices=capitalised(codes.IDENTITY_METHODS),
    )
    checked_on = Date("Tarkistuspäivä", required="Kirjoita, milloin henkilöllisyys varmistettiin.")


class LetterForm(VersionedForm):
    """A letter that needs nothing but a decision to write it."""


class DetailsForm(VersionedForm):
    """What the requester is asked to tell."""

    wanted = LongText("Mitä pyynnöstä puuttuu?", required="Kirjoita, mitä tietoja pyynnöstä puuttuu.", max=3000)
    reply_by = Date("Vastausta pyydetään viimeistään", required="Kirjoita, mihin mennessä vastausta pyydetään.")


class ExtensionForm(VersionedForm):
    """Why the time is extended."""

    ground = Radios(
        "Peruste", required="Valitse, miksi määräaikaa jatketaan.", choices=capitalised(codes.EXTENSION_GROUNDS)
    )
    reason = LongText("Syy kirjeeseen", required="Kirjoita syy. Se painetaan kirjeeseen.", max=2000)
    kinds = Checks("Minkä asian määräaikaa jatketaan?", required="Valitse, minkä asian määräaikaa jatketaan.")

    def offer(self, kinds: list[tuple[str, str]]) -> None:
        """Make the undecided matters the choices; all of them unless some are left out."""
        self.kinds.choices = kinds
        if not self.is_submitted() or len(kinds) == 1:
            self.kinds.data = [code for code, _label in kinds]
            self.kinds.raw_data = self.kinds.data


class WithdrawalForm(VersionedForm):
    """How the requester took the request back."""

    channel = Radios(
        "Miten pyyntö peruutettiin?",
        required="Valitse, miten pyyntö peruutettiin.",
        choices=capitalised(codes.CHANNELS),
    )
    withdrawn_on = Date("Peruutuspäivä", required="Kirjoita, milloin pyyntö peruutettiin.")


class ClosingForm(VersionedForm):
    """Closing asks nothing more; the rules look at what is undone."""


class ScansForm(Form):
    """Papers that came later, or were scanned later."""

    files = Upload("Lisää tiedostoja", required="Valitse vähintään yksi tiedosto.")


class OwnInitiativeForm(Form):
    """What the company has noticed by itself."""

    reason = LongText("Mistä virhe havaittiin?", required="Kirjoita, mistä virhe havaittiin.", max=2000)


class CodeForm(Form):
    """A diary number or the code of a printed form, typed by hand."""

    code = Text("Asianumero tai lomakkeen koodi", required="Kirjoita asianumero tai lomakkeen koodi.", max=200)
