"""Suostumukset: who has consented to electronic direct marketing, when and to what wording, and the end of it."""
