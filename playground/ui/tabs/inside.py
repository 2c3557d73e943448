"""Look inside: what flows in the network now, and what its numbers say."""

import gradio as gr

from ..page import place

TEXT = {"tab.inside": ("Look inside", "内部观察")}


def panel() -> None:
    """Places the sample, the diagram, the maps of the chosen layer, then weights, gradients and sentences."""
    place("sample_picker")
    place("flow")
    place("attention")
    place("unit_maps")
    place("feature_maps")
    with gr.Row(elem_classes="pair"):
        with gr.Column():
            place("advice")
            place("live_chart", elem_id="inside-grad_norm", chart="grad_norm")
            place("live_chart", elem_id="inside-update_ratio", chart="update_ratio")
        with gr.Column():
            place("histograms")
            place("kernels")
