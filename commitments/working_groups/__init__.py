"""Pillars, themes and the working groups of every mechanism."""
