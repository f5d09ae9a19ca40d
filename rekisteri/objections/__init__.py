"""Vastustaminen: objections, withdrawn consents and complaints."""
