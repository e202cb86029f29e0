"""How the command line speaks: its commands, what it says, and how it ends."""
