"""What the processing log knows of objections, withdrawals of consent and complaints."""

from rekisteri.audit import service as audit

ITEMISED = audit.event("objection.itemised", "kirjattu, mitä käyttöä vastustetaan", fields={"kind": str, "uses": list})
BOUND = audit.event("objection.bound", "käyttö lopetettu rekisteröidyn vaatimuksesta", fields={"uses": list})
DECIDED = audit.event(
    "objection.decided",
    "vastustaminen, peruutus tai valitus ratkaistu",
    fields={"kind": str, "decision": str, "ground": str},
)
MOVED = audit.event("objection.moved", "käytön lopettaminen siirretty toiselle asiakkaalle", fields={"uses": list})
BOUND_AGAIN = audit.event(
    "objection.bound_again", "käyttö lopetettu uudelleen varmuuskopion palautuksessa", fields={"uses": list}
)
ENDED_AGAIN = audit.event(
    "objection.ended_again", "käytön salliminen kirjattu uudelleen varmuuskopion palautuksessa", fields={"uses": list}
)
ENDED = audit.event(
    "objection.ended", "rekisteröity on sallinut käytön uudelleen", fields={"channel": str, "on": str, "uses": list}
)
