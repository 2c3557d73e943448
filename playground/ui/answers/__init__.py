"""Core objects -> what the page receives: JSON, sentences in both languages, arrays as bytes."""
