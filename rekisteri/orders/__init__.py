"""Orders: what a customer has asked for, ordered and received, from the quote to the archive."""
