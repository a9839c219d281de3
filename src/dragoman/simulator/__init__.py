"""Stand-ins for the platforms: stateful, over real HTTP, with signatures by code of their own."""
