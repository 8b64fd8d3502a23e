"""What changed, who did it, when, why and through which door."""
