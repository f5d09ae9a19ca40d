"""What the processing log tells of restrictions."""

from rekisteri.audit import service as audit

BEGUN = audit.event(
    "restriction.begun", "tietojen käsittely rajoitettu", fields={"restriction": int, "ground": str, "fields": list}
)
CHANGED = audit.event(
    "restriction.changed", "rajoituksen kohteena olevat tiedot muuttuneet", fields={"restriction": int, "fields": list}
)
TOLD = audit.event(
    "restriction.told",
    "rajoituksesta ilmoitettu tietojen vastaanottajille",
    fields={"restriction": int, "letters": int},
)
LIFTING = audit.event(
    "restriction.lifting",
    "rajoituksen päättymisestä ilmoitettu rekisteröidylle",
    fields={"restriction": int, "until": str, "document": int},
)
BEGUN_AGAIN = audit.event(
    "restriction.begun_again",
    "käsittelyn rajoitus kirjattu uudelleen varmuuskopion palautuksessa",
    fields={"restriction": int, "ground": str},
)
ENDED_AGAIN = audit.event(
    "restriction.ended_again",
    "rajoituksen päättyminen kirjattu uudelleen varmuuskopion palautuksessa",
    fields={"restriction": int},
)
ENDED = audit.event("restriction.ended", "rajoitus päättynyt", fields={"restriction": int})
EXCEPTED = audit.event(
    "restriction.excepted",
    "rajoitukseen kirjattu poikkeus",
    fields={"restriction": int, "use": str, "exception": str, "until": str},
)
EXCEPTED_AGAIN = audit.event(
    "restriction.excepted_again",
    "rajoituksen poikkeus kirjattu uudelleen varmuuskopion palautuksessa",
    fields={"restriction": int, "use": str},
)
STOPPED = audit.event("restriction.exception_stopped", "poikkeus lopetettu", fields={"restriction": int, "use": str})
DECIDED = audit.event(
    "restriction.decided", "rajoittamispyyntö ratkaistu", fields={"decision": str, "ground": str, "restriction": int}
)
