"""What our own addresses do: short handlers over the engine. Everything that arrives is checked."""
