"""What readers say is wrong on a page, kept for the secretariat and forgotten after a time."""
