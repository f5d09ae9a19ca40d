"""The notice's small rich text: paragraphs, lists, emphasis and links.

A clerk types it with a few signs (`markup`), the page and the print show it as HTML (`html`); both are ways to write the
same `document`. HTML from outside is read into a document as well, so nothing but these few elements can come through.
"""

from rekisteri.notice.richtext.document import Document, is_blank, plain, same_words
from rekisteri.notice.richtext.html import from_html, to_html
from rekisteri.notice.richtext.markup import from_markup, to_markup

__all__ = ["Document", "from_html", "from_markup", "is_blank", "plain", "same_words", "to_html", "to_markup"]
