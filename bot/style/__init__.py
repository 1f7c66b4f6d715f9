"""How a language's translators write: spacing, quotes, punctuation, line wrapping."""
