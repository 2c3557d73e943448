"""A photo as the sample: uploaded, from the webcam, or pasted."""

import gradio as gr

from . import Component


class Photo(Component):
    """What became of the photo, in words."""

    name = "photo"


def photo_card() -> None:
    """Places the card: gr.Image, whose picture the page itself takes to where pictures are read."""
    with gr.Column(elem_classes="photo-card card"):
        Photo()
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
    gr.on(
        [image.change],
        fn=None,
        inputs=[image],
        js="(value) => { window.pg?.readPhoto?.(value); }",
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )
