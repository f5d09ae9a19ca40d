"""Laskutus: what customers owe, what is collected and how, who was given credit and why. Not an accounting system."""
