"""No request is worth more than its share: places for each kind of work, shared out by client."""
