"""From a list of layers to a network: modules, traced shapes, predicted cost."""
