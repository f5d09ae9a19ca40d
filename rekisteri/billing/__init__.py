"""Billing: invoices, their collection, and credit applications: enough to answer for, not an accounting system."""
