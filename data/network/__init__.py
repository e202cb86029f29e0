"""What is contacted over the network: with whose leave, how, and what is kept of it."""
