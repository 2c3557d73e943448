"""What may be asked of a network between two steps, one family of questions a file."""
