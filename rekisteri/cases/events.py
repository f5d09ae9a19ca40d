"""What the processing log knows of requests. Ids and typed facts only; the timeline of a case is read from here."""

from rekisteri.audit import service as audit

VIEWED = audit.event("case.viewed", "pyyntö katsottu")
REGISTERED = audit.event("case.registered", "pyyntö kirjattu", fields={"number": str, "channel": str})
AMENDED = audit.event("case.amended", "pyynnön kirjausta korjattu", fields={"fields": list})
PERSON_SET = audit.event("case.person_set", "pyyntö liitetty asiakkaaseen", fields={"customer": int})
PERSON_NOT_FOUND = audit.event("case.person_not_found", "henkilöä ei löytynyt rekisteristä")
IDENTITY_RECORDED = audit.event("case.identity_recorded", "henkilöllisyys varmistettu", fields={"method": str})
SCANS_ADDED = audit.event("case.scans_added", "skannauksia liitetty", fields={"count": int})
ACKNOWLEDGED = audit.event("case.acknowledged", "vastaanottoilmoitus laadittu", fields={"document": int})
DETAILS_ASKED = audit.event("case.details_asked", "täydennystä pyydetty", fields={"document": int})
EXTENDED = audit.event("case.extended", "määräaikaa jatkettu", fields={"ground": str, "until": str, "document": int})
MOVED = audit.event("case.moved", "käsittely edennyt", fields={"state": str})
WITHDRAWN = audit.event("case.withdrawn", "pyyntö peruutettu", fields={"channel": str})
CLOSED = audit.event("case.closed", "pyyntö suljettu")
FILE_MADE = audit.event("case.file_made", "asiakirjakooste tehty", fields={"format": str, "count": int})
FORM_PRINTED = audit.event("case.form_printed", "esitäytetty pyyntölomake tulostettu", fields={"form": int})
CERTIFIED = audit.event(
    "case.certified", "kieltäytymistodistus annettu", fields={"number": str, "kind": str, "replaces": str}
)
MATTER_ADDED = audit.event("case.matter_added", "pyyntöön lisätty asia", fields={"kind": str})
MATTER_ENDED = audit.event("case.matter_ended", "pyynnön asia päättynyt", fields={"kind": str, "outcome": str})
PAUSED = audit.event("case.paused", "määräaika keskeytetty, henkilöllisyys kysytty", fields={"document": int})
RESUMED = audit.event("case.resumed", "määräajan kuluminen jatkuu", fields={"days": int})
FEE_TOLD = audit.event("case.fee_told", "pyynnön maksullisuudesta ilmoitettu", fields={"ground": str, "document": int})
FEE_ANSWERED = audit.event("case.fee_answered", "vastaus maksuun kirjattu", fields={"outcome": str})
NOT_HELD_TOLD = audit.event("case.not_held_told", "vastattu, ettei tietoja käsitellä", fields={"document": int})
TAKEN = audit.event("case.taken", "asia viety tietosuojavaltuutetulle", fields={"on": str, "until": str})
