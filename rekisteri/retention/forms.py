"""The forms of retention."""

from rekisteri.kernel.forms import Date, Flag, Form, Text, VersionedForm


class LengthForm(VersionedForm):
    """How long one kind of data is kept."""

    length = Text("Säilytysaika", required="Anna säilytysaika.", max=4)


class DestroyForm(Form):
    """The confirmation of what is about to be destroyed; `seen` is the day up to which the page proposed."""

    seen = Date("Viimeistään päivältä")
    confirmed = Flag("Olen tarkistanut määrän. Tiedot saa hävittää pysyvästi.")


class PeopleForm(Form):
    """The confirmation of who is about to go."""

    confirmed = Flag("Olen tarkistanut valitut. Heidän tietonsa saa hävittää pysyvästi.")
