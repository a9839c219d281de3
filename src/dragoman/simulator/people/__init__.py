"""The customers who write by themselves: who they are, what they ask, how they live."""
