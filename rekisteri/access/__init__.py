"""Tarkastus: telling a person everything the register holds of them."""
