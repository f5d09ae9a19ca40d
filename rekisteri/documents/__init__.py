"""Asiakirjat: what the register has issued on paper, kept as it was issued and followed until posted, and the scans of papers that came in."""
