"""Dragoman: a self-hosted team inbox for customers' direct messages."""
