"""The commands. Each module has ``add_options``, which declares what a command takes, and ``run``, which does it."""
