"""The public pages beside the bare project: `python -m benchmarks.public`."""
