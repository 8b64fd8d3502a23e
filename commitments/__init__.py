"""The domain: one application cut into subject packages (see docs/house.md)."""
