"""The words of the Declaration and its field: what each means in plain words, and how far a definition is agreed."""
