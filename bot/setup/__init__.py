"""Setting up: finds out how the repositories of a book are laid out, and writes the settings and workflows for them"""
