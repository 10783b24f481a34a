"""Vectors of papers, what came before them, and how far they are from it."""
