"""The experiment taken away: script, notebook, ONNX."""
