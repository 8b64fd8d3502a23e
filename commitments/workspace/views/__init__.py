"""Pages of the workspace that join subjects."""
