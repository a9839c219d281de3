"""Who is told of a turn that has come to its end: one notification a turn, on the devices that a member chose."""
