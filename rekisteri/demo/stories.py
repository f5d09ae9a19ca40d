"""Requests in every state, told as they would have gone: each story is a few days in the life of one customer's paper."""

from collections.abc import Callable
from datetime import date, timedelta

from rekisteri.cases import service as cases
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.demo.company import Company
from rekisteri.disclosures import service as disclosures
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db
from rekisteri.rectification import decisions, demands, letters
from rekisteri.rectification.demands import Itemised
from rekisteri.rectification.models import Rectification
from rekisteri.rectification.rules import Demand
from rekisteri.restrictions import service as restrictions

REASONS = (
    "Tieto on tarkistettu teidän omasta tilausvahvistuksestanne, ja se on siinä samassa muodossa kuin rekisterissä."
)
PARTLY = "Asunnon kirjainta ei ole voitu varmistaa, joten osoite on oikaistu ilman sitä."


class Story:
    """One customer's paper and what became of it. `days` are counted back from today."""

    def __init__(self, company: Company, customer: Customer, on: date) -> None:
        self.company, self.customer, self.today = company, customer, on
        self.case: Case | None = None

    def day(self, days_ago: int) -> date:
        """The day that many days ago."""
        return self.today - timedelta(days=days_ago)

    def received(self, days_ago: int, *, channel: str = "letter", known: bool = True, **who: str) -> Rectification:
        """The request comes in and is registered the day after at the latest."""
        held = {field: datum.value for field, datum in customers.current(self.customer).items()}
        requester = cases.Requester(
            who.get("name", self.customer.full_name),
            street=who.get("street", held.get("street", "")),
            postcode=who.get("postcode", held.get("postcode", "")),
            city=who.get("city", held.get("city", "")),
            role=who.get("role", "self"),
            mandate=who.get("mandate"),
        )
        self.case = cases.register(
            received_on=self.day(days_ago),
            channel=channel,
            requester=requester,
            kinds=["rectification"],
            by=self.company.clerk,
            on=self.day(max(days_ago - 1, 0)),
            signature="signed" if channel == "letter" else None,
            customer=self.customer if known else None,
        )
        if known:
            self.identified(max(days_ago - 1, 0))
        return self.matter

    def identified(self, days_ago: int) -> None:
        """The clerk makes sure who asks; only the way is kept."""
        assert self.case is not None
        cases.record_identity(
            case=self.case,
            method="known_address",
            checked_on=self.day(days_ago),
            by=self.company.clerk,
            on=self.day(days_ago),
        )

    @property
    def matter(self) -> Rectification:
        """The rectification matter of the case."""
        assert self.case is not None
        found = demands.of_case(self.case)
        assert found is not None
        return found

    def disclosed(self, *fields: str) -> None:
        """The data had gone to a partner before they were found wrong."""
        recipient, ground = self.company.dice.choice(self.company.recipients)
        held = customers.current(self.customer)
        disclosures.record_disclosure(
            customer=self.customer,
            recipient=recipient,
            fields=[field for field in fields if field in held],
            disclosed_on=self.today,
            purpose=recipient.purpose,
            ground=ground,
            by=self.company.clerk,
        )

    def itemised(self, *wanted: Demand) -> None:
        """The clerk writes down what is demanded."""
        demands.itemise(matter=self.matter, demands=[Itemised(demand) for demand in wanted], by=self.company.clerk)
        db.session.flush()
        assert self.case is not None
        for restriction in restrictions.in_force(self.customer.id):
            restriction.begun_on = self.case.registered_on

    def decided(self, days_ago: int, *outcomes: str) -> None:
        """The person responsible decides the demands in their order."""
        by, on = self.company.owner, self.day(days_ago)
        for item, outcome in zip(self.matter.items, outcomes, strict=False):
            if outcome == "granted":
                decisions.grant(item=item, by=by, on=on)
            elif outcome == "partly_granted":
                value = item.requested_value.rsplit(" ", 1)[0]
                decisions.grant_in_part(
                    item=item, granted_value=value, ground="no_evidence", reasons=PARTLY, by=by, on=on
                )
            else:
                decisions.refuse(item=item, ground=outcome, reasons=REASONS, by=by, on=on)

    def issued(self, days_ago: int) -> None:
        """The decision is given: every paper is made and waits for the post."""
        letters.issue(matter=self.matter, by=self.company.owner, on=self.day(days_ago))
        db.session.flush()

    def posted(self, days_ago: int) -> None:
        """Everything is in the post."""
        assert self.case is not None
        for document in documents.for_subject(self.case.subject):
            documents.mark_posted(document=document, on=self.day(days_ago), way="post", by=self.company.clerk)

    def closed(self, days_ago: int) -> None:
        """Nothing is left to do."""
        assert self.case is not None
        cases.close(self.case, self.company.clerk, self.day(days_ago))


def street(new: str = "Uusikuja 7 B") -> Demand:
    """A demand that the street address be corrected."""
    return Demand("street", "outdated", new, "Olen muuttanut, ja posti on mennyt vanhaan osoitteeseen.")


def phone() -> Demand:
    """A demand that the phone number be removed."""
    return Demand("phone", "unnecessary", "", "En ole antanut numeroani, eikä sitä tarvita tilausteni toimittamiseen.")


def city() -> Demand:
    """A demand about the town that will not be granted."""
    return Demand("city", "wrong", "Kuusamo", "Postitoimipaikka on mielestäni väärin.")


def arrived(story: Story) -> None:
    story.received(1, known=False)


def to_decide(story: Story) -> None:
    story.received(5)
    story.itemised(street(), city())


def late(story: Story) -> None:
    story.received(45)
    story.itemised(street("Rantakuja 3"))


def half_decided(story: Story) -> None:
    story.received(26, channel="email")
    story.disclosed("street", "city")
    story.itemised(street("Metsäpolku 12"), city())
    story.decided(1, "granted")


def to_issue(story: Story) -> None:
    story.received(12)
    story.itemised(street("Laaksotie 9"), city())
    story.decided(2, "granted", "accurate")


def to_post(story: Story) -> None:
    story.received(9)
    story.disclosed("street", "phone")
    story.itemised(street("Kallionkatu 21 C"), city())
    story.decided(1, "partly_granted", "accurate")
    story.issued(0)


def to_close(story: Story) -> None:
    story.received(16, channel="visit")
    story.itemised(street("Puistotie 2"))
    story.decided(3, "granted")
    story.issued(3)
    story.posted(2)


def granted(story: Story) -> None:
    story.received(75)
    story.itemised(street("Satamakatu 14"))
    story.decided(60, "granted")
    story.issued(60)
    story.posted(59)
    story.closed(58)


def refused(story: Story) -> None:
    story.received(95)
    story.itemised(city())
    story.decided(80, "accurate")
    story.issued(80)
    story.posted(79)
    story.closed(70)


def withdrawn(story: Story) -> None:
    story.received(30, channel="phone")
    assert story.case is not None
    cases.withdraw(
        case=story.case, channel="phone", withdrawn_on=story.day(20), by=story.company.clerk, on=story.day(20)
    )


def unknown(story: Story) -> None:
    story.received(
        21, known=False, name="Tuntematon Kirjoittaja", street="Muualla 1", postcode="00100", city="Helsinki"
    )
    assert story.case is not None
    cases.person_not_found(case=story.case, by=story.company.clerk)
    story.itemised(street("Muualla 1"))
    story.decided(4, "not_held")
    story.issued(4)


def extended(story: Story) -> None:
    story.received(40)
    story.itemised(street("Harjukatu 5"), city())
    assert story.case is not None
    reason = "Pyyntönne koskee tietoja, joita selvitämme usean yhteistyökumppanin kanssa."
    cases.extend(case=story.case, ground="complexity", reason=reason, by=story.company.owner, on=story.day(20))
    story.posted(19)


def by_agent(story: Story) -> None:
    story.received(
        3,
        name="Asiamies Esimerkki",
        role="agent",
        mandate="shown",
        street="Valtakirjankuja 1",
        postcode="00100",
        city="Helsinki",
    )
    assert story.case is not None
    cases.ask_for_details(
        case=story.case,
        wanted="Mikä tieto on mielestänne virheellinen, ja millaiseksi se pitäisi korjata?",
        reply_by=story.today + timedelta(days=14),
        by=story.company.clerk,
        on=story.day(0),
    )


def own_initiative(story: Story) -> None:
    story.case = cases.register_own_initiative(
        customer=story.customer, reason="Postitoimitus palautti kirjeen.", by=story.company.clerk, on=story.day(2)
    )
    story.itemised(
        Demand("street", "outdated", "Korjatunkuja 4", "Posti palautti kirjeen ja ilmoitti uuden osoitteen.")
    )


STORIES: tuple[Callable[[Story], None], ...] = (
    refused, granted, withdrawn, late, extended, half_decided, unknown, to_close, to_issue, to_post, to_decide,
    own_initiative, by_agent, arrived,
)  # fmt: skip
