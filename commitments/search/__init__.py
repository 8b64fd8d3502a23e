"""Finding what is on record by its words: one index of everything public, the same on both databases."""
