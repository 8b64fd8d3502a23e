"""Reporting cycles, progress reports, review and publication."""
