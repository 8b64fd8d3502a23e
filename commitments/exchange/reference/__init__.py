"""The record of public facts: read from files, checked as a whole, then brought into the database record by record."""
