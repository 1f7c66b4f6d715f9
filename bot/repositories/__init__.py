"""Git: the repositories of the book and its translations."""
