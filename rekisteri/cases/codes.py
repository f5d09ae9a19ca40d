"""What is recorded of a request: the codes the database holds, and what each is called in Finnish."""

OWN_INITIATIVE = "own_initiative"
CHANNELS = {
    "letter": "kirje tai lomake",
    "visit": "käynti",
    "email": "sähköposti",
    "phone": "puhelin",
}
"""How a request came. Any way starts the clock."""

CHANNEL_WORDS = {
    "letter": "kirjallisesti",
    "visit": "käydessänne luonamme",
    "email": "sähköpostitse",
    "phone": "puhelimitse",
}
"""The same, as a letter tells it to the requester."""

REQUESTER_ROLES = {
    "self": "rekisteröity itse",
    "agent": "asiamies",
    "guardian": "huoltaja tai edunvalvoja",
}
REPRESENTED = {
    "minor": "alaikäinen lapsi",
    "ward": "edunvalvonnassa oleva",
    "deceased": "kuollut henkilö",
}
"""For whom somebody else makes a request, where it changes what must be looked at; otherwise for a principal."""

OUTCOMES = {
    "withdrawn": "peruutettu",
    "refused": "evätty",
    "not_held": "vastattu: tietoja ei ole",
    "mistaken": "kirjattu vahingossa",
}
"""How a matter ended before its own room decided on it."""

FEE_ANSWERS = {
    "accepted": "maksu on hyväksytty",
    "declined": "maksua ei ole hyväksytty",
}
MANDATES = {"shown": "esitetty", "missing": "ei esitetty"}
SIGNATURES = {
    "signed": "omakätisesti allekirjoitettu",
    "unsigned": "ei allekirjoitusta",
    "not_applicable": "ei koske tätä esitystapaa",
}
"""Recorded, never a ground to refuse: a hand-signed form may not be made a precondition (GDPR art. 12(2), 12(6))."""

PERSON_STATES = {"open": "etsimättä", "found": "löytynyt", "not_found": "ei rekisterissä", "erased": "tiedot poistettu"}
IDENTITY_METHODS = {
    "not_needed": "henkilöllisyydestä ei ole perusteltua epäilystä",
    "known_address": "vastattu rekisterissä olevaan postiosoitteeseen",
    "known_email": "vastattu rekisterissä olevaan sähköpostiosoitteeseen",
    "call_back": "soitettu takaisin rekisterissä olevaan numeroon",
    "details": "kysytty tietoja, jotka vain asiakas tuntee",
    "known_person": "tunnetaan entuudestaan",
    "passport": "esittänyt passin",
    "id_card": "esittänyt henkilökortin",
    "driving_licence": "esittänyt ajokortin",
    "strong": "vahva sähköinen tunnistautuminen",
}
"""How identity was made sure of. Only the way is kept: no copy, no number of a document (GDPR art. 5(1)(c), 12(6))."""

EXTENSION_GROUNDS = {
    "complexity": "pyyntö on monimutkainen",
    "number": "pyyntöjä on useita",
}
"""The only grounds on which the time may be extended (GDPR art. 12(3))."""

STATES = {
    "registered": "Kirjattu",
    "in_review": "Käsittelyssä",
    "decided": "Päätetty",
    "closed": "Suljettu",
    "withdrawn": "Peruutettu",
}
STATE_TONES = {
    "registered": "info",
    "in_review": "info",
    "decided": "good",
    "closed": "neutral",
    "withdrawn": "neutral",
}
"""How strongly a page shows each state."""

FACTS = {
    "received_on": "saapumispäivä",
    "received_by": "vastaanottaja",
    "channel": "esitystapa",
    "request_dated_on": "päiväys",
    "signature": "allekirjoitus",
    "content": "sisältö",
    "requester_name": "esittäjän nimi",
    "requester_street": "katuosoite",
    "requester_postcode": "postinumero",
    "requester_city": "postitoimipaikka",
    "requester_country": "maa",
    "requester_email": "sähköpostiosoite",
    "requester_role": "esittäjän asema",
    "mandate": "valtuutus",
    "represented": "edustettu",
}
"""What is registered of a request, as the timeline names it when it is mended."""
