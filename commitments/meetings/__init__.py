"""Meetings of the mechanisms and their groups."""
