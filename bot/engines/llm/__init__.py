"""Drafts by language models, whichever service runs them: one prompt, one way to check and repeat an answer."""
