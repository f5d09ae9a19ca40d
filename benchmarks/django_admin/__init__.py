"""Django's own administration over the same customers and orders: what many would take into use first."""
