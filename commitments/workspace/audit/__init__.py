"""The log of changes as the secretariat and the administrator read it."""
