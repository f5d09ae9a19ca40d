"""Tests of the processing log."""
