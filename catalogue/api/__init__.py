"""The read API of works, institutions, topics and sources."""
