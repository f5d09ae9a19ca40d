"""Soft hyphens for Finnish, which no hyphenation dictionary of WeasyPrint's knows.

A Finnish syllable begins at a consonant that a vowel follows (asi-a-kas-re-kis-te-ri). Only words that would not fit a
narrow cell get the marks, for a soft hyphen that was used stays in copied text.
"""

import re

LONGEST_WHOLE_WORD = 14
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(rf"(?<![\w@./:-])[^\W\d_]{{{LONGEST_WHOLE_WORD + 1},}}(?![\w@/]|[.:]\w)")  # not inside an address
_JOINT = re.compile(r"(?<=[^\W\d_]{3})(?=[bcdfghjklmnpqrstvwxzšž][aeiouyåäöü][^\W\d_])", re.IGNORECASE)


def hyphenate(text: str) -> str:
    """The text with a soft hyphen at each joint of its long words, where a line may be broken."""
    return _WORD.sub(lambda word: _JOINT.sub(_SOFT_HYPHEN, word.group()), text)
