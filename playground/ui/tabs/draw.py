"""Draw: the large pad, a photo, what the network really sees, and its answer."""

import gradio as gr

from ..page import address, place


def panel() -> None:
    """Places the pad and the photo; for other data what they are tried with takes their place."""
    place("digit_pad", elem_id="pad-draw", place="draw")
    place("boundary", elem_id="boundary-draw", place="draw")
    place("try_row", elem_id="try_row-draw", place="draw")
    place("sequence_try", elem_id="sequence_try-draw", place="draw")
    _photo()


def _photo() -> None:
    """gr.Image; the page itself takes its picture to where pictures are read."""
    with gr.Column(elem_classes="photo-card card"):
        place("photo")
        image = gr.Image(
            sources=["upload", "webcam", "clipboard"],
            type="filepath",
            image_mode=None,
            format="png",
            show_label=False,
            container=False,
            buttons=["fullscreen"],
            height=260,
            elem_id="photo-image",
        )
    module = f"new URL('{address('cards/photo.js')}', document.baseURI)"
    gr.on(
        [image.change],
        fn=None,
        inputs=[image],
        js=f"(value) => {{ import({module}).then((module) => module.readPhoto(value)); }}",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
