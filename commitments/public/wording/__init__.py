"""Sentences of the public pages: counts, the answer of the overview, the squares of the map."""
