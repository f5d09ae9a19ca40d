"""Oikaisu: what is demanded to be corrected and why, the decision on each demand, and the papers that follow from it."""
