"""Ratios against floors, each pair measured in alternating rounds of one run. Absolute times are of this machine and day."""
