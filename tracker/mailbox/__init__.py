"""A mailbox for development: takes every message, keeps it as a file, shows it on this machine alone."""
