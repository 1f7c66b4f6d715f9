"""Pull requests and comments on GitHub."""
