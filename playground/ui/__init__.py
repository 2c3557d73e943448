"""The page: everything that knows Gradio. `app.py` builds it; what needs no Gradio can be imported without it."""
