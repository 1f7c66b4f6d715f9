"""DeepL."""
