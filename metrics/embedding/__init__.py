"""Turning a title and an abstract into a vector. Pure: no Django, no network."""
