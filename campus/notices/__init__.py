"""News for one person: told as data, put into words when it is read, silent at night."""
