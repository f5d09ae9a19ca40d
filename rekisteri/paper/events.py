"""What the processing log knows of paper: places, people, binders and cards by their numbers, never what stands on them."""

from rekisteri.audit import service as audit

PLACE_ADDED = audit.event("paper.place_added", "paperien säilytyspaikka lisätty")
PLACE_CHANGED = audit.event("paper.place_changed", "paperien säilytyspaikan tietoja muutettu", fields={"fields": list})
NAMED = audit.event("paper.handler_named", "paperiaineiston käsittelijä nimetty")
ENDED = audit.event("paper.handler_ended", "paperiaineiston käsittelijän oikeus päätetty")
KEY_GIVEN = audit.event("paper.key_given", "avain säilytyspaikkaan annettu", fields={"handler": int})
KEY_RETURNED = audit.event("paper.key_returned", "avain säilytyspaikkaan palautettu", fields={"handler": int})
BINDER_ADDED = audit.event("paper.binder_added", "kansio tai laatikko lisätty", fields={"kind": str})
LOCKED = audit.event(
    "paper.locked", "paperit tuotu lukittuun paikkaan", fields={"place": int, "handler": int, "on": str}
)
TAKEN = audit.event("paper.taken", "paperit otettu esille", fields={"handler": int, "until": str})
RETURNED = audit.event("paper.returned", "paperit palautettu", fields={"handler": int, "on": str})
PILE_BEGUN = audit.event("paper.pile_begun", "korttinipun kirjaaminen aloitettu", fields={"source_id": int})
CARD_ENTERED = audit.event("paper.card_entered", "kortti kirjattu", fields={"item": int, "outcome": str})
CARD_UNDONE = audit.event("paper.card_undone", "kortin kirjaus kumottu", fields={"item": int})
PILE_ENDED = audit.event("paper.pile_ended", "korttinipun kirjaaminen päätetty", fields={"count": int})
PLACED = audit.event("paper.request_placed", "pyynnön paperi sijoitettu", fields={"number": str})
DESTROYED = audit.event(
    "paper.destroyed", "papereita hävitetty", fields={"number": str, "count": int, "method": str, "on": str}
)
