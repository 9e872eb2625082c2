"""What every room's API shares: problems, pages, sign-in of requests, texts in the asker's language."""
