"""What comes in and goes out in files: the record of public facts, and the invented one of a demonstration."""
