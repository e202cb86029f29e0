"""The deck to print: what each slide shows, and what the speaker says with it, as a tagged PDF."""
