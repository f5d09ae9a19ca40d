"""Statistics: figures for developing the business, from which nobody can be recognised."""
