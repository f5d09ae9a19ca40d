"""What a partner's program may do by the interface, and when its key opens nothing (GDPR art. 5(1)(c), 25, 28, 32).

A connection (liittymä) says what a partner may get and bring; a key (avain) opens it. Only the key's hash is kept.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from rekisteri.disclosures.rules import DATA
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

SCOPES = {
    "customers.read": "Lukea yhden asiakkaan tiedot",
    "customers.find": "Etsiä asiakkaan numeron sähköpostiosoitteella",
    "orders.create": "Kirjata tilauksia",
    "changes.read": "Hakea ja kuitata muutokset",
    "handovers.read": "Hakea laskutukseen, perintään tai luottopäätökseen annetut asiat",
}
"""What a connection may be allowed to do."""
NEEDS_FIELDS = frozenset({"customers.read", "handovers.read"})
GROUNDS_OF_HANDOVERS = ("billing", "collection", "credit")
"""By each of these a partner reads what was handed over to it on that ground, and nothing else."""
USES = {
    "profiling": "Profilointi ja kohdennettu sisältö",
    "customer_relation": "Asiakassuhteen hoitaminen",
    "direct_marketing": "Muu suoramarkkinointi",
    "direct_mail": "Suoramainonta",
    "distance_selling": "Etämyynti",
}
"""What a connection may read the data for; each is asked of prohibitions and restrictions like any other use."""
FIELDS = DATA
GROUNDS_FOR_READING = ("technical", "added_value", "credit", "collection", "billing", "law", "other")

DETAILS = {
    "name": "nimi",
    "scopes": "oikeudet",
    "fields": "tiedot",
    "use": "käyttö",
    "ground": "peruste",
    "purpose": "käyttötarkoitus",
    "networks": "verkot",
    "rate": "pyyntöjä minuutissa",
}
"""What may be changed of a connection."""
FACTS = {"changes": "muutokset"}
"""What the ledger and the log call what went when a partner was told that something has changed."""

PREFIX = "ark_"
"""How every key begins, so that one found where it should not be is known at sight."""
LONGEST_LIFE = timedelta(days=366)
OVERLAPS = {0: "Heti", 1: "1 tunti", 24: "1 vuorokausi", 168: "7 vuorokautta"}
"""For how many hours the old key still opens after a new one was made."""
RATES = range(1, 6001)
WINDOW = timedelta(minutes=1)
MOST_NETWORKS = 20
WIDEST = {4: 8, 6: 29}
"""How short a network's prefix may be: half of the internet is no limit."""
FORGOTTEN_AFTER = timedelta(days=400)
"""How long the log of calls is kept; the ledger of disclosures stays as long as its own period says."""

Network = IPv4Network | IPv6Network


def hash_of(key: str) -> str:
    """What is kept of a key. It is 256 random bits, so a plain hash cannot be turned back by guessing."""
    return hashlib.sha256(key.encode()).hexdigest()


def looks_like_key(text: str) -> bool:
    """Whether a text is or holds a key."""
    return PREFIX in text


def read_networks(text: str) -> list[str]:
    """The networks from which a key opens, one on a line or with commas between; a bare address is a network of one.

    :raises RuleViolation: none is given, or one is no network, or so wide that it limits nothing.
    """
    words = text.replace(",", " ").split()
    if not words:
        raise RuleViolation("Kirjoita, mistä verkosta kumppanin palvelin ottaa yhteyttä.", field="networks")
    if len(words) > MOST_NETWORKS:
        raise RuleViolation(f"Verkkoja voi olla enintään {MOST_NETWORKS}.", field="networks")
    return list(dict.fromkeys(str(_network(word)) for word in words))


def _network(word: str) -> Network:
    try:
        network = ip_network(word)
    except ValueError as error:
        raise RuleViolation(
            f"”{word[:40]}” ei ole verkko. Kirjoita verkko muodossa 192.0.2.0/24 tai osoite muodossa 192.0.2.7.",
            field="networks",
        ) from error
    if network.prefixlen < WIDEST[network.version]:
        raise RuleViolation(f"Verkko {network} on liian laaja rajaamaan mitään.", field="networks")
    return network


def is_inside(address: str | None, networks: Iterable[str]) -> bool:
    """Whether a call comes from one of the networks."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address or "")
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in ip_network(network) for network in networks)


def check_connection(
    *, name: str, scopes: Collection[str], fields: Collection[str], use: str, ground: str, rate: int
) -> None:
    """A connection has a name, does something, reads named fields for a named use, and not without a limit."""
    if not name.strip():
        raise RuleViolation("Anna liittymälle nimi.", field="name")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise RuleViolation("Valitse, mitä liittymällä saa tehdä.", field="scopes")
    if set(scopes) & NEEDS_FIELDS and not fields:
        raise RuleViolation("Valitse, mitä tietoja liittymällä saa lukea.", field="fields")
    if not set(fields) <= set(FIELDS):
        raise RuleViolation("Valitse tiedot luettelosta.", field="fields")
    if use not in USES:
        raise RuleViolation("Valitse, mihin tietoja käytetään.", field="use")
    if "handovers.read" in scopes and ground not in GROUNDS_OF_HANDOVERS:
        raise RuleViolation(
            "Annettujen asioiden hakemisen peruste on laskutus, perintä tai luottopäätös. Avaa muuta varten toinen liittymä.",
            field="ground",
        )
    if rate not in RATES:
        raise RuleViolation(f"Pyyntöjä voi olla {RATES[0]}–{RATES[-1]} minuutissa.", field="rate")


def check_expiry(expires_on: date, *, today: date) -> None:
    """A key lives for a year at most, so that one forgotten somewhere stops by itself."""
    if expires_on <= today:
        raise RuleViolation("Avaimen on oltava voimassa ainakin huomiseen.", field="expires_on")
    if expires_on > today + LONGEST_LIFE:
        latest = fi_date(today + LONGEST_LIFE)
        raise RuleViolation(f"Avain voi olla voimassa enintään vuoden, siis {latest} asti.", field="expires_on")


@dataclass(frozen=True)
class Held:
    """What is on record of a key: the last day it opens, and when it was ended or will be."""

    expires_on: date
    ends_at: datetime | None = None
    revoked_at: datetime | None = None


def why_closed(key: Held, *, now: datetime, today: date) -> str | None:
    """Why a key opens nothing any more, as a code; None while it opens."""
    if key.revoked_at is not None:
        return "revoked"
    if key.ends_at is not None and key.ends_at <= now:
        return "replaced"
    return "expired" if key.expires_on < today else None


def count_call(*, since: datetime, count: int, now: datetime) -> tuple[datetime, int]:
    """The minute a call is counted to and which call of it this is."""
    return (since, count + 1) if since <= now < since + WINDOW else (now, 1)


def seconds_left(since: datetime, now: datetime) -> int:
    """After how many seconds a client that has asked too often may ask again."""
    return max(1, int((since + WINDOW - now).total_seconds() + 0.999))
