"""Pyynnöt: the request as it came in, on paper or otherwise: diary number, deadline, identity, letters, closing."""
