"""The door that makes the index: read, split, cut, embed, publish."""
