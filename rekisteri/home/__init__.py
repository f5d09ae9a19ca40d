"""Home: the work queue, the manual and the living style guide."""
