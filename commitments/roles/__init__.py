"""What each role is, the atoms of every permission, and the gate."""
