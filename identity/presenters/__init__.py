"""What pages say of who is who."""
