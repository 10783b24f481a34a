"""What pages of authors say, made of what the selectors read: wording, links, pictures."""
