"""What the processing log knows of prohibitions."""

from rekisteri.audit import service as audit

RECORDED = audit.event("prohibition.recorded", "kielto kirjattu", fields={"kinds": list, "channel": str, "since": str})
REPEATED = audit.event(
    "prohibition.repeated",
    "voimassa oleva kielto kirjattu toistamiseen",
    fields={"kinds": list, "channel": str, "since": str},
)
GIVEN_AGAIN = audit.event(
    "prohibition.given_again", "kielto kirjattu uudelleen varmuuskopion palautuksessa", fields={"kind": str}
)
ENDED_AGAIN = audit.event(
    "prohibition.ended_again", "kiellon peruminen kirjattu uudelleen varmuuskopion palautuksessa", fields={"kind": str}
)
WITHDRAWN = audit.event(
    "prohibition.withdrawn", "kielto peruttu asiakkaan ilmoituksesta", fields={"kind": str, "channel": str, "on": str}
)
