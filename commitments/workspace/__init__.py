"""The pages of signed-in people that join subjects."""
