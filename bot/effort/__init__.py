"""What drafts saved the people who merged them."""
