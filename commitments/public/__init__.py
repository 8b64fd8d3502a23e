"""The pages of the public site that join subjects."""
