"""The English version that a translated document corresponds to, told from texts and from what people have noted."""
