"""The ledger of messages owed to people, and their delivery."""
