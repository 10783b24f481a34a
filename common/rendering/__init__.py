"""What pages draw: numbers in, geometry out."""
