"""Phrase-based statistical translation, learned from the pairs of one book."""
