"""Säilytys: what has been kept for long enough. The clock proposes, a person confirms, a hold stops it (GDPR art. 5(1)(e))."""
