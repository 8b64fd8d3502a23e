"""What a record rests on: documents with publisher, date and language."""
