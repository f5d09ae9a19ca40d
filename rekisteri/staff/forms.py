"""The forms of signing in, of one's own page and of the users."""

from typing import Any

from wtforms.widgets import FileInput

from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Checks, Date, Flag, Form, Hidden, LongText, Password, Text, Upload, VersionedForm
from rekisteri.staff.models import User
from rekisteri.staff.rules import ROLE_MISSING, ROLES, names_of

ROLE_CHOICES = [(code, name) for code, (name, _permissions) in ROLES.items()]


class Roles(Checks):
    """The roles a person holds; after a conflict they are compared by their names."""

    def _value(self) -> str:
        return names_of(code for code, _name in ROLE_CHOICES if code in (self.data or []))


class SignInForm(Form):
    """User name and password; where to go next, and a form that was interrupted, travel along."""

    username = Text("Käyttäjätunnus", required="Kirjoita käyttäjätunnus.", max=60)
    password = Password("Salasana", required="Kirjoita salasana.")
    next = Hidden()
    resume = Hidden()


class FirstUserForm(Form):
    """Who takes the register into use."""

    full_name = Text("Nimi", required="Kirjoita etu- ja sukunimi.")
    title = Text("Tehtävä", max=100)
    username = Text("Käyttäjätunnus", required="Keksi käyttäjätunnus.", max=60)
    password = Password("Salasana", required="Keksi salasana.")
    again = Password("Salasana uudelleen", required="Kirjoita salasana uudelleen.")
    roles = Roles("Roolit", required=ROLE_MISSING, choices=ROLE_CHOICES, default=["vastuuhenkilo", "paakayttaja"])
    signed_on = Date("Sitoumuksen allekirjoituspäivä", required="Kirjoita allekirjoituspäivä.", default=today)
    place = Text("Allekirjoituspaikka", max=100)
    agreed = Flag("Olen lukenut salassapitositoumuksen ja allekirjoittanut sen paperille")


class UserForm(VersionedForm):
    """Who a person is and what they may do."""

    full_name = Text("Nimi", required="Kirjoita etu- ja sukunimi.")
    username = Text("Käyttäjätunnus", required="Kirjoita käyttäjätunnus.", max=60)
    title = Text("Tehtävä", max=100)
    employer = Text("Työnantaja")
    roles = Roles("Roolit", required=ROLE_MISSING, choices=ROLE_CHOICES)

    def fields_of(self, user: User) -> None:
        """Fill in what stands in the register."""
        for name in ("full_name", "username", "title", "employer", "roles", "version"):
            self[name].data = getattr(user, name)


class PasswordForm(Form):
    """A new password of one's own."""

    current = Password("Nykyinen salasana", required="Kirjoita nykyinen salasana.")
    password = Password("Uusi salasana", required="Keksi uusi salasana.")
    again = Password("Uusi salasana uudelleen", required="Kirjoita uusi salasana uudelleen.")


class CommitmentForm(Form):
    """A commitment that has been signed on paper."""

    signed_on = Date("Allekirjoituspäivä", required="Kirjoita allekirjoituspäivä.")
    place = Text("Allekirjoituspaikka", max=100)
    files = Upload("Skannattu sitoumus", widget=FileInput())

    def given(self) -> dict[str, Any]:
        """What the use case is told. A commitment is one paper, so there is one file."""
        return {
            "signed_on": self.signed_on.data,
            "place": self.place.data or "",
            "file": next(iter(self.files.data or []), None),
        }


class RevocationForm(Form):
    """The end of a commitment."""

    revoked_on = Date("Mistä päivästä alkaen", required="Kirjoita päivä.", default=today)
    reason = LongText("Syy", required="Kirjoita, miksi sitoumus perutaan.", max=500)

    def given(self) -> dict[str, Any]:
        """What the use case is told."""
        return {"revoked_on": self.revoked_on.data, "reason": self.reason.data}
