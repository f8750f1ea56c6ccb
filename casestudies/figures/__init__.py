"""How the forum is doing, in figures: each role sees those of what it answers for."""
