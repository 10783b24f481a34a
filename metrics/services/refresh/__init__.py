"""Computing numbers anew: what a change touched, or everything, with the same result."""
