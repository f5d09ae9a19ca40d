"""Valinnat: who is reached for a certain use, chosen by criteria that are kept, and who is left out and why."""
