"""Works in OpenAlex's shape."""
