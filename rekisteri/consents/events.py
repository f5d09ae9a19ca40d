"""What the processing log knows of consents."""

from rekisteri.audit import service as audit

RECORDED = audit.event(
    "consent.recorded",
    "suostumus sähköiseen suoramarkkinointiin kirjattu",
    fields={"uses": list, "means": list, "channel": str, "since": str},
)
WITHDRAWN = audit.event(
    "consent.withdrawn",
    "suostumus sähköiseen suoramarkkinointiin päättynyt",
    fields={"uses": list, "means": list, "channel": str, "on": str},
)
WITHDRAWN_AGAIN = audit.event(
    "consent.withdrawn_again",
    "suostumuksen peruutus kirjattu uudelleen varmuuskopion palautuksessa",
    fields={"uses": list, "means": list},
)
