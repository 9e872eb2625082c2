"""What every room's API shares: problems, pages, sign-in, texts in the asker's language."""
