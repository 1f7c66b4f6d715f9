"""Neural translation on this machine, with the models of Firefox."""
