"""The evening line: how a day went, and who waits at its end."""
