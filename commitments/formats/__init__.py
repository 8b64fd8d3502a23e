"""Numbers, dates and sorting in four languages; knows no domain."""
