"""What changed in public, day by day: as a page and as a feed."""
