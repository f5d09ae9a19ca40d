"""What the facts of the processing log are called in Finnish, so that a person can read a row.

The log stores codes. A room that knows what its codes mean says so once (`explain`); a code that nobody explains is shown
as it is.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rekisteri.kernel.formats import fi_date

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

FACTS = {
    "after": "jälkeen",
    "basis": "siirtoperuste",
    "before": "ennen",
    "changed": "muuttuneita",
    "channel": "tapa",
    "commitment": "sitoumus",
    "count": "määrä",
    "country": "maa",
    "created": "uusia",
    "credit": "luotto",
    "customer": "asiakas",
    "days": "päiviä",
    "decision": "ratkaisu",
    "disclosure_id": "luovutus",
    "document": "asiakirja",
    "exception": "poikkeuksen peruste",
    "field": "tieto",
    "fields": "tiedot",
    "form": "lomake",
    "format": "tiedostomuoto",
    "found": "löytyi vielä",
    "ground": "peruste",
    "handler": "käsittelijä",
    "invoices": "laskuja",
    "item": "kohta",
    "items": "kohtia",
    "key": "avain",
    "keys": "avainten tunniste",
    "kind": "laji",
    "kinds": "mitä kielletty",
    "left": "pois jätettyjä",
    "letters": "kirjeitä",
    "means": "väline",
    "media_type": "tiedostomuoto",
    "method": "keino",
    "note": "yhteydenotto",
    "new": "uusia",
    "number": "numero",
    "on": "päivä",
    "order": "tilaus",
    "outcome": "lopputulos",
    "page": "sivu",
    "part": "kohta",
    "patterns": "haettuja kirjoitusasuja",
    "place": "säilytyspaikka",
    "placed": "kohtia",
    "reason": "syy",
    "recipient_id": "vastaanottaja",
    "refused": "hylättyjä",
    "replaces": "korvaa",
    "representation": "edustus",
    "restriction": "rajoitus",
    "revoked_on": "peruttu",
    "role": "rooli",
    "roles": "roolit",
    "receiver": "saaja",
    "rows": "rivejä",
    "scopes": "oikeudet",
    "sessions": "istuntoja",
    "sha256": "tarkiste",
    "signed_on": "allekirjoitettu",
    "since": "mistä lähtien",
    "size": "koko tavuina",
    "skipped": "ohitettuja",
    "source_id": "lähde",
    "stale": "sillä välin muuttuneita",
    "state": "tila",
    "text_version": "tekstin versio",
    "told": "ilmoituksia",
    "until": "määräaika",
    "use": "käyttö",
    "uses": "käyttö",
    "valid_from": "voimassa alkaen",
    "way": "tapa",
    "whole": "kaikki",
    "with_scan": "skannaus mukana",
}
SUBJECTS = {
    "case": "pyyntö",
    "collection": "perintä",
    "credit": "luottohakemus",
    "customer": "asiakas",
    "disclosure": "luovutus",
    "document": "asiakirja",
    "erasure": "poisto",
    "export": "asiakastietojen vienti",
    "import": "asiakastietojen tuonti",
    "interface_connection": "rajapinnan liittymä",
    "invoice": "lasku",
    "invoice_import": "laskujen tuonti",
    "notice": "tietosuojaseloste",
    "outgoing": "lähtenyt aineisto",
    "paper_binder": "kansio tai laatikko",
    "paper_destruction": "paperien hävitys",
    "paper_handler": "paperiaineiston käsittelijä",
    "paper_pile": "korttinippu",
    "paper_place": "säilytyspaikka",
    "printout": "tuloste",
    "post": "päivän posti",
    "recipient": "kumppani",
    "register": "rekisteri",
    "scan": "skannaus",
    "selection": "valinta",
    "settings": "asetukset",
    "source": "tietolähde",
    "user": "käyttäjä",
}
_codes: dict[str, dict[str, str]] = {}


def explain(fact: str, names: Mapping[str, str]) -> None:
    """Tell what the codes of one fact are called: `explain("channel", {"letter": "kirje"})`."""
    _codes.setdefault(fact, {}).update(names)


def fact(name: str, value: Any) -> str:
    """One fact of a row as a person reads it; nothing when there is no value."""
    if value is None or value == []:
        return ""
    values = value if isinstance(value, list) else [value]
    return f"{FACTS.get(name, name)}: {', '.join(_said(name, one) for one in values)}"


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "kyllä" if value else "ei"
    text = str(value)
    if DAY.fullmatch(text):
        return fi_date(date.fromisoformat(text))
    return _codes.get(name, {}).get(text, text)


def subject(code: str) -> str:
    """What a row is about: `customer:7` is ”asiakas 7”. Of the register itself there is only one."""
    kind, _, number = code.partition(":")
    if kind in {"register", "settings"}:
        return SUBJECTS[kind]
    if not number.isdigit():
        number = "tuntematon"
    return f"{SUBJECTS.get(kind, kind)} {number}"
