"""An invented life around the real record: people, one open cycle, and marked examples. Never in production."""
