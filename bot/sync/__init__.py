"""The steps of a sync and of /retranslate, with real repositories, forges and engines."""
