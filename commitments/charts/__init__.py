"""Numbers to SVG; knows no domain."""
