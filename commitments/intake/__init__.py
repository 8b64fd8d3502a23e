"""What may enter: numbers as people type them, text, filters."""
