"""The forgotten: recognising somebody whom the register has erased without knowing who it was, and erasing again what a restore brought back."""
