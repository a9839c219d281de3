"""Mail that leaves the house."""
