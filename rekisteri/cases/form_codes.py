"""The code printed on a prefilled request form: short, easy to type by hand, and telling nothing of anybody."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_MISREAD = str.maketrans("OILU", "011V")


def new_code() -> str:
    """A fresh random code: 60 bits, so that none is met by guessing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code as it is printed: K7QF-2M9X-4TBR."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(typed: str) -> str | None:
    """The code that was typed or scanned, alone or at the end of the form's address; None when there is none in it."""
    last = typed.strip().rstrip("/").rpartition("/")[2]
    kept = "".join(sign for sign in last.upper() if not sign.isspace() and sign not in "-–").translate(_MISREAD)
    return kept if len(kept) == LENGTH and set(kept) <= set(ALPHABET) else None
