"""Which parts of a text correspond to which parts of its translation, or of its next version."""
