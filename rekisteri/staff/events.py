"""What the processing log tells of the people who use the register. Ids, role codes and dates only, never a typed name."""

from rekisteri.audit import service as audit

SIGNED_IN = audit.event("staff.signed_in", "kirjautunut sisään")
SIGN_IN_FAILED = audit.event("staff.sign_in_failed", "kirjautuminen epäonnistunut")
SIGNED_OUT = audit.event("staff.signed_out", "kirjautunut ulos")
SESSIONS_ENDED = audit.event("staff.sessions_ended", "istunnot päätetty", fields={"sessions": int, "reason": str})
WAIT_LIFTED = audit.event("staff.wait_lifted", "kirjautumisen odotus poistettu")
DENIED = audit.event("staff.denied", "käyttö estetty", fields={"page": str})

CREATED = audit.event("staff.created", "käyttäjä lisätty", fields={"roles": list})
CHANGED = audit.event("staff.changed", "käyttäjän tietoja muutettu", fields={"fields": list})
ROLES_CHANGED = audit.event("staff.roles_changed", "roolit muutettu", fields={"before": list, "after": list})
DISABLED = audit.event("staff.disabled", "käyttäjä poistettu käytöstä")
ENABLED = audit.event("staff.enabled", "käyttäjä palautettu käyttöön")
PASSWORD_GIVEN = audit.event("staff.password_given", "kertakäyttösalasana annettu")
PASSWORD_CHANGED = audit.event("staff.password_changed", "salasana vaihdettu")

COMMITMENT_RECORDED = audit.event(
    "staff.commitment_recorded",
    "salassapitositoumus kirjattu",
    fields={"commitment": int, "signed_on": str, "text_version": str, "with_scan": bool},
)
COMMITMENT_REVOKED = audit.event(
    "staff.commitment_revoked", "salassapitositoumus peruttu", fields={"commitment": int, "revoked_on": str}
)
FIRST_LINK_MADE = audit.event("staff.first_link_made", "käyttöönottolinkki tehty")
FIRST_LINK_USED = audit.event("staff.first_link_used", "rekisteri otettu käyttöön")
