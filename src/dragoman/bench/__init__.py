"""What we claim, measured beside the machine's own limit: ``dragoman bench door | pipeline | live``."""
