"""Sentences that a page break or a lost tag had cut in two, put together again. No word changes."""

from rekisteri.notice.richtext import Document
from rekisteri.notice.richtext.document import Block, Paragraph, Run, document

_ENDINGS = tuple(".!?:;”…)")


def mended(text: Document) -> tuple[Document, bool]:
    """The text with cut sentences joined, and whether there were any.

    A sentence was cut where a paragraph ends without a full stop and the next one goes on with a small letter.
    """
    kept: list[Block] = []
    found = False
    for block in text:
        last = kept[-1] if kept else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and _goes_on(last, block):
            kept[-1] = Paragraph((*last.runs, Run(" "), *block.runs))
            found = True
        else:
            kept.append(block)
    return document(kept), found


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    end = before.runs[-1].text.rstrip()
    start = after.runs[0].text.lstrip()
    return bool(end) and not end.endswith(_ENDINGS) and start[:1].islower()
