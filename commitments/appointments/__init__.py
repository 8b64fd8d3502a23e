"""Who speaks for which country or leads which group, from when to when."""
