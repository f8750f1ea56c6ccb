"""Trials: random editors, real workers and a real node, with everything between them failing."""
