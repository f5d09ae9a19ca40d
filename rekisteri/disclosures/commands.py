"""Commands over what leaves the register."""

import click

from rekisteri.disclosures.exporting import export_commands

__all__ = ["export_commands"]

commands: list[click.Command] = []
