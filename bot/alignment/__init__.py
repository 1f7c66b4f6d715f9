"""Which parts of a text correspond to which of its translation, or of its next version."""
