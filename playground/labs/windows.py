"""What a window of weights does to a picture, in torch. The lab about convolution shows these functions as its code."""

import torch
import torch.nn.functional as F


def with_channels(picture):
    """(H, W) -> (1, H, W); a picture that has channels stays as it is."""
    return picture if picture.dim() == 3 else picture[None]


def convolved(image, kernel, stride, padding, dilation):
    """At every place: the window times the kernel, summed, channels too.

    In: image (C, H, W) or (H, W), kernel (C, h, w) or one (h, w) for all channels. Out: (H', W').
    """
    image = with_channels(image)
    kernel = with_channels(kernel).expand(len(image), -1, -1)
    maps = F.conv2d(image[None], kernel[None], stride=stride, padding=padding, dilation=dilation)
    return maps[0, 0]


def transposed(image, kernel, stride, padding, dilation):
    """Every pixel prints the kernel, as strongly as it is bright; where prints overlap, they add up.

    In: image (C, H, W) or (H, W), kernel (C, h, w) or (h, w). Out: (H', W').
    """
    image = with_channels(image)
    kernel = with_channels(kernel).expand(len(image), -1, -1)
    maps = F.conv_transpose2d(
        image[None], kernel[:, None], stride=stride, padding=padding, dilation=dilation
    )
    return maps[0, 0]


def largest(image, kernel, stride, padding, dilation):
    """Max pooling: the largest pixel of every window; of the kernel, its size alone counts.

    In: image (C, H, W) or (H, W). Out: (H', W'), with channels where the image has several.
    """
    maps = F.max_pool2d(
        with_channels(image), kernel.shape[-2:], stride, padding=padding, dilation=dilation
    )
    return maps[0] if len(maps) == 1 else maps


def average(image, kernel, stride, padding, dilation=1):
    """Average pooling: the mean of every window, in which padding counts as zeros; there is no dilation.

    In: image (C, H, W) or (H, W). Out: (H', W'), with channels where the image has several.
    """
    maps = F.avg_pool2d(with_channels(image), kernel.shape[-2:], stride, padding=padding)
    return maps[0] if len(maps) == 1 else maps


def window_of(image, kernel, place, stride, padding, dilation, filled="0"):
    """The pixels that one pixel of the output sees. In: its (row, column). Out: (h, w), or (C, h, w) of channels."""
    padded = F.pad(image, 4 * (padding,), value=float(filled))
    height, width = kernel.shape[-2:]
    row, column = place
    top = row * stride
    left = column * stride
    rows = slice(top, top + dilation * height, dilation)
    columns = slice(left, left + dilation * width, dilation)
    return padded[..., rows, columns]


def receptive_fields(size, stride, dilation, layers):
    """How many pixels of the image, along one side, a pixel sees after each of some equal layers.

    Each layer adds (size - 1) · dilation steps, and a step is as long as all strides before it multiplied.
    """
    fields = []
    field, step = 1, 1
    for _ in range(layers):
        field += (size - 1) * dilation * step
        step *= stride
        fields.append(field)
    return fields


def seen_pixels(shape, size, stride, padding, dilation, layers):
    """How much the middle pixel of the last layer depends on each pixel of the image, by autograd.

    All kernels average, so that every way through the layers counts the same. In: (H, W), (h, w). Out: (H, W), sum ≤ 1.
    """
    image = torch.ones(1, 1, *shape, dtype=torch.float64, requires_grad=True)
    kernel = torch.full((1, 1, *size), 1 / (size[0] * size[1]), dtype=torch.float64)
    maps = image
    for _ in range(layers):
        maps = F.conv2d(maps, kernel, stride=stride, padding=padding, dilation=dilation)
    middle = maps[0, 0, maps.shape[2] // 2, maps.shape[3] // 2]
    (gradient,) = torch.autograd.grad(middle, image)
    return gradient[0, 0]


OPERATIONS = {
    "convolution": convolved,
    "transposed": transposed,
    "max_pool": largest,
    "avg_pool": average,
}
