"""How far each translation is behind its English, without planning anything."""
