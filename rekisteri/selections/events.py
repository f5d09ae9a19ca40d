"""What the processing log knows of selections: never a criterion, which may name a person's organisation."""

from rekisteri.audit import service as audit

SAVED = audit.event("selection.saved", "valinta tallennettu", fields={"use": str, "way": str})
CHANGED = audit.event("selection.changed", "valintaa muutettu", fields={"use": str, "way": str})
DELETED = audit.event("selection.deleted", "valinta poistettu")
USED = audit.event("selection.used", "valintaa käytetty", fields={"use": str, "count": int})
