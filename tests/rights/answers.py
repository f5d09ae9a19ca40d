"""The rest of what an office does: what is told, refused at the door, taken back, brought in and brought back."""

from typing import Any

from rekisteri.access import answering, preparing, transferring
from rekisteri.access import draft as drafts
from rekisteri.access.models import AccessMatter, PortableCopy
from rekisteri.cases import matters, unfounded
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers import undoing
from rekisteri.customers.importing import steps
from rekisteri.customers.merge_models import Merge
from rekisteri.customers.models import Customer
from rekisteri.informing import finding
from rekisteri.informing import letters as informing
from rekisteri.informing.models import Duty
from rekisteri.kernel.db import db
from tests.customers.factories import make_source
from tests.customers.importing.factories import checked, fates, run
from tests.rights.office import REASONS, Office

FAMILY = {"phone", "street", "postcode", "city"}
TOLD = "Säilytämme tiedot niin kauan kuin asiakkuus kestää."


class Answers(Office):
    """The same two people, with the other half of their work."""

    def __init__(self) -> None:
        super().__init__()
        self.fair_id = make_source("Rakentajamessut 2026", "fair").id

    def tell(self, pick: int) -> None:
        """The letter with everything, as the person responsible has read it."""
        matter = self.one(AccessMatter, pick, AccessMatter.kind == "access")
        if matter is None:
            return

        def release() -> None:
            draft = drafts.make(matter, on=self.day)
            if draft.lacking:
                preparing.complete(
                    matter=matter,
                    hidden_words="",
                    paper_findings="",
                    supplement=dict.fromkeys(draft.lacking, TOLD),
                    by=self.clerk,
                    on=self.day,
                )
                draft = drafts.make(matter, on=self.day)
            answering.release(matter=matter, read=draft.fingerprint, by=self.owner, on=self.day)

        self.attempt(release)

    def copy(self, pick: int, every: bool) -> None:
        """The portable copy, of all chapters or of the first; then handed over."""
        matter = self.one(AccessMatter, pick, AccessMatter.kind == "portability")
        if matter is None:
            return

        def make() -> None:
            offered = list(transferring.offered(matter))
            transferring.make_copy(
                matter=matter,
                chosen=offered if every else offered[:1],
                ground="basis",
                reasons=REASONS,
                way="pickup",
                receiver="",
                by=self.owner,
                on=self.day,
            )

        self.attempt(make)
        copy = self.one(PortableCopy, pick, PortableCopy.handed_on.is_(None))
        if copy is not None:
            self.attempt(lambda: transferring.hand_over(copy=copy, handed_on=self.day, by=self.clerk))

    def refuse_answer(self, pick: int) -> None:
        """Access or portability refused on its own merits."""
        matter = self.one(AccessMatter, pick)
        if matter is not None:
            ground = "others" if matter.kind == "access" else "basis"
            self.attempt(
                lambda: answering.refuse(matter=matter, ground=ground, reasons=REASONS, by=self.owner, on=self.day)
            )

    def refuse_at_the_door(self, pick: int) -> None:
        """All that is undecided in a request is refused as manifestly unfounded."""
        case = self.one(Case, pick, Case.state.in_(["registered", "in_review"]))
        if case is not None:
            kinds = [matter.kind for matter in matters.undecided(case)]
            told: dict[str, Any] = {"kinds": kinds, "ground": "unfounded", "reasons": REASONS}
            self.attempt(lambda: unfounded.refuse(case=case, by=self.owner, on=self.day, **told))

    def undo(self, pick: int) -> None:
        """A merge is taken back, if nothing has changed since."""
        merge = self.one(Merge, pick, Merge.undone_at.is_(None))
        if merge is None:
            return
        kept_id, dropped_id = merge.kept_id, merge.dropped_id

        def part() -> bool:
            undoing.undo(merge=merge, by=self.owner)
            return True

        if self.attempt(part):
            self.known |= dict(zip((kept_id, dropped_id), self.before_merge[kept_id, dropped_id], strict=True))

    def move_in(self, pick: int) -> None:
        """Somebody new of the same family at the same address, with the same telephone."""
        if (customer := self.customer(pick)) is None:
            return
        shared = {field: one.value for field, one in customers.current(customer).items() if field in FAMILY}
        self.enter(**shared)

    def bring_in(self, word: str) -> list[str]:
        """Import a file in which somebody stands; what would become of the row."""
        row = f"{word};Äijä;{word.lower()}@esimerkki.example"
        batch = checked(row, header="Sukunimi;Etunimi;Sähköposti", kind="person", obtained_on=self.day)
        fate = fates(batch)
        self.attempt(lambda: steps.cancel(batch=batch, by=self.clerk))
        if (given_up := steps.find_batch(batch.id)) is not None:
            run(given_up)
        return fate

    def come_from_a_fair(self) -> None:
        """Somebody whose card was collected at a fair, and who must be told so."""
        self.enter(at_fair=True)
        finding.find_all()

    def inform(self, pick: int) -> None:
        """The letter that tells whence the data came."""
        duty = self.one(Duty, pick, Duty.state == "waiting")
        if duty is not None:
            customer = db.session.get_one(Customer, duty.customer_id)
            self.attempt(lambda: informing.issue(customer=customer, by=self.clerk, on=self.day))
