"""Tietosuojaseloste: what people are told about the register, as a draft one edits and as versions nobody can change."""
