"""How the server ends: killed or told to, in whatever it is busy with."""
