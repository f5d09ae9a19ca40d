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
_IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z](?![0-9A-Za-z])")
_KEPT_FORMAT_SIGNS = {"\u00ad", "\u200d"}  # soft hyphen; the joiner inside emoji


def clean(text: str, *, lines: bool = False) -> str:
    """The text as it is stored: composed, trimmed, without invisible signs; line breaks only when `lines`."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(sign for sign in text if _is_kept(sign))
    if lines:
        return "\n".join(line.rstrip() for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign in _KEPT_FORMAT_SIGNS:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def check_no_identity_code(text: str) -> None:
    """Raise `RuleViolation` when a valid Finnish personal identity code stands anywhere in the text."""
    for found in _IDENTITY_CODE.finditer(text):
        if hetu.is_valid(found.group().upper(), allow_temporary=True):
            raise RuleViolation(IDENTITY_CODE_SENTENCE)
