"""Stand-ins for services, which answer over real HTTP and git."""
