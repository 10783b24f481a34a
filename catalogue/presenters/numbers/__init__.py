"""Each number of a paper with this paper's own inputs."""
