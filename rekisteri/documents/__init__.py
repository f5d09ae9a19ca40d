"""Asiakirjat ja liitteet: what the company has issued, byte for byte, and the papers it has received, scanned."""
