"""The addresses of the kinds of data that are kept for a time: Finnish words, as people see them."""

SLUGS = {
    "asiakkaat": "customers",
    "yhteystiedot": "leads",
    "yhteydenotot": "notes",
    "messukortit": "fair_cards",
    "vanhat-tiedot": "past_data",
    "laskut": "invoices",
    "luottohakemukset": "credit",
    "pyynnot": "cases",
    "tuonnit": "imports",
    "lomakkeet": "submissions",
    "kasittelyloki": "log",
    "varmuuskopiot": "backups",
}
ADDRESSES = {kind: slug for slug, kind in SLUGS.items()}
