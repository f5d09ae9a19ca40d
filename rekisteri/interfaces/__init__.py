"""Rajapinta: what the company's web services and partners get and bring by machine, under /rajapinta/v1."""
