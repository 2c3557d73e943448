"""Look inside: what flows in the network now, and what its numbers say."""

import gradio as gr

from ..components.advice import Advice
from ..components.attention import Attention
from ..components.feature_maps import FeatureMaps
from ..components.flow import Flow
from ..components.histograms import Histograms
from ..components.kernels import Kernels
from ..components.live_chart import LiveChart
from ..components.sample_picker import SamplePicker
from ..components.unit_maps import UnitMaps


def panel() -> None:
    """Places the sample, the diagram, the maps of the chosen layer, then weights, gradients and sentences."""
    SamplePicker()
    Flow()
    Attention()
    UnitMaps()
    FeatureMaps()
    with gr.Row(elem_classes="pair"):
        with gr.Column():
            Advice()
            LiveChart("grad_norm", elem_id="inside-grad_norm")
            LiveChart("update_ratio", elem_id="inside-update_ratio")
        with gr.Column():
            Histograms()
            Kernels()
