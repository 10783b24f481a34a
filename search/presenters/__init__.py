"""What pages say of searching."""
