"""What stands before every handler, ours and Gradio's: who may call, with what, how fast, how much at a time."""
