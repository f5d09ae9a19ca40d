"""What the processing log knows of prohibitions."""

from rekisteri.audit import service as audit

RECORDED = audit.event("prohibition.recorded", "kielto kirjattu", fields={"kinds": list, "channel": str, "since": str})
WITHDRAWN = audit.event(
    "prohibition.withdrawn", "kielto peruttu asiakkaan ilmoituksesta", fields={"kind": str, "channel": str, "on": str}
)
