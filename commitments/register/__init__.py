"""The commitments themselves, their parties and sources."""
