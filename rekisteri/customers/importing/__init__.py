"""Tuonti: customers from a file, each row judged and shown before anything changes, entered all at once or not at all."""
