"""What pages of claims say."""
