"""Reading the QR codes of scanned forms, so that a paper finds its way back to its case by itself."""

import zxingcpp

from rekisteri.documents import pictures, upload_rules
from rekisteri.kernel.errors import RuleViolation

LONGEST_SIDE = 3000
MOST_CODES = 8


def read_qr(image: bytes) -> list[str]:
    """The texts of the QR codes in a JPEG or PNG scan, as they stand on it; none for a PDF or for what cannot be read."""
    if not image.startswith((upload_rules.MAGIC["jpeg"], upload_rules.MAGIC["png"])):
        return []
    try:
        picture = pictures.grey(image, longest=LONGEST_SIDE)
    except RuleViolation:
        return []
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [code.text for code in found[:MOST_CODES] if code.text]
