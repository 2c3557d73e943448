"""A network that is to become an ONNX file, on its way to the process that writes it."""

import io

import torch

from ...export.onnx import Draft


def carried_draft(draft: Draft) -> bytes:
    """The draft with its modules as they are: what depends on a person's own file is in it, the file is not."""
    buffer = io.BytesIO()
    torch.save(draft, buffer)
    return buffer.getvalue()


def draft_again(data: bytes) -> Draft:
    """In: what `carried_draft` gave. A pickle runs what it is told to: this one comes from the server itself."""
    draft = torch.load(io.BytesIO(data), weights_only=False)
    assert isinstance(draft, Draft)
    return draft
