"""Statistical translation by phrases and by rules with gaps (Chiang, 2007), learned from the pairs of one book."""
