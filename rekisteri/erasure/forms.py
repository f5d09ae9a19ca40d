"""The forms of erasing."""

from rekisteri.erasure import rules
from rekisteri.kernel.forms import Flag, LongText, Radios, VersionedForm


class StepForm(VersionedForm):
    """A step with nothing to fill in: propose, take back, carry on."""


class ApproveForm(VersionedForm):
    """What cannot be undone is confirmed in words."""

    sure = Flag("Olen tarkistanut suunnitelman. Ymmärrän, ettei poistettua saa takaisin.")


class RefuseForm(VersionedForm):
    """Why nothing is erased."""

    ground = Radios(
        "Peruste",
        required="Valitse epäämisen peruste.",
        choices=[(code, sentence) for code, (sentence, _article) in rules.REFUSALS.items()],
    )
    reasons = LongText("Syyt", required="Kirjoita epäämisen syyt niin, että pyynnön esittäjä ymmärtää ne.", max=4000)
