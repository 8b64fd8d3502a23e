"""People who sign in. Knows nothing of countries or roles."""
