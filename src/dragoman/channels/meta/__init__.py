"""What Meta's networks have in common: the Graph API, the signature, the envelope, and most of what is in it.

This is no channel. Each of Meta's channels imports from here what it shares with the others, and adds its own words.
"""
