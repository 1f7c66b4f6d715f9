"""The English that each translated document corresponds to, as the translation repository records it."""
