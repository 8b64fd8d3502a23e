"""Readings across subjects for the public pages: published records only."""
