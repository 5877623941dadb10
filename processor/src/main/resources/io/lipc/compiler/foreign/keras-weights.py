import keras, numpy as np
from safetensors.numpy import save_file
tensors = {}
for layer in keras.models.load_model("{file}").layers:
    if layer.get_weights():
        kernel, bias = layer.get_weights()
        tensors[layer.name + ".weight"] = np.ascontiguousarray(kernel.T)
        tensors[layer.name + ".bias"] = bias
save_file(tensors, "{weights}")
