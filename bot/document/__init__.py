"""A Markdown text as values: its blocks, sentences and atoms, and how two texts differ."""
