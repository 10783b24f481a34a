"""Each headline number of an author with this author's own inputs."""
