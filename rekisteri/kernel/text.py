"""What may be typed into a text field, whichever form it stands on.

Everything is kept in Unicode's composed form (NFC), so that the same name is the same text. Signs that cannot be seen but
change what is seen (control characters, direction overrides, zero-width signs) are taken out. A Finnish personal identity
code is refused: the register's data content does not include it (Data Protection Act 1050/2018, section 29).
"""

import re
import unicodedata

from stdnum.fi import hetu

from rekisteri.kernel.errors import RuleViolation

IDENTITY_CODE_SENTENCE = "Henkilötunnusta ei saa tallentaa asiakasrekisteriin. Poista se tekstistä."
_IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Za-z](?![0-9A-Za-z])")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_PLAIN = re.compile("[ -~åäöÅÄÖ]*")
_COMMON_EMAIL = re.compile(
    r"[a-z0-9]+(?:[._-][a-z0-9]+)*@(?=.{1,60}$)[a-z0-9]+(?:[.-][a-z0-9]+)*\.(?:fi|com|net|org|se|eu|example)"
)
_SOFT_HYPHEN = "\u00ad"
_JOINER = "\u200d"  # it makes a family of four faces, and in a name it hides
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_PICTURES}]){_JOINER}|{_JOINER}(?![{_PICTURES}])")


def clean(text: str, *, lines: bool = False) -> str:
    """The text as it is stored: composed, trimmed, without invisible signs; line breaks only when `lines`."""
    if is_plain(text):
        return text.strip() if lines else " ".join(text.split())
    kept = visible(text.replace(_SOFT_HYPHEN, ""))
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def is_plain(text: str) -> bool:
    """Whether all of it is what Finns type on one line: nothing to compose, to take out or to read as another sign."""
    return _PLAIN.fullmatch(text) is not None


def visible(text: str) -> str:
    """The text composed and without invisible signs, its white space as it was (line breaks as \\n)."""
    text = _LINE_END.sub("\n", text)
    kept = text.translate({ord(sign): None for sign in set(text) if not _is_kept(sign)})
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", kept))


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign in {_SOFT_HYPHEN, _JOINER}:
        return True
    if unicodedata.category(sign) == "Cn":  # a sign newer than this Python, or one of those that will never be a sign
        return ord(sign) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(sign) <= 0xFDEF
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}


def check_no_identity_code(text: str) -> None:
    """Raise `RuleViolation` when a valid Finnish personal identity code stands anywhere in the text."""
    read = text if is_plain(text) else unicodedata.normalize("NFKC", text).translate(_DASHES)
    for found in _IDENTITY_CODE.finditer(read):
        if hetu.is_valid(found.group().upper(), allow_temporary=True):
            raise RuleViolation(IDENTITY_CODE_SENTENCE)


def email_address(text: str) -> str:
    """The address as it can be delivered to; the domain may have letters of any language. Raises `RuleViolation`."""
    if len(text) < 64 and _COMMON_EMAIL.fullmatch(text):
        return text
    from email_validator import EmailNotValidError, validate_email  # large, and most pages have no address to check

    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as error:
        raise RuleViolation("Kirjoita sähköpostiosoite muodossa nimi@yritys.fi.") from error
