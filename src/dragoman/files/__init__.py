"""Files of customers and members: fetched, kept, looked at, and shown."""
