"""The story of a sync and of /retranslate, over real repositories, forges and engines."""
