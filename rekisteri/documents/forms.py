"""Forms about the posting of documents."""

from typing import Any

from rekisteri.documents.models import Document
from rekisteri.documents.rules import WAYS
from rekisteri.kernel.clock import today
from rekisteri.kernel.forms import Checks, Date, Flag, Form, Radios, Text, VersionedForm

IMPOSSIBLE = "impossible"
WAY_LABEL = "Miten asiakirja lähti"
DAY_LABEL = "Lähettämispäivä"


class PostingForm(VersionedForm):
    """What became of one document."""

    way = Radios(
        WAY_LABEL,
        required="Valitse, miten asiakirja lähti.",
        choices=[*WAYS.items(), (IMPOSSIBLE, "Asiakirjaa ei voitu toimittaa")],
        default="post",
    )
    on = Date(DAY_LABEL, required="Anna lähettämispäivä.", default=today)
    reason = Text("Miksi asiakirjaa ei voitu toimittaa", max=500)


class CorrectionForm(VersionedForm):
    """A wrong note of a posting, set right."""

    way = Radios(WAY_LABEL, required="Valitse, miten asiakirja lähti.", choices=list(WAYS.items()))
    on = Date(DAY_LABEL, required="Anna lähettämispäivä.")
    reason = Text("Miksi merkintää korjataan", required="Kerro, miksi merkintää korjataan.", max=500)


class BatchForm(Form):
    """Several documents that left together: one walk to the letter box, one note."""

    documents = Checks("Lähetettävät asiakirjat", required="Valitse ainakin yksi asiakirja.", coerce=int)
    way = Radios(WAY_LABEL, required="Valitse, miten asiakirjat lähtivät.", choices=list(WAYS.items()), default="post")
    on = Date(DAY_LABEL, required="Anna lähettämispäivä.", default=today)

    def __init__(self, waiting: list[Document], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents.choices = [(document.id, document.number) for document in waiting]


class GatherForm(Form):
    """The day's post, gathered for the printer."""

    two_sided = Flag("Tulostan kaksipuolisesti: jokainen kirje alkaa omalta arkiltaan")


class SendForm(VersionedForm):
    """The day's post has left: all of it, but for what was taken out of the pile."""

    documents = Checks("Lähtevät kirjeet", required="Valitse ainakin yksi kirje.", coerce=int)
    way = Radios(
        "Miten kirjeet lähtivät",
        required="Valitse, miten kirjeet lähtivät.",
        choices=[("post", WAYS["post"]), ("pickup", WAYS["pickup"])],
        default="post",
    )
    on = Date(DAY_LABEL, required="Anna lähettämispäivä.", default=today)

    def __init__(self, letters: list[Document], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents.choices = [(document.id, document.number) for document in letters]
