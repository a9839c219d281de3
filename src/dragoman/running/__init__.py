"""Running Dragoman on a machine: its processes, started, tended and stopped together."""
