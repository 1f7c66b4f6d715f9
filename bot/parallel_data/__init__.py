"""Sentence pairs that people have merged: made, filtered, looked up as a translation memory, read and written."""
