"""Pages of the reporting room."""
