"""Evaluation: how good drafts are, measured on documents that were held out from everything that makes them."""
