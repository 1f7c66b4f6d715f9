"""The English version that a translated document corresponds to, found from texts and from what people have noted."""
