"""What may be chosen: layers, losses, data sets, optimisers, schedules. One entry is one class in one file."""
