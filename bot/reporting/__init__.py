"""All prose that people read: pull requests, answers to comments, the terminal."""
