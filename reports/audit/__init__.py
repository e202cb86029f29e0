"""What is wrong with a finished PDF or deck, ours or anybody's: findings in plain words, each with its place."""
