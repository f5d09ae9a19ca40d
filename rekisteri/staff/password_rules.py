"""What makes a password acceptable: length and being hard to guess, not a mixture of signs.

Followed is OWASP ASVS 5.0, 6.2: a long minimum, no composition rules, no forced renewal, and a check against passwords that
are guessed first. That check is a set of patterns rather than a list of leaked passwords: at fifteen signs, what people
choose badly is a walk on the keyboard, a repetition, or a few common words filled up with figures.
"""

import itertools
import re
import secrets
import unicodedata
from collections.abc import Iterable

from rekisteri.kernel.errors import RuleViolation

SHORTEST = 15
LONGEST = 128
SYSTEM_WORDS = ("asiakasrekisteri", "rekisteri")
SHORTEST_CONTEXT_WORD = 4

TOO_SHORT = f"Salasanassa on oltava vähintään {SHORTEST} merkkiä. Hyvä salasana on esimerkiksi monta sanaa peräkkäin."
TOO_LONG = f"Salasanassa saa olla enintään {LONGEST} merkkiä."
NAMES_SOMEBODY = "Salasanassa ei saa olla käyttäjän, yrityksen tai rekisterin nimeä, koska se arvataan ensin."
GUESSABLE = "Salasana on liian helppo arvata. Keksi useita sanoja, jotka eivät kuulu yhteen."
NOT_THE_SAME = "Salasanat eivät ole samat. Kirjoita sama salasana kumpaankin kenttään."

KEYBOARD = ("1234567890+", "qwertyuiopå", "asdfghjklöä", "zxcvbnm,.-")
_WORDS = """
    salasana salasanani tunnussana tunnus password passwort passord passphrase passcode secret salainen
    salaisuus admin administrator root user käyttäjä pääkäyttäjä kayttaja paakayttaja guest vieras login
    kirjaudu welcome tervetuloa letmein changeme vaihda vaihdatämä default oletus test testi testing temp master
    superman batman iloveyou rakkaus rakas minärakastansinua thisis isthe hello hei moi terve perkele saatana
    helvetti vittu paska kissa koira hevonen monkey dragon tiger tiikeri eagle kotka princess prinsessa sunshine
    aurinko football jalkapallo hockey jääkiekko baseball soccer starwars pokemon minecraft facebook google
    apple samsung nokia microsoft windows computer tietokone internet suomi finland helsinki tampere turku oulu
    espoo vantaa sverige kesä talvi kevät syksy summer winter spring autumn tammikuu helmikuu maaliskuu huhtikuu
    toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu january february march april june july
    august september october november december maanantai tiistai keskiviikko torstai perjantai lauantai
    sunnuntai monday friday joulu christmas juhannus yritys company firma toimisto office asiakas customer työ
    työpaikka koti home äiti isä mother father mama papa vauva baby enkeli angel qwerty qwertyuiop asdf asdfgh
    zxcvbn abc abcd abcdef correct horse battery staple trustno shadow michael jessica matti maija minun my your
    the one two three yksi kaksi kolme please ole hyvä kiitos thankyou money raha forever ikuisesti freedom
    vapaus whatever killer hunter liverpool arsenal chelsea
"""
COMMON_WORDS = tuple(sorted(_WORDS.split(), key=lambda word: (-len(word), word)))
_LOOKS_LIKE = str.maketrans({"4": "a", "@": "a", "3": "e", "0": "o", "1": "i", "5": "s", "$": "s", "7": "t", "!": "i"})
_PLACES = {key: (row, column) for row, keys in enumerate(KEYBOARD) for column, key in enumerate(keys)}
_ONE_TIME_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on paper


def normal(password: str) -> str:
    """The password as it is hashed: in Unicode's composed form, for keyboards differ; never trimmed."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, context: Iterable[str] = ()) -> str:
    """The password in the form to be hashed; a violation on the field `password` when it is not accepted.

    :param context: names an attacker would try first: the user's, the company's.
    """
    password = normal(password)
    if len(password) < SHORTEST:
        raise RuleViolation(TOO_SHORT, field="password")
    if len(password) > LONGEST:
        raise RuleViolation(TOO_LONG, field="password")
    if _names_somebody(password, [*context, *SYSTEM_WORDS]):
        raise RuleViolation(NAMES_SOMEBODY, field="password")
    if is_guessable(password):
        raise RuleViolation(GUESSABLE, field="password")
    return password


def check_repeated(password: str, again: str) -> None:
    """A new password is typed twice, so that a slip does not lock its owner out."""
    if normal(password) != normal(again):
        raise RuleViolation(NOT_THE_SAME, field="again")


def _names_somebody(password: str, names: Iterable[str]) -> bool:
    folded = password.casefold()
    words = {word for name in names for word in re.split(r"[\W_]+", name.casefold())}
    return any(len(word) >= SHORTEST_CONTEXT_WORD and word in folded for word in words)


def is_guessable(password: str) -> bool:
    """Whether the password is among those that are tried first, whatever capitals and figures adorn it."""
    folded = password.casefold()
    return (
        len(set(folded)) < 6
        or re.fullmatch(r"(.{1,12}?)\1+.{0,3}", folded, re.DOTALL) is not None
        or _walked_share(folded) >= 0.7
        or _only_common_words(folded)
    )


def _walked_share(text: str) -> float:
    """How much of the text goes on to the same, the next or a neighbouring key."""
    steps = list(itertools.pairwise(text))
    return sum(_is_step(first, second) for first, second in steps) / len(steps) if steps else 1.0


def _is_step(first: str, second: str) -> bool:
    if abs(ord(first) - ord(second)) <= 1:
        return True
    if first not in _PLACES or second not in _PLACES:
        return False
    (row, column), (other_row, other_column) = _PLACES[first], _PLACES[second]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _only_common_words(text: str) -> bool:
    """Whether hardly a letter is left when up to four common words are taken away; figures and signs do not count."""
    text = re.sub(r"(?<=[^\W\d_])[430157$@!](?=[^\W\d_])", lambda sign: sign.group().translate(_LOOKS_LIKE), text)
    letters = "".join(sign for sign in text if sign.isalpha())
    taken = 0
    for word in COMMON_WORDS:
        if word in letters:
            letters = letters.replace(word, "")
            taken += 1
    return 0 < taken <= 4 and len(letters) <= 3


def one_time_password() -> str:
    """A password for the first sign-in, to be read from paper: four groups of five signs, about 98 bits."""
    groups = ("".join(secrets.choice(_ONE_TIME_SIGNS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)
