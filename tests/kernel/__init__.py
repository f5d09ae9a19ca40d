"""Tests of the ground that every room stands on, proven with a small room of the tests' own (`notepad`)."""
