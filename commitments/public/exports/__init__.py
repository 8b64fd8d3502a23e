"""The public lists as files for spreadsheets: exactly the rows that a filtered list shows."""
