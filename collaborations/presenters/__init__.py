"""What pages of invitations and conversations say."""
