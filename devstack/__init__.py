"""What runs a portal on one machine: servers of its own, processes that are started again, and the commands up and down.

A real site names its servers in the environment and needs none of this but the supervisor of its web processes.
"""
