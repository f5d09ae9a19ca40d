"""Paperiaineisto: cards and other papers with personal data: where they are locked up, who handles them, how they end."""
