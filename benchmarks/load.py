"""x"""
MINUTES: float = 10
