"""Lists, labels, letters and files of a selection."""
