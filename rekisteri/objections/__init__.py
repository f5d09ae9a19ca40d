"""Vastustamiset: objections, withdrawals of consent and complaints – three ways of saying no to how data are used (GDPR art. 7(3), 21)."""
