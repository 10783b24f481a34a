"""Institutions, topics and sources in OpenAlex's shape."""
