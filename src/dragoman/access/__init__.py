"""Who may come in: workspaces, accounts, members, sessions, and the sealing of secrets."""
