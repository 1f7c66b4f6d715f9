"""The terms that a language's translators have agreed on."""
