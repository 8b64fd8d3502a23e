"""What is built from the sources before the site can run: font, style sheet, message catalogues, static files."""
