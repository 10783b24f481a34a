"""The read API of authors."""
