"""What the explanations of an author's numbers are fed with."""
