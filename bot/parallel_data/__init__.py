"""Sentence pairs from merged human translations: extraction, filters, translation memory, and file formats."""
