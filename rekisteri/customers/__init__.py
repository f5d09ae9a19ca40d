"""Asiakkaat: people and organisations, what is known of them, whence and since when."""
